"""Shapes of WeChat subscribe-message values (订阅消息参数值内容限制): too long ones are refused with 47003."""

import re

_LIMITS = {"thing": 20, "character_string": 32, "number": 32, "name": 10, "phrase": 5, "amount": 12}
_NAME = re.compile(r"(thing|character_string|number|name|phrase|amount|time|date)(\d{1,2})")


def is_field(name: str) -> bool:
    """Whether ``name`` can be a field of a template: a kind and a number, such as ``thing1``."""
    return bool(_NAME.fullmatch(name))


def clip(name: str, value: str) -> str:
    """``value`` within the limit of its kind, on one line, never empty; an ellipsis shows where it was cut."""
    line = " ".join(value.split()) or "—"
    match = _NAME.fullmatch(name)
    limit = _LIMITS.get(match[1]) if match else None
    if limit is None or len(line) <= limit:
        return line
    return line[:limit] if limit <= 5 else line[: limit - 1] + "…"
