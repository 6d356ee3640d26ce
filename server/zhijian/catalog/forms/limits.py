"""What no form value may exceed, checked before anything looks inside: a hostile body costs little."""

from typing import Any

from zhijian.core.errors import FieldError

MAX_DEPTH = 4  # the form, a group, its entry, a list of choices
MAX_STRING = 4000
MAX_NODES = 2000

_TOO_LARGE = "填写的内容太多，请删减后再提交"


def check_limits(values: Any) -> list[FieldError]:
    """Errors of size, depth and unstorable characters; empty when the values may be looked at."""
    stack: list[tuple[Any, str, int]] = [(values, "", 0)]
    nodes = 0
    while stack:
        value, path, depth = stack.pop()
        nodes += 1
        if nodes > MAX_NODES:
            return [FieldError(path="", code="too_large", message=_TOO_LARGE)]
        if isinstance(value, str):
            if problem := _string_problem(value):
                return [FieldError(path=path, code=problem[0], message=problem[1])]
        elif isinstance(value, dict | list):
            if depth >= MAX_DEPTH:
                return [
                    FieldError(path="", code="too_deep", message="填写内容的格式不正确，请刷新页面后重试")
                ]
            stack.extend(_children(value, path, depth + 1))
    return []


def _children(value: dict[Any, Any] | list[Any], path: str, depth: int) -> list[tuple[Any, str, int]]:
    if isinstance(value, list):
        return [(child, f"{path}/{index}", depth) for index, child in enumerate(value[: MAX_NODES + 1])]
    pairs = list(value.items())[: MAX_NODES + 1]
    names = [(name, path, depth) for name, _ in pairs]
    return names + [(child, f"{path}/{str(name)[:40]}", depth) for name, child in pairs]


def _string_problem(text: str) -> tuple[str, str] | None:
    if len(text) > MAX_STRING:
        return "too_long", f"填写的文字太长，最多 {MAX_STRING} 个字"
    # PostgreSQL stores neither NUL nor half of a surrogate pair.
    if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
        return "bad_characters", "填写的内容含有无法识别的字符，请删除后重新输入"
    return None
