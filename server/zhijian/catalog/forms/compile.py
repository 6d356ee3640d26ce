"""From the authored form to JSON Schema 2020-12 and the UI schema that the app renders."""

from collections.abc import Callable, Iterator
from typing import Any

from zhijian.catalog.form_spec import Condition, FormField, FormSpec
from zhijian.core.numbers import PHONE

JSON = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TEXT_LENGTH = 100
TEXTAREA_LENGTH = 1000
ADDRESS_LENGTH = 200
GROUP_SIZE = 20
NUMBER_LIMIT = 10**12
ID_NUMBER_FORMAT = "cn-id-number"
CREDIT_CODE_FORMAT = "cn-credit-code"


def compile_form(form: FormSpec) -> JSON:
    """``{"schema": JSON Schema, "ui": {"pages": […]}}``. Nothing that the form does not name is accepted."""
    fields = [field for page in form.pages for field in page.fields]
    schema: JSON = {"$schema": DIALECT, **_object(fields)}
    branches = [_branch(*pair, fields) for pair in _conditional(fields)]
    if branches:
        schema["allOf"] = branches
    return {"schema": schema, "ui": form.model_dump(mode="json")}


def _object(fields: list[FormField]) -> JSON:
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {field.name: _value(field) for field in fields},
        "required": [field.name for field in fields if field.required and field.show_if is None],
    }


_FIXED: dict[str, JSON] = {
    "date": {"type": "string", "format": "date"},
    "phone": {"type": "string", "pattern": PHONE},
    "id_number": {"type": "string", "format": ID_NUMBER_FORMAT},
    "credit_code": {"type": "string", "format": CREDIT_CODE_FORMAT},
    "boolean": {"type": "boolean"},
    "declaration": {"type": "boolean", "const": True},
}
_LENGTHS = {"text": TEXT_LENGTH, "textarea": TEXTAREA_LENGTH, "address": ADDRESS_LENGTH}


def _value(field: FormField) -> JSON:
    if field.type in _FIXED:
        return dict(_FIXED[field.type])
    if field.type in _LENGTHS:
        return _string(field, _LENGTHS[field.type])
    return _SHAPED[field.type](field)


def _number(field: FormField) -> JSON:
    low = -NUMBER_LIMIT if field.min is None else field.min
    return {"type": "number", "minimum": low, "maximum": NUMBER_LIMIT if field.max is None else field.max}


def _choice(field: FormField) -> JSON:
    return {"type": "string", "enum": [choice.value for choice in field.options]}


def _string(field: FormField, longest: int) -> JSON:
    return {"type": "string", "minLength": max(1, field.min or 0), "maxLength": field.max or longest}


def _choices(field: FormField) -> JSON:
    values = [choice.value for choice in field.options]
    return {
        "type": "array",
        "items": {"type": "string", "enum": values},
        "uniqueItems": True,
        "minItems": max(1, field.min or 0),
        "maxItems": min(field.max or len(values), len(values)),
    }


def _group(field: FormField) -> JSON:
    return {
        "type": "array",
        "items": _object(field.fields),
        "minItems": max(1, field.min or 0),
        "maxItems": field.max or GROUP_SIZE,
    }


_SHAPED: dict[str, Callable[[FormField], JSON]] = {
    "number": _number,
    "choice": _choice,
    "choices": _choices,
    "group": _group,
}


def _conditional(fields: list[FormField]) -> Iterator[tuple[FormField, FormField | None]]:
    """Each field that has a condition, with the group that holds it."""
    for field in fields:
        if field.show_if:
            yield field, None
        for inner in field.fields:
            if inner.show_if:
                yield inner, field


def _branch(field: FormField, group: FormField | None, fields: list[FormField]) -> JSON:
    """if the condition holds then the field may be (and, when required, must be) there, else it must not."""
    assert field.show_if is not None
    shown: JSON = {"required": [field.name]} if field.required else {}
    hidden: JSON = {"properties": {field.name: False}}
    if group is not None:
        shown, hidden = ({"properties": {group.name: {"items": part}}} for part in (shown, hidden))
    return {"if": _holds(field.show_if, fields), "then": shown, "else": hidden}


def _holds(condition: Condition, fields: list[FormField]) -> JSON:
    one_of: JSON = {"enum": list(condition.values)}
    several = any(field.name == condition.field and field.type == "choices" for field in fields)
    value: JSON = {"type": "array", "contains": one_of} if several else one_of
    return {"properties": {condition.field: value}, "required": [condition.field]}
