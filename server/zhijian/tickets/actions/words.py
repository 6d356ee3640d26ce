"""Checks that what an action needs was said."""

from zhijian.core.errors import FieldError
from zhijian.tickets.errors import WordsMissing
from zhijian.tickets.rules.wording import tidy

_SHORTEST = 2
_LONGEST = 2000


def need(name: str, value: str, *, label: str, shortest: int = _SHORTEST) -> str:
    """The tidied words. Raises :class:`WordsMissing` when they are absent or too long."""
    words = tidy(value)
    if len(words) < shortest:
        raise WordsMissing(fields=[FieldError(f"/{name}", "required", f"请填写{label}")])
    if len(words) > _LONGEST:
        raise WordsMissing(fields=[FieldError(f"/{name}", "too_long", f"{label}最多{_LONGEST}个字")])
    return words
