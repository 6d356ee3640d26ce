"""Hypothesis strategies: any form that may be authored, and any filling that it accepts."""

import random
import string
from datetime import date
from typing import Any

from hypothesis import strategies as st

from zhijian.catalog.form_spec import FormField, FormSpec
from zhijian.catalog.forms.visibility import fields_by_name
from zhijian.core.numbers import credit_code_check
from zhijian.identity.rules import check_character

_LETTERS = st.sampled_from("张王李赵云州路号甲乙丙abcXYZ0123。，·")
_SIMPLE = [
    "text",
    "textarea",
    "number",
    "date",
    "choice",
    "choices",
    "boolean",
    "declaration",
    "phone",
    "id_number",
    "credit_code",
    "address",
]
CHOICES = [{"value": value, "label": f"选项{value}"} for value in ("a", "b", "c")]


def texts(low: int, high: int) -> st.SearchStrategy[str]:
    return (
        st.text(_LETTERS, min_size=low, max_size=high).map(str.strip).filter(lambda s: low <= len(s) <= high)
    )


def id_numbers() -> st.SearchStrategy[str]:
    """Valid numbers of a region that is assigned to nobody."""
    days = st.dates(date(1930, 1, 1), date(2020, 12, 31))
    first = st.builds(
        lambda day, n: f"9901{n % 100:02d}{day:%Y%m%d}{n % 1000:03d}", days, st.integers(1, 99999)
    )
    return first.map(lambda text: text + check_character(text))


def credit_codes() -> st.SearchStrategy[str]:
    signs = st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY")
    first = st.text(signs, min_size=9, max_size=9).map(lambda text: f"91990100{text}")
    return first.map(lambda text: text + credit_code_check(text))


@st.composite
def forms(draw: st.DrawFn) -> FormSpec:
    """One or two pages of fields; later fields may depend on an earlier choice; at most one group."""
    count = draw(st.integers(1, 6))
    fields: list[dict[str, Any]] = []
    for index in range(count):
        fields.append(draw(_fields(f"f{index}", fields)))
    if draw(st.booleans()):
        inner = [draw(_fields(f"g{index}", [], owner=fields)) for index in range(draw(st.integers(1, 3)))]
        fields.append(
            {"name": "grp", "type": "group", "label": "家庭成员", "fields": inner, "min": 1, "max": 3}
        )
    cut = draw(st.integers(1, len(fields)))
    pages = [part for part in (fields[:cut], fields[cut:]) if part]
    return FormSpec.model_validate(
        {"pages": [{"key": f"p{i}", "title": "页", "fields": part} for i, part in enumerate(pages)]}
    )


@st.composite
def _fields(draw: st.DrawFn, name: str, before: list[dict[str, Any]], owner: Any = None) -> dict[str, Any]:
    kind = draw(st.sampled_from(_SIMPLE))
    field: dict[str, Any] = {
        "name": name,
        "type": kind,
        "label": f"标签{name}",
        "required": draw(st.booleans()),
    }
    if kind in {"choice", "choices"}:
        field["options"] = CHOICES
    if kind == "number":
        field |= {"min": 0, "max": 50}
    deciding = [other for other in (owner or before) if other["type"] in {"choice", "choices", "boolean"}]
    if deciding and draw(st.booleans()):
        other = draw(st.sampled_from(deciding))
        value: Any = True if other["type"] == "boolean" else draw(st.sampled_from("ab"))
        field["show_if"] = {"field": other["name"], "values": [value]}
    return field


def _value(field: FormField) -> st.SearchStrategy[Any]:
    match field.type:
        case "text" | "textarea" | "address":
            return texts(1, 20)
        case "number":
            return st.integers(field.min or 0, field.max or 0)
        case "date":
            return st.dates(date(1950, 1, 1), date(2040, 1, 1)).map(date.isoformat)
        case "choice" | "choices":
            return _chosen(field)
        case "boolean":
            return st.booleans()
        case "declaration":
            return st.just(True)
        case _:
            return _NUMBERS[field.type]()


_NUMBERS = {
    "phone": lambda: st.text(string.digits, min_size=4, max_size=4).map(lambda tail: f"1990000{tail}"),
    "id_number": id_numbers,
    "credit_code": credit_codes,
}


def _chosen(field: FormField) -> st.SearchStrategy[Any]:
    one = st.sampled_from([choice.value for choice in field.options])
    return one if field.type == "choice" else st.lists(one, min_size=1, unique=True)


@st.composite
def fillings(draw: st.DrawFn, form: FormSpec) -> dict[str, Any]:
    """Values that the form accepts: what is shown and required is there, what is optional perhaps."""
    values: dict[str, Any] = {}
    for page in form.pages:
        for field in page.fields:
            if not _shown(field, values):
                continue
            if field.type == "group":
                entries = st.integers(field.min or 1, field.max or 1)
                values[field.name] = [draw(_entry(field, values)) for _ in range(draw(entries))]
            elif field.required or draw(st.booleans()):
                values[field.name] = draw(_value(field))
    return values


@st.composite
def _entry(draw: st.DrawFn, group: FormField, values: dict[str, Any]) -> dict[str, Any]:
    shown = [field for field in group.fields if _shown(field, values)]
    entry = {field.name: draw(_value(field)) for field in shown if field.required or draw(st.booleans())}
    if not entry and shown:
        entry[shown[0].name] = draw(_value(shown[0]))
    return entry


def _shown(field: FormField, values: dict[str, Any]) -> bool:
    if field.show_if is None:
        return True
    given = values.get(field.show_if.field)
    return any(one in field.show_if.values for one in (given if isinstance(given, list) else [given]))


def shuffled(values: dict[str, Any], seed: int) -> dict[str, Any]:
    """The same values in another order."""
    names = list(values)
    random.Random(seed).shuffle(names)
    return {name: values[name] for name in names}


__all__ = ["fields_by_name", "fillings", "forms", "id_numbers", "shuffled", "texts"]
