"""What of an application is printed on its result: addresses and choices, by their labels."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from zhijian.cases.queries.versions import Version
from zhijian.catalog.form_spec import FormField
from zhijian.catalog.rules.sentences import filled
from zhijian.core.dates import long_date

_PRINTED = {"address", "choice"}


def printed_facts(item: Version, form: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Label and words, in the form's order. The holder's own data is the licence's business."""
    fields = [field for field in item.fields.values() if field.type in _PRINTED and form.get(field.name)]
    return [(field.label, spoken(field, form[field.name])) for field in fields]


def statement_of(item: Version, form: Mapping[str, Any], day: date) -> str:
    """What the result certifies, as of ``day``, filled from the application; empty where the item has none."""
    result = item.result
    return filled(result.statement, lambda name: _certified(item, name, form, day)) if result else ""


def _certified(item: Version, name: str, form: Mapping[str, Any], day: date) -> str:
    field, value = item.fields.get(name), form.get(name)
    if field is None or value in (None, "", []):
        return ""
    if field.type != "date":
        return spoken(field, value)
    stated = date.fromisoformat(str(value))
    # Nobody can certify what has not happened yet.
    return long_date(stated) if stated <= day else ""


def spoken(field: FormField, value: Any) -> str:
    """A form value as people read it."""
    words = {option.value: option.label for option in field.options}
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list) and field.type == "choices":
        return "、".join(words.get(str(entry), str(entry)) for entry in value)
    return words.get(str(value), str(value))
