"""Which part of a draft was changed last in which revision, so that an older phone is told instead of obeyed.

A part is a field of the form (``/form/NAME``), the situation (``/answers``) or the delivery (``/delivery``). A part
that was never changed has revision 0.
"""

from collections.abc import Mapping
from typing import Any

ANSWERS, DELIVERY = "/answers", "/delivery"


def fields(values: Mapping[str, Any]) -> dict[str, Any]:
    """The form's fields by the names of their parts."""
    return {f"/form/{name}": value for name, value in values.items()}


def newer(
    revisions: Mapping[str, int], stored: Mapping[str, Any], given: Mapping[str, Any], read: int
) -> list[str]:
    """The parts of ``given`` that were changed after revision ``read`` and are not what is given now."""
    return [
        part for part, value in given.items() if revisions.get(part, 0) > read and stored.get(part) != value
    ]


def marked(
    revisions: Mapping[str, int], stored: Mapping[str, Any], given: Mapping[str, Any], revision: int
) -> dict[str, int]:
    """``revisions`` once ``given`` is in ``stored``. Saying the same again changes nothing."""
    return {**revisions, **{part: revision for part, value in given.items() if stored.get(part) != value}}
