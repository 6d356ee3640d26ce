"""What people write in their own words: cleaned, and asked for where an action needs it. Pure."""

import re

from zhijian.core.errors import FieldError, Invalid

LONGEST = 2000
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def visible(text: str) -> str:
    """Without control and direction characters. Markup stays what it is: text, escaped wherever it is shown."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n"))


def tidy(text: str) -> str:
    """Visible, without space around it."""
    return visible(text).strip()


def need(
    problem: type[Invalid], name: str, value: str, *, label: str, shortest: int = 2, longest: int = LONGEST
) -> str:
    """The tidied words of field ``name``. Raises ``problem`` when they are absent or too long."""
    words = tidy(value)
    if len(words) < shortest:
        raise problem(fields=[FieldError(f"/{name}", "required", f"请填写{label}")])
    if len(words) > longest:
        raise problem(fields=[FieldError(f"/{name}", "too_long", f"{label}最多{longest}个字")])
    return words
