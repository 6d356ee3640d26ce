"""One answer a real person, theirs to change, and no way from the answer to the person."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from consultations.factories import (
    VALUES,
    Desk,
    end,
    moderated,
    published,
    real_person,
    take_part,
)
from identity.factories import CitizenFactory

from zhijian.consultations import actions
from zhijian.consultations.actions import Sheet
from zhijian.consultations.models import Answer, Comment, Consultation, Contact, Participation
from zhijian.consultations.queries.mine import mine
from zhijian.core.clock import now, today
from zhijian.core.errors import Problem
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
