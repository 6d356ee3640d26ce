"""Checks that what an action needs was said."""

from zhijian.cases.errors import WordsMissing
from zhijian.core.errors import FieldError

_SHORTEST = 2
_LONGEST = 2000


def need(name: str, value: str, *, label: str, shortest: int = _SHORTEST) -> str:
    """The trimmed words. Raises :class:`WordsMissing` when they are absent or too long."""
    words = value.strip()
    if len(words) < shortest:
        raise WordsMissing(fields=[FieldError(f"/{name}", "required", f"请填写{label}")])
    if len(words) > _LONGEST:
        raise WordsMissing(fields=[FieldError(f"/{name}", "too_long", f"{label}最多{_LONGEST}个字")])
    return words
