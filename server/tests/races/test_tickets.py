"""Races over tickets, with real threads and connections."""

from collections.abc import Callable
from typing import Any

import pytest
from identity.factories import CitizenFactory
from support.threads import at_once
from tickets.factories import (
    BODY,
    City,
    dispatched,
    draft,
    make_city,
    make_rule,
    sender,
    split,
    submitted,
)

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


def test_two_neighbours_in_the_same_second_are_both_received(city: City) -> None:
    """With a rule that sends on at once: the second is joined, whoever comes second."""
    make_rule(city.department, categories=["lamps"], auto=True)
    results = at_once([_sends(city, person) for person in CitizenFactory.create_batch(2, real_named=True)])
    assert not [result for result in results if isinstance(result, Exception)]
    assert sorted(Ticket.objects.values_list("state", flat=True)) == ["dispatched", "merged"]


def test_withdrawing_while_another_is_joined_loses_nobody(city: City) -> None:
    """Whichever comes first, the neighbour's request is under way afterwards and the other's is withdrawn."""
    for _ in range(6):
        Sending.objects.all().delete()
        body = f"{BODY}{Ticket.objects.count()}"
        first = submitted(city, body=body)
        results = at_once(
            [
                lambda first=first: actions.withdraw(city.citizen.actor, ticket=first),  # type: ignore[misc]
                _sends(city, CitizenFactory(real_named=True), body),
            ]
        )
        assert not [result for result in results if isinstance(result, Exception)]
        joined = Ticket.objects.get(pk=results[1].ticket.pk)
        going_on = joined.merged_into or joined
        assert going_on.state == State.SUBMITTED
        first.refresh_from_db()
        assert (first.left_at is not None) is (joined.merged_into == first)
        assert (first.state == State.WITHDRAWN) is (joined.merged_into is None)


def test_all_withdraw_at_once_and_it_ends(city: City) -> None:
    first = submitted(city, body=BODY)
    people = CitizenFactory.create_batch(3, real_named=True)
    joined = [_sends(city, person)().ticket for person in people]
    calls = [lambda: actions.withdraw(city.citizen.actor, ticket=first)]
    calls += [
        lambda person=person, ticket=ticket: actions.withdraw(person.actor, ticket=ticket)  # type: ignore[misc]
        for person, ticket in zip(people, joined, strict=True)
    ]
    results = at_once(calls)
    assert not [result for result in results if isinstance(result, Exception)]
    assert set(Ticket.objects.values_list("state", flat=True)) == {State.WITHDRAWN}


def _sends(city: City, person: Any, body: str = BODY) -> Callable[[], Any]:
    return lambda: actions.submit(
        sender=sender(person, address=person.public_id), draft=draft(city, body=body)
    )
