"""The filled form as an officer reads it: labels and choice words instead of names, personal data masked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from zhijian.identity.rules import mask_id, mask_name, mask_phone

NOT_GIVEN = "未填写"
CONFIRMED, NOT_CONFIRMED = "已确认", "未确认"
_MASKS = {"name": mask_name, "id_number": mask_id, "phone": mask_phone}


@dataclass(frozen=True, slots=True)
class Row:
    """One field. ``pointer`` names it in a correction; ``table`` is there for a repeating group; ``masked`` says
    which kinds of personal data (:data:`zhijian.privacy.rules.FIELDS`) are hidden in it."""

    pointer: str
    label: str
    text: str = ""
    masked: frozenset[str] = frozenset()
    given: bool = True
    heads: tuple[str, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """One page of the application form."""

    title: str
    rows: list[Row] = field(default_factory=list)


def sections(ui: Mapping[str, Any], values: Mapping[str, Any], *, masked: bool = True) -> list[Section]:
    """The form's pages with what was filled in; pages on which nothing was asked are left out."""
    made = (
        Section(page["title"], list(_rows(page["fields"], values, masked=masked)))
        for page in ui.get("pages", [])
    )
    return [section for section in made if section.rows]


def hidden(found: Sequence[Section]) -> frozenset[str]:
    """The kinds of personal data that are masked in ``found``."""
    return frozenset().union(*(row.masked for section in found for row in section.rows))


def _rows(fields: Sequence[Mapping[str, Any]], values: Mapping[str, Any], *, masked: bool) -> Iterator[Row]:
    for one in fields:
        value = values.get(one["name"])
        if value is None and one.get("show_if"):
            continue  # not asked in this situation
        pointer, label = f"/{one['name']}", str(one["label"])
        if one["type"] == "group":
            yield _group(one, value or [], pointer, masked=masked)
        else:
            given = value not in (None, "", [])
            kinds = _kinds([one]) if masked and given else frozenset()
            yield Row(pointer, label, _words(one, value, masked=masked), masked=kinds, given=given)


def _group(
    one: Mapping[str, Any], entries: Sequence[Mapping[str, Any]], pointer: str, *, masked: bool
) -> Row:
    inner = one.get("fields", [])
    kinds = _kinds(inner) if masked and entries else frozenset()
    return Row(
        pointer,
        str(one["label"]),
        masked=kinds,
        given=bool(entries),
        heads=tuple(str(each["label"]) for each in inner),
        table=tuple(
            tuple(_words(each, entry.get(each["name"]), masked=masked) for each in inner) for entry in entries
        ),
    )


def _words(one: Mapping[str, Any], value: Any, *, masked: bool) -> str:
    if one["type"] == "declaration":
        return CONFIRMED if value is True else NOT_CONFIRMED
    if value in (None, "", []):
        return NOT_GIVEN
    choices = {choice["value"]: choice["label"] for choice in one.get("options", [])}
    match one["type"]:
        case "boolean":
            return "是" if value else "否"
        case "choice":
            return str(choices.get(value, value))
        case "choices":
            return "、".join(str(choices.get(each, each)) for each in value)
    kind = _kind(one) if masked else None
    return _MASKS[kind](str(value)) if kind else str(value)


def _kinds(fields: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    return frozenset(kind for one in fields if (kind := _kind(one)))


def _kind(one: Mapping[str, Any]) -> str | None:
    """Which personal datum this field is. Addresses stay: most decisions are about them."""
    if one["type"] in {"id_number", "phone"}:
        return str(one["type"])
    named = one.get("prefill") == "citizen.name" or "姓名" in one["label"] or "联系人" in one["label"]
    return "name" if one["type"] == "text" and named else None
