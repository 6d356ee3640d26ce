"""Which fields the answers show, and the values without empty and hidden ones."""

from collections.abc import Mapping
from typing import Any

JSON = dict[str, Any]

EMPTY: tuple[Any, ...] = (None, "", [], {})


def fields_by_name(ui: Mapping[str, Any]) -> dict[str, JSON]:
    """Top-level fields of the UI schema."""
    return {field["name"]: field for page in ui["pages"] for field in page["fields"]}


def drop_empty(values: Mapping[str, Any]) -> JSON:
    """Without what was left blank: a blank optional field is the same as an absent one."""
    cleaned: JSON = {}
    for name, value in values.items():
        value = _stripped(value)
        if not any(value is empty or (type(value) is type(empty) and value == empty) for empty in EMPTY):
            cleaned[name] = value
    return cleaned


def _stripped(value: Any) -> Any:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list):
        return [drop_empty(entry) if isinstance(entry, dict) else entry for entry in value]
    return value


def drop_hidden(ui: Mapping[str, Any], values: Mapping[str, Any]) -> JSON:
    """Without the fields whose condition does not hold; a hidden field hides those that depend on it."""
    fields = fields_by_name(ui)
    shown = {name: _shown(name, fields, values, frozenset()) for name in fields}
    kept: JSON = {}
    for name, value in values.items():
        if not shown.get(name, True):
            continue
        inner = {field["name"]: field for field in fields.get(name, {}).get("fields", [])}
        if inner and isinstance(value, list):
            value = [_entry(entry, inner, fields, values) for entry in value]
        kept[name] = value
    return kept


def _entry(entry: Any, inner: dict[str, JSON], fields: dict[str, JSON], values: Mapping[str, Any]) -> Any:
    if not isinstance(entry, dict):
        return entry
    return {
        name: value
        for name, value in entry.items()
        if name not in inner or _holds(inner[name].get("show_if"), fields, values, frozenset())
    }


def _shown(name: str, fields: dict[str, JSON], values: Mapping[str, Any], seen: frozenset[str]) -> bool:
    if name in seen or name not in fields:
        return False
    return _holds(fields[name].get("show_if"), fields, values, seen | {name})


def _holds(
    condition: JSON | None, fields: dict[str, JSON], values: Mapping[str, Any], seen: frozenset[str]
) -> bool:
    if condition is None:
        return True
    if not _shown(condition["field"], fields, values, seen):
        return False
    value = values.get(condition["field"])
    given = value if isinstance(value, list) else [value]
    # 1 == True in Python; in JSON they differ.
    return any(type(one) is type(wanted) and one == wanted for one in given for wanted in condition["values"])
