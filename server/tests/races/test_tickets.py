"""Races over tickets, with real threads and connections."""

from collections.abc import Callable
from typing import Any

import pytest
from identity.factories import CitizenFactory
from support.threads import at_once
from tickets.factories import BODY, City, dispatched, draft, make_city, sender, split, submitted

from zhijian.tickets import actions, errors
from zhijian.tickets.models import Follower, Sending, Ticket
from zhijian.tickets.rules.states import State

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("calendar_seeded")]


@pytest.fixture
def city() -> City:
    return make_city()


def test_the_same_words_of_many_become_one_open_matter(city: City) -> None:
    people = CitizenFactory.create_batch(6, real_named=True)

    def send(person: Any) -> Callable[[], Any]:
        return lambda: actions.submit(
            sender=sender(person, address=person.public_id), draft=draft(city, body=BODY)
        )

    results = at_once([send(person) for person in people])
    assert not [result for result in results if isinstance(result, Exception)]
    assert Ticket.objects.filter(state=State.SUBMITTED).count() == 1
    assert Ticket.objects.filter(state=State.MERGED).count() == 5
    assert Follower.objects.count() == 5
    assert Ticket.objects.values("number").distinct().count() == 6


def test_many_at_once_gain_nothing_over_the_limit(city: City) -> None:
    def send(count: int) -> Callable[[], Any]:
        return lambda: actions.submit(sender=sender(), draft=draft(city, body=f"{BODY}{count}"))

    results = at_once([send(count) for count in range(6)])
    assert sum(isinstance(result, errors.SentTooOften) for result in results) == 3
    assert Ticket.objects.count() == Sending.objects.count() == 3


def test_one_of_two_officers_takes_it(city: City) -> None:
    ticket = dispatched(city)
    results = at_once(
        [
            lambda: actions.accept(city.officer.actor, ticket=ticket),
            lambda: actions.accept(city.colleague.actor, ticket=ticket),
        ]
    )
    assert sum(isinstance(result, errors.StateForbids) for result in results) == 1
    assert sum(isinstance(result, Ticket) for result in results) == 1


def test_two_merges_the_other_way_round_end_with_one_open(city: City) -> None:
    one, other = submitted(city), submitted(city)
    results = at_once(
        [
            lambda: actions.merge(city.dispatcher.actor, ticket=one, into=other, reason="同一件事"),
            lambda: actions.merge(city.dispatcher.actor, ticket=other, into=one, reason="同一件事"),
        ]
    )
    refused = [result for result in results if isinstance(result, Exception)]
    assert [type(result) for result in refused] in ([errors.MergeWrong], [errors.StateForbids])
    assert sorted(Ticket.objects.values_list("state", flat=True)) == ["merged", "submitted"]


def test_the_whole_closes_whichever_part_is_last(city: City) -> None:
    whole = split(city)
    parts = list(whole.parts.order_by("id"))
    for part, officer in zip(parts, (city.officer, city.helper), strict=True):
        actions.reply(officer.actor, ticket=actions.accept(officer.actor, ticket=part), text="已经处理完成")

    def close(part: Ticket) -> Callable[[], Any]:
        return lambda: actions.call_back(city.dispatcher.actor, ticket=part, note="已回访")

    results = at_once([close(part) for part in parts])
    assert not [result for result in results if isinstance(result, Exception)]
    whole.refresh_from_db()
    assert whole.state == State.CLOSED
    assert whole.steps.filter(action="close_parts").count() == 1


def test_withdrawing_and_refusing_at_once(city: City) -> None:
    ticket = submitted(city)
    results = at_once(
        [
            lambda: actions.withdraw(city.citizen.actor, ticket=ticket),
            lambda: actions.refuse(
                city.dispatcher.actor, ticket=ticket, reason="不属于政府职责", elsewhere="物业公司"
            ),
        ]
    )
    assert sum(isinstance(result, errors.StateForbids) for result in results) == 1
    assert ticket.steps.count() == 2
