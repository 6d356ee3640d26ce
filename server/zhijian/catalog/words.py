"""The audit trail's events in Chinese; pydantic's findings about a specification as sentences with the standard's
field names."""

from collections.abc import Sequence
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from zhijian.core import item_codes
from zhijian.core.errors import FieldError
from zhijian.editorial.words import audited

AUDITED: dict[str, str] = {
    **audited("item", "事项"),
    "item.imported": "事项：导入",
    "item.withdrawn": "事项：停止办理",
    "catalog.loaded": "载入事项数据",
    "city.published": "发布城市文件",
}
_SENTENCES = {
    "missing": "请填写“{title}”",
    "extra_forbidden": "没有“{name}”这一项",
    "string_type": "“{title}”应为文字",
    "string_too_long": "“{title}”最多 {max_length} 个字",
    "string_pattern_mismatch": "“{title}”的格式不正确",
    "int_type": "“{title}”应为整数",
    "int_parsing": "“{title}”应为整数",
    "int_from_float": "“{title}”应为整数",
    "bool_type": "“{title}”应为是或否",
    "bool_parsing": "“{title}”应为是或否",
    "decimal_parsing": "“{title}”应为数字",
    "decimal_type": "“{title}”应为数字",
    "decimal_max_places": "“{title}”最多两位小数",
    "greater_than_equal": "“{title}”不能小于 {ge}",
    "less_than_equal": "“{title}”不能大于 {le}",
    "too_short": "“{title}”至少要有 {min_length} 条",
    "too_long": "“{title}”最多 {max_length} 条",
    "list_type": "“{title}”应为列表",
    "enum": "“{title}”不在规定的代码范围内",
    "literal_error": "“{title}”不在规定的范围内",
    "date_from_datetime_parsing": "“{title}”应为日期，例如 2024-05-01",
    "date_parsing": "“{title}”应为日期，例如 2024-05-01",
    "date_type": "“{title}”应为日期，例如 2024-05-01",
    "model_type": "“{title}”的结构不正确",
}
_CODES = {pattern: "“{title}”" + rule for pattern, rule in item_codes.RULES.items()}
_FALLBACK = "“{title}”填写有误"


def field_errors(error: ValidationError, model: type[BaseModel]) -> list[FieldError]:
    """One sentence for each finding, with a JSON pointer to its place."""
    found = []
    for finding in error.errors(include_url=False, include_input=False):
        path = finding["loc"]
        sentence = _sentence(finding)
        words = {"title": title_of(model, path), "name": path[-1] if path else "", **finding.get("ctx", {})}
        pointer = "".join(f"/{part}" for part in path)
        found.append(FieldError(path=pointer, code=finding["type"], message=sentence.format(**words)))
    return found


def _sentence(finding: ErrorDetails) -> str:
    of_code = _CODES.get(str(finding.get("ctx", {}).get("pattern", "")))
    return of_code or _SENTENCES.get(finding["type"], _FALLBACK)


def title_of(model: type[BaseModel], path: Sequence[int | str]) -> str:
    """``材料第 2 条“材料名称”`` style title of the place that ``path`` names."""
    words: list[str] = []
    at: Any = model
    for part in path:
        if isinstance(part, int):
            words.append(f"第 {part + 1} 条")
            continue
        fields = getattr(at, "model_fields", {})
        words.append(str(fields[part].title or part) if part in fields else str(part))
        at = _model_within(fields[part].annotation) if part in fields else None
    return " ".join(words)


def _model_within(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_within(part))), None)


def adapter_errors(error: ValidationError) -> list[str]:
    """Sentences for JSON edited by hand: where it is, in the writer's own keys, and what is wrong."""
    sentences = []
    for finding in error.errors(include_url=False, include_input=False)[:10]:
        place = " → ".join(
            f"第 {part + 1} 个" if isinstance(part, int) else str(part) for part in finding["loc"]
        )
        sentence = _sentence(finding)
        name = next((part for part in reversed(finding["loc"]) if isinstance(part, str)), "")
        words = {"title": name, "name": name, **finding.get("ctx", {})}
        sentences.append(f"{place}：{sentence.format(**words)}")
    return sentences
