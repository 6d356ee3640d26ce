"""From counts to what a chart and its table show. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from zhijian.consultations.spec import Content, Kind, Question

Counts = Mapping[tuple[str, str, str], int]
"""(question, row or "", choice) → how many chose it."""


@dataclass(frozen=True, slots=True)
class Bar:
    """``share`` in per cent of those who answered the question, one decimal."""

    key: str
    label: str
    count: int
    share: float


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a matrix, or the only row of another question. ``mean`` from 1 for the first option or point."""

    key: str
    label: str
    answered: int
    bars: tuple[Bar, ...]
    mean: float | None


@dataclass(frozen=True, slots=True)
class Result:
    """One question's result. ``answered``: persons; for a text only that is told."""

    key: str
    title: str
    kind: Kind
    answered: int
    rows: tuple[Row, ...]


def results(content: Content, answered: Mapping[str, int], counts: Counts) -> list[Result]:
    """In the order of the questions. Shares of a multiple choice may add up to more than 100."""
    return [_result(question, answered.get(question.key, 0), counts) for question in content.questions]


def _result(question: Question, answered: int, counts: Counts) -> Result:
    if question.kind == "text":
        rows: tuple[Row, ...] = ()
    elif question.kind == "matrix":
        rows = tuple(_row(question, counts, row.key, row.label) for row in question.rows)
    else:
        rows = (_row(question, counts, "", "", answered),)
    return Result(question.key, question.title, question.kind, answered, rows)


def _row(question: Question, counts: Counts, key: str, label: str, answered: int | None = None) -> Row:
    choices = [one.key for one in question.options] if question.kind == "matrix" else question.choices
    found = [counts.get((question.key, key, choice), 0) for choice in choices]
    given = sum(found)
    total = given if answered is None else answered
    bars = tuple(
        Bar(choice, _label(question, choice), count, round(100 * count / total, 1) if total else 0.0)
        for choice, count in zip(choices, found, strict=True)
    )
    ordered = question.kind in {"scale", "matrix"}
    marks = sum(place * count for place, count in enumerate(found, 1))
    mean = round(marks / given, 2) if ordered and given else None
    return Row(key, label, total, bars, mean)


def _label(question: Question, choice: str) -> str:
    return f"{choice}分" if question.kind == "scale" else question.label_of(choice)
