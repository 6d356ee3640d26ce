"""The editor's form: rows of fields to a draft and back. Everything typed survives a refusal.

Each clause, question, option and row carries its key in a hidden field, so that moving or renaming one never changes
what a condition refers to. An emptied option is one taken away.
"""

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.http import QueryDict

from zhijian.consultations.actions import Draft
from zhijian.consultations.models import Consultation
from zhijian.core.zone import CHINA

_TEXTS = ("title", "summary", "background", "audience", "contact", "short_reason")
_NUMBERS = {
    "choices_min": (1, 0, 30),
    "choices_max": (30, 1, 30),
    "points": (5, 2, 10),
    "length_max": (500, 10, 2000),
}
_DIGITS = re.compile(r"\d+")

Content = dict[str, list[dict[str, Any]]]


def from_row(row: Consultation) -> Draft:
    fields = {name: getattr(row, name) for name in (*_TEXTS, "concerns_enterprises", "content")}
    return Draft(opens_at=row.opens_at, closes_at=row.closes_at, **fields)


def from_post(data: QueryDict) -> Draft:
    """What was typed, with the operation of the pressed button applied."""
    content = _content(data)
    _operate(content, data.get("do", ""))
    return Draft(
        **{name: data.get(name, "").replace("\r\n", "\n") for name in _TEXTS},
        concerns_enterprises=data.get("concerns_enterprises") == "1",
        opens_at=moment(data.get("opens_at", "")),
        closes_at=moment(data.get("closes_at", "")),
        content=content,
    )


def moment(text: str) -> datetime | None:
    """What ``<input type="datetime-local">`` sends, in China's time; None for anything else."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=CHINA)
    except ValueError:
        return None


def _content(data: QueryDict) -> Content:
    return {
        "clauses": [_clause(data, key) for key in data.getlist("clause")],
        "questions": [_question(data, key) for key in data.getlist("question")],
    }


def _clause(data: QueryDict, key: str) -> dict[str, Any]:
    return {"key": key} | {name: _text(data, f"{key}-{name}") for name in ("number", "title", "text")}


def _question(data: QueryDict, key: str) -> dict[str, Any]:
    texts = {name: _text(data, f"{key}-{name}") for name in ("title", "hint", "low_label", "high_label")}
    numbers = {name: _number(data.get(f"{key}-{name}", ""), *bounds) for name, bounds in _NUMBERS.items()}
    return {
        "key": key,
        "kind": data.get(f"{key}-kind", "single"),
        "required": data.get(f"{key}-required") == "1",
        "options": _options(data, key, "option"),
        "rows": _options(data, key, "row"),
        "show_if": _conditions(data.getlist(f"{key}-show")),
        **texts,
        **numbers,
    }


def _options(data: QueryDict, key: str, name: str) -> list[dict[str, str]]:
    known = [(one, _text(data, f"{key}-{name}-{one}")) for one in data.getlist(f"{key}-{name}")]
    kept = [{"key": one, "label": label} for one, label in known if label]
    for label in data.getlist(f"{key}-{name}-new"):
        if label.strip():
            used = [one for one, _ in known] + [option["key"] for option in kept]
            kept.append({"key": fresh(name[0], used), "label": label.strip()})
    return kept


def _conditions(chosen: Iterable[str]) -> list[dict[str, Any]]:
    """From "question=choice" pairs: any of the choices of one question, all of the questions."""
    found: dict[str, list[str]] = {}
    for pair in chosen:
        question, equal, choice = pair.partition("=")
        if equal:
            found.setdefault(question, []).append(choice)
    return [{"question": question, "any_of": choices} for question, choices in found.items()]


def fresh(letter: str, used: Iterable[str]) -> str:
    """A key that was never used here: a number above all others."""
    numbers = [int(match[0]) for key in used if (match := _DIGITS.search(key))]
    return f"{letter}{max(numbers, default=0) + 1}"


def _operate(content: Content, wanted: str) -> None:
    name, _, key = wanted.partition(":")
    operation = _OPERATIONS.get(name)
    if operation:
        operation(content, key)


def _add_clause(content: Content, key: str) -> None:
    used = [clause["key"] for clause in content["clauses"]]
    content["clauses"].append({"key": fresh("c", used)})


def _add_question(content: Content, kind: str) -> None:
    used = [question["key"] for question in content["questions"]]
    content["questions"].append({"key": fresh("q", used), "kind": kind or "single"})


def _move(content: Content, key: str, step: int) -> None:
    for rows in content.values():
        place = next((place for place, row in enumerate(rows) if row["key"] == key), None)
        if place is not None and 0 <= place + step < len(rows):
            rows[place], rows[place + step] = rows[place + step], rows[place]
            return


def _remove(content: Content, key: str) -> None:
    for rows in content.values():
        rows[:] = [row for row in rows if row["key"] != key]
    for question in content["questions"]:
        conditions = question.get("show_if", [])
        question["show_if"] = [one for one in conditions if one["question"] != key]


_OPERATIONS: dict[str, Callable[[Content, str], None]] = {
    "add_clause": _add_clause,
    "add_question": _add_question,
    "up": lambda content, key: _move(content, key, -1),
    "down": lambda content, key: _move(content, key, 1),
    "remove": _remove,
}


def _text(data: QueryDict, name: str) -> str:
    return data.get(name, "").strip().replace("\r\n", "\n")


def _number(text: str, usual: int, least: int, most: int) -> int:
    return min(max(int(text), least), most) if text.isascii() and text.isdigit() and len(text) < 6 else usual
