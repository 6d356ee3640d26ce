"""What a copy of the database tells of who said what: nothing."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from consultations.factories import (
    VALUES,
    Desk,
    answered,
    published,
    ready_for_feedback,
    real_person,
    take_part,
)
from django.db import connection

from zhijian.audit.models import AuditEntry
from zhijian.consultations import actions
from zhijian.consultations.actions import Sheet
from zhijian.consultations.actions.retention import forget_old_contacts, sever_stale
from zhijian.consultations.models import Answer, Comment, Consultation, Contact, Participation
from zhijian.consultations.queries.contacts import participants
from zhijian.consultations.queries.mine import mine
from zhijian.core.clock import now
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
