"""What is written in a form is cleaned before it is judged and stored, and fitted to a form that changed since."""

from collections.abc import Callable, Mapping
from typing import Any

from zhijian.core import numbers, words

_CLEANERS: dict[str, Callable[[str], str]] = {
    "phone": numbers.phone,
    "id_number": numbers.id_number,
    "credit_code": numbers.credit_code,
    "date": numbers.day,
    "text": words.visible,
    "textarea": words.visible,
    "address": words.visible,
}


def tidy(fields: Mapping[str, Mapping[str, Any]], values: Mapping[str, Any]) -> dict[str, Any]:
    """``values`` with texts and numbers cleaned, also those in the rows of a group. ``fields`` by name."""
    return {name: _tidied(fields.get(name), value) for name, value in values.items()}


def _tidied(field: Mapping[str, Any] | None, value: Any) -> Any:
    if field is None:
        return value
    if isinstance(value, str) and (clean := _CLEANERS.get(field["type"])):
        return clean(value)
    if isinstance(value, list) and field["fields"]:
        inner = {one["name"]: one for one in field["fields"]}
        return [tidy(inner, row) if isinstance(row, dict) else row for row in value]
    return value


def fitted(fields: Mapping[str, Mapping[str, Any]], values: Mapping[str, Any]) -> dict[str, Any]:
    """``values`` without the fields that the form does not have, also in the rows of a group. ``fields`` by name."""
    return {name: _fitted(fields[name], value) for name, value in values.items() if name in fields}


def _fitted(field: Mapping[str, Any], value: Any) -> Any:
    if not isinstance(value, list) or not field["fields"]:
        return value
    inner = {one["name"]: one for one in field["fields"]}
    return [fitted(inner, row) if isinstance(row, dict) else row for row in value]
