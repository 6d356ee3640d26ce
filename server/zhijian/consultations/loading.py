"""Loads the demo's consultations (see demo/consultations.json): every step through the actions, each at its own past
moment, answered by invented people. Loading again changes nothing."""

import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from zhijian.consultations import actions
from zhijian.consultations.actions import Draft, Sheet
from zhijian.consultations.models import Comment, Consultation
from zhijian.consultations.rules.answers import asked
from zhijian.consultations.spec import Content, Question
from zhijian.core.actor import SYSTEM
from zhijian.core.clock import now, replaying
from zhijian.core.crypto import blind_index
from zhijian.identity.loading import load_citizens
from zhijian.identity.models import Citizen
from zhijian.identity.rules import check_character
from zhijian.organizations.models import Department, Staff

_FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏"
_GIVEN = ("安", "思远", "若水", "建国", "秀兰", "子涵", "志强", "雨桐", "文静", "长河")
_FIRST_PHONE = 19_900_002_001
_TEXTS = ("title", "summary", "background", "audience", "contact", "concerns_enterprises", "content")


@transaction.atomic
def load_consultations(rows: Iterable[Mapping[str, Any]]) -> int:
    """Returns how many were new: all, or none when there are some already."""
    if Consultation.objects.exists():
        return 0
    rows = list(rows)
    people = _people(max(row["answers"] for row in rows))
    for seed, row in enumerate(rows):
        _load(row, people, random.Random(seed))  # noqa: S311 - the same demo every time
    return len(rows)


def _people(count: int) -> list[Citizen]:
    rows: list[dict[str, Any]] = []
    for number in range(count):
        first = f"990102{1950 + number % 50}{number % 12 + 1:02d}{number % 28 + 1:02d}{number + 100:03d}"
        name = _FAMILY[number % len(_FAMILY)] + _GIVEN[number % len(_GIVEN)]
        phone = str(_FIRST_PHONE + number)
        rows.append(
            {"phone": phone, "name": name, "id_number": first + check_character(first), "real_name": True}
        )
    load_citizens(SYSTEM, rows)
    found = Citizen.objects.in_bulk(
        [blind_index("phone", row["phone"]) for row in rows], field_name="phone_index"
    )
    return list(found.values())


def _load(row: Mapping[str, Any], people: Sequence[Citizen], chance: random.Random) -> None:
    present = now()
    opens = present - timedelta(days=row["opens_days_ago"])
    closes = present + timedelta(days=row["closes_in_days"])
    consultation = _published(row, opens, closes)
    sheets = _sheets(row, chance)
    last = min(closes - timedelta(hours=1), present - timedelta(minutes=10))
    moments = sorted(chance.uniform(0, (last - opens).total_seconds()) for _ in sheets)
    for person, sheet, seconds in zip(people, sheets, moments, strict=False):
        with replaying(opens + timedelta(seconds=seconds + 60)):
            actions.take_part(
                person.actor, citizen=person, consultation=consultation, sheet=sheet, request_key="demo"
            )
    editor = _staff(row["editor"])
    with replaying(last):
        _moderate(editor, consultation, row["moderate"])
    if "feedback" in row:
        _feedback(row, consultation, present)


def _published(row: Mapping[str, Any], opens: datetime, closes: datetime) -> Consultation:
    editor, reviewer = _staff(row["editor"]), _staff(row["reviewer"])
    department = Department.objects.get(code=row["department"])
    draft = Draft(**{name: row[name] for name in _TEXTS}, opens_at=opens, closes_at=closes)
    with replaying(opens - timedelta(days=3)):
        consultation = actions.open_draft(editor.actor, department=department, draft=draft)
    with replaying(opens - timedelta(days=2)):
        actions.submit(editor.actor, consultation=consultation)
    with replaying(opens - timedelta(days=1)):
        return actions.publish(reviewer.actor, consultation=consultation)


def _sheets(row: Mapping[str, Any], chance: random.Random) -> list[Sheet]:
    """One a person: chosen answers by weight, and the comments dealt out among them."""
    content = Content.model_validate(row["content"])
    comments: list[list[tuple[str, str]]] = [[] for _ in range(row["answers"])]
    for target, text, times in row["comments"]:
        free = [place for place, given in enumerate(comments) if target not in dict(given)]
        for place in chance.sample(free, times):
            comments[place].append((target, text))
    return [
        Sheet(values=_values(content, row, chance), comments=given, notify=chance.random() < 0.6)
        for given in comments
    ]


def _values(content: Content, row: Mapping[str, Any], chance: random.Random) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for question in content.questions:
        if question in asked(content, values):
            value = _value(question, row, chance)
            if value is not None:
                values[question.key] = value
    return values


def _value(question: Question, row: Mapping[str, Any], chance: random.Random) -> Any:
    if question.kind == "text":
        return chance.choice(row["texts"][question.key]) if chance.random() < 0.7 else None
    weights = row["weights"][question.key]
    if question.kind == "scale":
        return chance.choices(range(1, question.points + 1), weights)[0]
    keys = [option.key for option in question.options]
    if question.kind == "matrix":
        return {line.key: chance.choices(keys, weights)[0] for line in question.rows}
    if question.kind == "single":
        return chance.choices(keys, weights)[0]
    wanted = chance.randint(question.choices_min, min(question.choices_max, len(keys)))
    chosen: list[str] = []
    while len(chosen) < wanted:
        key = chance.choices(keys, weights)[0]
        if key not in chosen:
            chosen.append(key)
    return chosen


def _moderate(editor: Staff, consultation: Consultation, verdicts: Mapping[str, Any]) -> None:
    shown = []
    for comment in Comment.objects.filter(consultation=consultation):
        if comment.text in verdicts["hide"]:
            reason = verdicts["hide"][comment.text]
            actions.moderate(
                editor.actor, consultation=consultation, comment_ids=[comment.pk], show=False, reason=reason
            )
        elif comment.text not in verdicts["leave"]:
            shown.append(comment.pk)
    if shown:
        actions.moderate(editor.actor, consultation=consultation, comment_ids=shown, show=True)


def _feedback(row: Mapping[str, Any], consultation: Consultation, present: datetime) -> None:
    editor, reviewer = _staff(row["editor"]), _staff(row["reviewer"])
    feedback = row["feedback"]
    out = present - timedelta(days=feedback["days_ago"])
    with replaying(out - timedelta(days=3)):
        for title, outcome, reply, texts in feedback["groups"]:
            _group(editor, consultation, (title, outcome, reply), texts)
        actions.save_overview(editor.actor, consultation=consultation, overview=feedback["overview"])
        actions.submit_feedback(editor.actor, consultation=consultation)
    with replaying(out):
        actions.publish_feedback(reviewer.actor, consultation=consultation)


def _group(
    editor: Staff, consultation: Consultation, answer: tuple[str, str, str], texts: Sequence[str]
) -> None:
    title, outcome, reply = answer
    group = actions.make_group(editor.actor, consultation=consultation, title=title)
    known = {"consultation": consultation, "group_id": group.public_id}
    ids = [one.pk for one in Comment.objects.filter(consultation=consultation) if one.text in texts]
    actions.assign(editor.actor, comment_ids=ids, **known)
    actions.answer_group(editor.actor, title=title, outcome=outcome, reply=reply, **known)


def _staff(username: str) -> Staff:
    return Staff.objects.select_related("department").get(username=username)
