"""What differs between two versions of an item, in words for reviewers and for people with an open draft."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from pydantic import BaseModel

from zhijian.catalog.form_spec import FormSpec
from zhijian.catalog.rules.limits import limit_text
from zhijian.catalog.spec import ItemSpec, Limit

_LONGEST = 300
_NAMES = ("name", "law", "question", "text", "hall", "label")


@dataclass(frozen=True, slots=True)
class Change:
    """``before`` and ``after`` in words; empty = not stated."""

    title: str
    before: str
    after: str

    @property
    def sentence(self) -> str:
        if not self.before:
            return f"{self.title}：增加“{_cut(self.after)}”"
        if not self.after:
            return f"{self.title}：删去“{_cut(self.before)}”"
        return f"{self.title}：由“{_cut(self.before)}”改为“{_cut(self.after)}”"


def changes(before: ItemSpec | None, after: ItemSpec) -> list[Change]:
    """Every field that differs, in the standard's order; against nothing, every field that is stated."""
    found: list[Change] = []
    for name, info in ItemSpec.model_fields.items():
        old, new = getattr(before, name, None), getattr(after, name)
        if old != new:
            title = info.title or _ENGLISH.get(name, name)
            found.extend(_differences(title, old, new))
    return [change for change in found if change.before != change.after]


def describe_changes(before: ItemSpec, after: ItemSpec) -> list[str]:
    """The same as sentences, for people."""
    return [change.sentence for change in changes(before, after)]


_ENGLISH = {"name_en": "英文名称", "summary_en": "英文适用说明"}


def _differences(title: str, old: Any, new: Any) -> Iterator[Change]:
    if isinstance(new, list) and any(isinstance(row, BaseModel) for row in [*new, *(old or [])]):
        yield from _rows(title, old or [], new)
    elif isinstance(new, FormSpec):
        yield from _rows(title, _form_fields(old), _form_fields(new))
    else:
        yield Change(title, _words(old), _words(new))


def _form_fields(form: FormSpec | None) -> list[Any]:
    return [field for page in form.pages for field in page.fields] if form else []


def _rows(title: str, old: list[Any], new: list[Any]) -> Iterator[Change]:
    """Rows are the same row when they have the same name; their order is not told."""
    before, after = ({_key(row): row for row in rows} for rows in (old, new))
    for key in dict.fromkeys([*before, *after]):
        left, right = before.get(key), after.get(key)
        if left is None or right is None:
            yield Change(title, key if left else "", key if right else "")
        elif left != right:
            yield from _within(f"{title}“{key}”", left, right)


def _within(title: str, left: BaseModel, right: BaseModel) -> Iterator[Change]:
    for name, info in type(left).model_fields.items():
        old, new = getattr(left, name), getattr(right, name)
        if old != new:
            yield Change(f"{title}{info.title or '内容'}", _words(old), _words(new))


def _key(row: Any) -> str:
    return next((str(getattr(row, name)) for name in _NAMES if getattr(row, name, "")), "")


def _words(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return {None: "", True: "是", False: "否"}[value]
    if isinstance(value, list):
        return "；".join(_words(part) for part in value)
    if isinstance(value, Limit):
        return limit_text(value) + (f"（{value.note}）" if value.note else "")
    if isinstance(value, BaseModel):
        return _key(value) or value.model_dump_json(exclude_defaults=True)
    return str(value.label) if isinstance(value, TextChoices) else str(value)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
