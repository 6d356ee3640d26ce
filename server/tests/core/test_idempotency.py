"""A small API of our own shows what a phone sees that sends twice."""

import threading
import time
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import RequestFactory
from ninja import Schema, Status

from zhijian.audit.models import AuditEntry
from zhijian.core.actor import Actor
from zhijian.core.errors import Invalid
from zhijian.core.idempotency import KeyMissing, KeyReused, forget_old_keys, idempotent
from zhijian.core.models import IdempotencyRecord


class Made(Schema):
    number: int


def request(key: str | None = "key-00000001", body: str = "{}", person: str = "p1") -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    made = RequestFactory().post("/things", body, content_type="application/json", headers=headers)
    made.auth = SimpleNamespace(actor=Actor("citizen", person, "市民"))  # type: ignore[attr-defined]
    return made


@idempotent
def create(request: Any) -> Status[Made]:
    AuditEntry.objects.create(action="made", subject="thing")
    return Status(201, Made(number=AuditEntry.objects.count()))


@pytest.mark.django_db
def test_a_repeat_gets_the_first_answer_and_has_no_effect() -> None:
    first = create(request())
    again = create(request())
    assert (again.status_code, again.value) == (first.status_code, first.value.model_dump())
    assert AuditEntry.objects.filter(action="made").count() == 1


@pytest.mark.django_db
def test_another_person_or_key_is_another_request() -> None:
    for made in (request(), request(person="p2"), request(key="key-00000002")):
        create(made)
    assert AuditEntry.objects.filter(action="made").count() == 3


@pytest.mark.django_db
def test_the_same_key_with_other_content_is_refused() -> None:
    create(request())
    with pytest.raises(KeyReused):
        create(request(body='{"other": 1}'))


@pytest.mark.django_db
@pytest.mark.parametrize("key", [None, "short", "x" * 81])
def test_a_create_without_a_proper_key_is_refused(key: str | None) -> None:
    with pytest.raises(KeyMissing):
        create(request(key=key))


@pytest.mark.django_db
def test_after_a_refusal_the_same_key_may_be_used_again() -> None:
    wrong = True

    @idempotent
    def picky(request: Any) -> Status[Made]:
        AuditEntry.objects.create(action="made", subject="thing")
        if wrong:
            raise Invalid
        return Status(201, Made(number=7))

    with pytest.raises(Invalid):
        picky(request())
    assert not AuditEntry.objects.filter(action="made").exists()
    wrong = False
    assert picky(request()).status_code == 201


@pytest.mark.django_db(transaction=True)
def test_twins_at_the_same_time_have_one_effect_and_one_answer() -> None:
    answers: list[Any] = []

    @idempotent
    def slow(request: Any) -> Status[Made]:
        AuditEntry.objects.create(action="made", subject="thing")
        time.sleep(0.3)
        return Status(201, Made(number=42))

    def send() -> None:
        answer = slow(request())
        body = answer.value if isinstance(answer.value, dict) else answer.value.model_dump()
        answers.append((answer.status_code, body))
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [(201, {"number": 42})] * 4
    assert AuditEntry.objects.filter(action="made").count() == 1


@pytest.mark.django_db
def test_keys_are_forgotten_after_a_week() -> None:
    import time_machine

    with time_machine.travel("2026-03-01"):
        create(request())
    create(request(key="key-00000002"))
    forget_old_keys.func()
    assert list(IdempotencyRecord.objects.values_list("key", flat=True)) == ["key-00000002"]
