"""What of an application is printed on its result: addresses and choices, by their labels."""

from collections.abc import Mapping
from typing import Any

from zhijian.cases.queries.versions import Version
from zhijian.catalog.spec import FormField

_PRINTED = {"address", "choice"}


def printed_facts(item: Version, form: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Label and words, in the form's order. The holder's own data is the licence's business."""
    fields = [field for field in item.fields.values() if field.type in _PRINTED and form.get(field.name)]
    return [(field.label, spoken(field, form[field.name])) for field in fields]


def spoken(field: FormField, value: Any) -> str:
    """A form value as people read it."""
    words = {option.value: option.label for option in field.options}
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list) and field.type == "choices":
        return "、".join(words.get(str(entry), str(entry)) for entry in value)
    return words.get(str(value), str(value))
