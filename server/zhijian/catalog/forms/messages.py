"""From a schema error to a sentence that names the field and says what to do."""

from collections.abc import Mapping, Sequence
from typing import Any

import jsonschema_rs as rs

from zhijian.catalog.forms.visibility import fields_by_name
from zhijian.core.errors import FieldError

_FORMATS = {
    "date": "“{label}”请填写正确的日期，例如 2024-05-01",
    "cn-id-number": "“{label}”不是有效的居民身份证号码，请核对 18 位号码",
    "cn-credit-code": "“{label}”不是有效的统一社会信用代码，请照营业执照核对 18 位代码",
}
_DECLARE = "请先勾选确认"
_CHOOSING = {"choice", "choices", "date", "boolean"}


def field_errors(error: rs.ValidationError, ui: Mapping[str, Any]) -> list[FieldError]:
    """One error of the validator can name several fields (unknown ones), so a list."""
    path = list(error.instance_path)
    kind, about = error.kind.name, error.kind.as_dict()
    if kind == "additionalProperties":
        return [
            FieldError(
                path=_pointer([*path, name]),
                code="unknown_field",
                message="表单中没有这一项，请刷新页面后重试",
            )
            for name in list(about["unexpected"])[:20]
        ]
    if kind == "required":
        path = [*path, about["property"]]
    field = _field_at(path, ui)
    code, message = _say(kind, about, field, _label(path, field))
    return [FieldError(path=_pointer(path), code=code, message=message)]


def _pointer(path: Sequence[str | int]) -> str:
    return "".join("/" + str(part)[:40].replace("~", "~0").replace("/", "~1") for part in path)


def _field_at(path: Sequence[str | int], ui: Mapping[str, Any]) -> dict[str, Any]:
    names = [part for part in path if isinstance(part, str)]
    fields = fields_by_name(ui)
    field: dict[str, Any] = {}
    for name in names:
        field = fields.get(name, {})
        fields = {inner["name"]: inner for inner in field.get("fields", [])}
    return field


def _label(path: Sequence[str | int], field: Mapping[str, Any]) -> str:
    """The field's label; inside a group also which entry, counted from 1."""
    label = str(field.get("label") or "此项")
    if len(path) > 2 and isinstance(path[1], int):
        return f"第 {path[1] + 1} 项的{label}"
    return label


# Validator's keyword → our code and sentence; {verb} is 填写 or 选择 as the field is filled.
_SENTENCES: dict[str, tuple[str, str]] = {
    "required": ("required", "请{verb}“{label}”"),
    "minLength": ("too_short", "“{label}”至少填写 {limit} 个字"),
    "maxLength": ("too_long", "“{label}”最多填写 {limit} 个字"),
    "minimum": ("too_small", "“{label}”不能小于 {limit}"),
    "maximum": ("too_big", "“{label}”不能大于 {limit}"),
    "minItems": ("too_few", "“{label}”至少{verb} {limit} 项"),
    "maxItems": ("too_many", "“{label}”最多{verb} {limit} 项"),
    "enum": ("not_an_option", "“{label}”请从给出的选项中选择"),
    "uniqueItems": ("repeated", "“{label}”不能重复选择"),
    "pattern": (
        "bad_phone",
        "“{label}”请填写 11 位手机号码，或带区号的固定电话，例如 0999-1234567，有分机的写作 0999-1234567转801；境外号码请从 + 或 00 和国家或地区代码写起",
    ),
    "falseSchema": ("not_asked", "按您的选择不需要填写“{label}”"),
}
_OTHERWISE = ("invalid", "“{label}”填写有误，请核对")


def _say(kind: str, about: Mapping[str, Any], field: Mapping[str, Any], label: str) -> tuple[str, str]:
    if kind == "const" or (kind == "required" and field.get("type") == "declaration"):
        return "required", _DECLARE
    if kind == "format":
        code, sentence = "bad_format", _FORMATS.get(about["format"], "“{label}”的格式不正确")
    elif kind == "type":
        code, sentence = "bad_type", _type_words(about)
    else:
        code, sentence = _SENTENCES.get(kind, _OTHERWISE)
    verb = "选择" if field.get("type") in _CHOOSING else "填写"
    return code, sentence.format(label=label, verb=verb, limit=_plain(about.get("limit")))


def _type_words(about: Mapping[str, Any]) -> str:
    if "number" in about.get("types", []):
        return "“{label}”请填写数字"
    return "“{label}”的格式不正确，请重新填写"


def _plain(limit: Any) -> str:
    return str(int(limit)) if isinstance(limit, float) and limit.is_integer() else str(limit)
