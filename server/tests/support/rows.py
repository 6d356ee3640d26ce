"""What an action writes: a row as it is stored, before and after.

An assertion on one field passes whatever happens to the others; a test of an action compares the whole row.
"""

from typing import Any

from django.db.models import Model


def stored(one: Model) -> dict[str, Any]:
    """Every column of the row as the database has it now."""
    found: dict[str, Any] = type(one)._base_manager.values().get(pk=one.pk)
    return found


def changed(before: dict[str, Any], one: Model) -> dict[str, Any]:
    """The columns of ``one`` that are no longer as in ``before`` (:func:`stored`), with what they hold now."""
    return {name: value for name, value in stored(one).items() if value != before[name]}


def newest(row: Any) -> int:
    """The mark of what a reviewer reads: the newest draft."""
    key: int = type(row)._default_manager.values_list("latest_revision", flat=True).get(pk=row.pk)
    return key
