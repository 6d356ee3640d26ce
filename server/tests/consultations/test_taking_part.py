"""One answer a real person, theirs to change, and no way from the answer to the person."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from consultations.factories import (
    VALUES,
    Desk,
    answered,
    end,
    moderated,
    published,
    ready_for_feedback,
    real_person,
    take_part,
)
from django.db import connection
from identity.factories import CitizenFactory

from zhijian.audit.models import AuditEntry
from zhijian.consultations import actions
from zhijian.consultations.actions import Sheet
from zhijian.consultations.actions.retention import forget_old_contacts, sever_stale
from zhijian.consultations.models import Answer, Comment, Consultation, Contact, Participation
from zhijian.consultations.queries.contacts import participants
from zhijian.consultations.queries.mine import mine
from zhijian.core.clock import now, today
from zhijian.core.errors import Problem
from zhijian.core.models import IdempotencyRecord
from zhijian.identity.models import Citizen

pytestmark = pytest.mark.django_db


def refused(call: Callable[[], Any]) -> str:
    with pytest.raises(Problem) as refusal:
        call()
    return refusal.value.code


@pytest.fixture
def row() -> Consultation:
    return published(Desk())


def change(row: Consultation, person: Citizen, **sheet: Any) -> Any:
    return actions.replace(person.actor, citizen=person, consultation=row, sheet=Sheet(**sheet))


def test_an_answer_is_kept_and_found_again(row: Consultation) -> None:
    person = take_part(
        row, values=VALUES | {"q5": "多装充电柜"}, comments=[("c2", "赞成"), ("", "很好")], notify=True
    )
    found = mine(person, row)
    assert (found.day, found.notify) == (today(), True)
    assert found.values == VALUES | {"q5": "多装充电柜"}
    assert [(one.target, one.text, one.state) for one in found.comments] == [
        ("", "很好", "pending"),
        ("c2", "赞成", "pending"),
    ]
    assert [one.target for one in found.texts] == ["q5"]
    assert Answer.objects.get().values == VALUES  # free words are kept apart, sealed


def test_once_a_person(row: Consultation) -> None:
    person = take_part(row)
    assert refused(lambda: take_part(row, person, key="another-request")) == "consultations.already_answered"
    assert Answer.objects.count() == Participation.objects.count() == 1
    take_part(row)
    take_part(published(Desk()), person)
    assert Answer.objects.count() == 3


def test_a_second_account_is_the_same_person(row: Consultation) -> None:
    """The id number decides, not the account."""
    person = take_part(row)
    index, person.id_index = person.id_index, None
    Citizen.objects.filter(pk=person.pk).update(id_index=None, real_name_level=0)
    later = real_person()
    Citizen.objects.filter(pk=later.pk).update(id_index=index)
    later.refresh_from_db()
    assert refused(lambda: take_part(row, later)) == "consultations.already_answered"


def test_the_same_request_again_gets_the_same_answer(row: Consultation) -> None:
    person = take_part(row, key="one-request")
    take_part(row, person, key="one-request")
    assert Answer.objects.count() == 1


def test_without_a_confirmed_name(row: Consultation) -> None:
    assert refused(lambda: take_part(row, CitizenFactory.create())) == "identity.real_name_needed"
    assert not Participation.objects.exists()


@pytest.mark.parametrize("act", ["take_part", "replace", "retract"])
def test_only_while_it_is_open(act: str) -> None:
    row = published(Desk())
    person = take_part(row)
    end(row)
    calls: dict[str, Callable[[], Any]] = {
        "take_part": lambda: take_part(row),
        "replace": lambda: change(row, person, values=VALUES),
        "retract": lambda: actions.retract(person.actor, citizen=person, consultation=row),
    }
    assert refused(calls[act]) == "consultations.closed"
    assert Answer.objects.count() == 1
    assert mine(person, row).values == VALUES  # may still be looked at


def test_not_before_it_opens() -> None:
    row = published(Desk(), opens_at=now() + timedelta(days=1))
    assert refused(lambda: take_part(row)) == "consultations.not_open_yet"


def test_what_is_not_published_does_not_exist() -> None:
    from consultations.factories import submitted

    assert refused(lambda: take_part(submitted(Desk()))) == "consultations.not_found"


@pytest.mark.parametrize(
    "sheet",
    [
        {"values": VALUES | {"q1": "no"}},  # hidden question answered
        {"values": VALUES | {"q3": 99}},
        {"values": {"q1": "no"}},
        {"values": {"q9": "x"}},
        {"comments": [("c9", "没有这一条")]},
        {"comments": [("c1", "长" * 2001)]},
        {"values": {"q3": 4}, "comments": [("c1", "赞成")]},
    ],
)
def test_forged_or_incomplete_answers_leave_nothing(row: Consultation, sheet: dict[str, Any]) -> None:
    assert refused(lambda: take_part(row, **sheet)) == "consultations.answer_wrong"
    assert not Answer.objects.exists()
    assert not Participation.objects.exists()


def test_empty_sheet(row: Consultation) -> None:
    assert refused(lambda: take_part(row, values={"q1": ""})) == "consultations.answer_empty"


def test_who_only_comments_need_not_answer_the_questions(row: Consultation) -> None:
    take_part(row, comments=[("c1", "赞成")])
    assert Answer.objects.get().values == {}


def test_changing_keeps_the_verdict_of_what_stays(row: Consultation) -> None:
    desk = Desk(department=row.department)
    person = take_part(row, comments=[("c1", "赞成"), ("c2", "反对")])
    moderated(desk, row)
    first = Answer.objects.get().pk
    found = change(row, person, comments=[("c1", "赞成"), ("c2", "反对，理由如下")])
    assert [(one.target, one.state) for one in found.comments] == [("c1", "shown"), ("c2", "pending")]
    assert Answer.objects.count() == 1
    assert Answer.objects.get().pk != first


def test_changing_what_is_not_there(row: Consultation) -> None:
    assert refused(lambda: change(row, real_person(), values=VALUES)) == "consultations.no_answer"


def test_withdrawn_is_gone_and_may_come_again(row: Consultation) -> None:
    person = take_part(row, values=VALUES, comments=[("c1", "赞成")], notify=True)
    actions.retract(person.actor, citizen=person, consultation=row)
    for table in (Answer, Comment, Participation, Contact):
        assert not table.objects.exists()  # type: ignore[attr-defined]
    assert refused(lambda: mine(person, row)) == "consultations.no_answer"
    take_part(row, person, key="second-time")
    assert Answer.objects.count() == 1


def test_hidden_ones_are_told_to_their_author_only(row: Consultation) -> None:
    desk = Desk(department=row.department)
    person = take_part(row, comments=[("c1", "广告")])
    stranger = take_part(row)
    actions.moderate(
        desk.editor.actor,
        consultation=row,
        comment_ids=[Comment.objects.get().pk],
        show=False,
        reason="advert",
    )
    (comment,) = mine(person, row).comments
    assert (comment.state, comment.reason) == ("hidden", "advert")
    assert mine(stranger, row).comments == ()


# What a copy of the database tells.


def everything(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT row_to_json(one)::text FROM {table} one")
        return "\n".join(text for (text,) in cursor.fetchall())


TABLES = [
    "consultations_answer",
    "consultations_comment",
    "consultations_participation",
    "consultations_contact",
]


def test_no_row_names_a_person_a_moment_or_another_tables_row(row: Consultation) -> None:
    person = take_part(row, values=VALUES, comments=[("c1", "赞成")], notify=True)
    texts = {table: everything(table) for table in TABLES}
    for text in texts.values():
        for clear in (person.public_id, person.name, person.id_number, person.id_index or "-", person.phone):
            assert clear not in text
        assert not re.search(r"\d\d:\d\d:\d\d", text)
    answers, _, participations, contacts = (set(re.findall(r"[0-9a-f]{64}", text)) for text in texts.values())
    assert answers
    assert participations
    assert contacts
    assert not answers & participations
    assert not answers & contacts
    assert not participations & contacts


def test_no_column_points_from_an_answer_to_a_person() -> None:
    citizens = {Citizen}
    for model in (Answer, Comment, Participation, Contact):
        for field in model._meta.get_fields():
            assert field.related_model not in citizens
            assert field.get_internal_type() != "DateTimeField"


def test_keys_tell_no_order(row: Consultation) -> None:
    """Random keys sort differently from arrival; among twelve, equal order by chance is one in 479 million."""
    arrived = []
    for _ in range(12):
        person = take_part(row)
        arrived.append(mine(person, row))
    keys = list(Answer.objects.order_by("id").values_list("id", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM consultations_answer ORDER BY ctid")
        physical = [key for (key,) in cursor.fetchall()]
    assert sorted(physical) == keys
    assert physical != keys


def test_taking_part_writes_no_trace_beside_the_answer(row: Consultation) -> None:
    before = AuditEntry.objects.count()
    person = take_part(row)
    change(row, person, values=VALUES)
    actions.retract(person.actor, citizen=person, consultation=row)
    assert AuditEntry.objects.count() == before
    assert not IdempotencyRecord.objects.exists()


def test_after_the_feedback_even_the_person_finds_nothing(row: Consultation) -> None:
    desk = Desk()
    done = answered(desk)
    assert Answer.objects.filter(consultation=done).exists()
    assert not Answer.objects.filter(consultation=done, handle__isnull=False).exists()
    assert not Participation.objects.filter(consultation=done).exists()
    assert refused(lambda: mine(real_person(), done)) == "consultations.severed"
    entry = AuditEntry.objects.get(action="consultation.severed")
    assert entry.facts["answers"] == 1
    assert len(entry.facts["digest"]) == 64


def test_withdrawing_a_consultation_severs_too() -> None:
    desk = Desk()
    row = published(desk)
    take_part(row)
    actions.withdraw(desk.reviewer.actor, consultation=row, reason="计划有变")
    assert not Participation.objects.exists()
    assert Answer.objects.get().handle is None


def test_who_ticked_is_told_and_then_forgotten() -> None:
    desk = Desk()
    row = published(desk)
    wants = take_part(row, values=VALUES, notify=True)
    take_part(row, values=VALUES)
    assert list(participants(row.public_id)) == [wants.public_id]
    change(row, wants, values=VALUES, notify=False)
    assert list(participants(row.public_id)) == []
    change(row, wants, values=VALUES, notify=True)
    assert actions.forget_contacts(desk.editor.actor, consultation=row) == 1
    assert list(participants(row.public_id)) == []


def test_contacts_and_ties_end_by_themselves() -> None:
    desk = Desk()
    row = answered(desk)
    assert Contact.objects.count() == 1
    assert forget_old_contacts(timedelta(days=30)) == 0
    Consultation.objects.filter(pk=row.pk).update(severed_at=now() - timedelta(days=31))
    assert forget_old_contacts(timedelta(days=30)) == 1
    assert not Contact.objects.exists()
    left = ready_for_feedback(desk)
    assert sever_stale(timedelta(days=365)) == 0
    assert sever_stale(timedelta(0)) == 1
    assert not Participation.objects.filter(consultation=left).exists()
