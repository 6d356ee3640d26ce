"""One person on many devices at once."""

from typing import Any

import pytest
from consultations.factories import VALUES, Desk, published, real_person, take_part
from support.threads import at_once

from zhijian.consultations import actions
from zhijian.consultations.actions import Sheet
from zhijian.consultations.errors import AlreadyAnswered, NoAnswer
from zhijian.consultations.models import Answer, Comment, Contact, Participation

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_devices_make_one_answer() -> None:
    row, person = published(Desk()), real_person()
    calls = [lambda n=n: take_part(row, person, key=f"device-{n}") for n in range(6)]
    results = at_once(calls)  # type: ignore[arg-type]
    assert sum(isinstance(result, AlreadyAnswered) for result in results) == 5
    assert Answer.objects.count() == Participation.objects.count() == 1


def test_the_same_request_from_a_bad_network_is_one_answer_for_all() -> None:
    row, person = published(Desk()), real_person()
    results = at_once([lambda: take_part(row, person, key="same-request") for _ in range(6)])
    assert results == [person] * 6
    assert Answer.objects.count() == 1


def test_changing_on_two_devices_leaves_one_whole_answer() -> None:
    row = published(Desk())
    person = take_part(row)

    def change(words: str) -> Any:
        sheet = Sheet(values=VALUES, comments=[("c1", words)], notify=True)
        return actions.replace(person.actor, citizen=person, consultation=row, sheet=sheet)

    results = at_once([lambda n=n: change(f"意见{n}") for n in range(4)])  # type: ignore[misc]
    assert not [result for result in results if isinstance(result, Exception)]
    assert Answer.objects.count() == Comment.objects.count() == Contact.objects.count() == 1


def test_withdrawing_twice_and_changing_meanwhile() -> None:
    row = published(Desk())
    person = take_part(row)

    def leave() -> Any:
        return actions.retract(person.actor, citizen=person, consultation=row)

    def change() -> Any:
        return actions.replace(person.actor, citizen=person, consultation=row, sheet=Sheet(values=VALUES))

    results = at_once([leave, change, leave])
    assert all(result is None or isinstance(result, NoAnswer) or hasattr(result, "day") for result in results)
    assert Answer.objects.count() == Participation.objects.count() == 0
