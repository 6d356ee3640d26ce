"""Chinese sentences for what pydantic finds wrong in a request."""

from collections.abc import Sequence
from typing import Any

from zhijian.core.errors import FieldError

_SENTENCES = {
    "missing": "请填写这一项",
    "extra_forbidden": "不需要这一项",
    "string_type": "请填写文字",
    "string_too_short": "至少填写 {min_length} 个字",
    "string_too_long": "最多填写 {max_length} 个字",
    "string_pattern_mismatch": "格式不正确，请检查后重新填写",
    "int_type": "请填写整数",
    "int_parsing": "请填写整数",
    "float_parsing": "请填写数字",
    "bool_type": "请选择“是”或“否”",
    "bool_parsing": "请选择“是”或“否”",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
    "literal_error": "请从给出的选项中选择",
    "enum": "请从给出的选项中选择",
    "date_from_datetime_parsing": "请填写日期，例如 2026-03-01",
    "date_parsing": "请填写日期，例如 2026-03-01",
    "dict_type": "内容结构不正确",
    "list_type": "内容结构不正确",
    "too_long": "最多 {max_length} 项",
    "too_short": "至少 {min_length} 项",
}
_OTHERWISE = "内容不正确，请检查后重新填写"
_WRAPPERS = {"body", "query", "path", "form", "header", "data", "payload"}


def field_errors(found: Sequence[dict[str, Any]]) -> list[FieldError]:
    """One FieldError for each of pydantic's errors; what was entered is never repeated."""
    return [
        FieldError(
            path="/" + "/".join(_inner(error["loc"])),
            code=error["type"],
            message=_SENTENCES.get(error["type"], _OTHERWISE).format_map(_Known(error.get("ctx", {}))),
        )
        for error in found
    ]


def _inner(location: Sequence[str | int]) -> list[str]:
    parts = [str(part) for part in location]
    while len(parts) > 1 and parts[0] in _WRAPPERS:
        parts.pop(0)
    return parts


class _Known(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"
