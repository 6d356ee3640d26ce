"""What differs between two versions of an article, in words for reviewers. Pure."""

from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from pydantic import BaseModel

from zhijian.content.rules import comparison
from zhijian.content.spec import ArticleSpec

_TEXTS = {"body"}


@dataclass(frozen=True, slots=True)
class Change:
    """``before`` and ``after`` in words; empty = not stated."""

    title: str
    before: str
    after: str


def changes(before: ArticleSpec | None, after: ArticleSpec) -> list[Change]:
    """Every field that differs but the body; against nothing, every field that is stated."""
    found = []
    for name, info in ArticleSpec.model_fields.items():
        old, new = _words(getattr(before, name, None)), _words(getattr(after, name))
        if name not in _TEXTS and old != new:
            found.append(Change(info.title or name, old, new))
    return found


def body_changes(before: ArticleSpec | None, after: ArticleSpec) -> list[comparison.Row]:
    """The clauses or paragraphs that differ."""
    old = comparison.clauses(before.body) if before else []
    return comparison.changes(comparison.compare(old, comparison.clauses(after.body)))


def _words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "；".join(_words(part) for part in value)
    if isinstance(value, BaseModel):
        return " ".join(_words(part) for _, part in value if part)
    return str(value.label) if isinstance(value, TextChoices) else str(value)
