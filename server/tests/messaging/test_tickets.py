"""News of tickets becomes messages: to whom it may concern, once, with where to read more."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from identity.factories import CitizenFactory
from messaging.factories import told
from procrastinate.contrib.django import app
from support.tasks import run_pending
from tickets.factories import (
    REPLY,
    City,
    anonymous,
    asking,
    closed,
    dispatched,
    handling,
    make_city,
    make_rule,
    merged,
    published,
    refused,
    replied,
    split,
    submitted,
)

from zhijian.identity.models import Citizen
from zhijian.messaging import subscriptions
from zhijian.messaging.models import Message
from zhijian.messaging.queries.inbox import why
from zhijian.messaging.queries.templates import shipped
from zhijian.tickets import actions
from zhijian.tickets.actions.upkeep import tell_overdue
from zhijian.tickets.models import Publication, Ticket

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_leaves")]


@pytest.fixture(autouse=True)
def _monday_morning() -> Iterator[None]:
    with time_machine.travel("2026-11-02T09:00:00+08:00"):
        yield


@pytest.fixture
def city() -> City:
    return make_city()


def extended(city: City) -> Ticket:
    ticket = actions.ask_extension(city.officer.actor, ticket=handling(city), days=2, reason="等待配件到货")
    return actions.approve_extension(city.dispatcher.actor, ticket=ticket)


def reopened(city: City) -> Ticket:
    return actions.reopen(city.citizen.actor, ticket=replied(city), reason="第二天又不亮了")


def forwarded(city: City) -> Ticket:
    ticket = dispatched(city)
    run_pending()
    return actions.forward(city.dispatcher.actor, ticket=ticket, department=city.other, reason="属于公路")


FIRST = ["ticket.received", "ticket.dispatched"]


@pytest.mark.parametrize(
    ("reach", "expected"),
    [
        (submitted, FIRST[:1]),
        (forwarded, [*FIRST, "ticket.dispatched"]),
        (asking, [*FIRST, "ticket.more_asked"]),
        (extended, [*FIRST, "ticket.extended"]),
        (replied, [*FIRST, "ticket.replied"]),
        (reopened, [*FIRST, "ticket.replied", "ticket.reopened"]),
        (closed, [*FIRST, "ticket.replied", "ticket.closed"]),
        (refused, ["ticket.received", "ticket.refused"]),
        (split, ["ticket.received", "ticket.dispatched", "ticket.dispatched"]),
    ],
)
def test_the_life_of_a_ticket(city: City, reach: Callable[[City], Ticket], expected: list[str]) -> None:
    ticket = reach(city)
    assert sorted(told(city.citizen)) == sorted(expected)
    own = {ticket.public_id, *ticket.parts.values_list("public_id", flat=True)}
    for message in Message.objects.all():
        assert message.link.removeprefix("/pages/ticket/detail?id=") in own
        assert "{" not in (message.title or "") + (message.body or "")
        assert all(why(message))


def test_what_is_said_at_the_result(city: City) -> None:
    ticket = closed(city)
    told(city.citizen)
    answer, end = (Message.objects.get(template=f"ticket.{name}") for name in ("replied", "closed"))
    assert "评价这次办理" in answer.body
    assert city.department.name in answer.body
    assert "请评价这次办理" in end.body
    assert "11月17日（周二）前要求重办" in end.body
    assert ticket.number in end.body
    assert REPLY not in answer.body  # it is read in the ticket


def test_who_has_rated_is_not_asked_again(city: City) -> None:
    ticket = replied(city)
    actions.mark_rated(reference=ticket.number, stars=5, satisfied=True)
    actions.call_back(city.dispatcher.actor, ticket=ticket, note="已回访")
    told(city.citizen)
    assert "评价" not in Message.objects.get(template="ticket.closed").body


def test_sent_on_in_the_moment_it_came_is_told_once(city: City) -> None:
    make_rule(city.department, 1, auto=True)
    submitted(city)
    assert told(city.citizen) == ["ticket.received"]


def test_who_gave_no_name_has_no_inbox(city: City) -> None:
    ticket, _ = anonymous(city)
    actions.answer_directly(city.dispatcher.actor, ticket=ticket, text=REPLY)
    run_pending()
    assert not Message.objects.exists()


def test_whose_ticket_was_merged_hears_of_the_one_that_goes_on(city: City) -> None:
    other: Citizen = CitizenFactory(real_named=True)
    mine = submitted(city)
    city.citizen, reporter = other, city.citizen
    theirs = submitted(city)
    actions.merge(city.dispatcher.actor, ticket=theirs, into=mine, reason="同一处路灯")
    ticket = actions.dispatch(city.dispatcher.actor, ticket=mine, department=city.department)
    ticket = actions.accept(city.officer.actor, ticket=ticket)
    actions.reply(city.officer.actor, ticket=ticket, text=REPLY)
    assert told(other) == ["ticket.received", "ticket.merged", "ticket.replied"]
    assert told(reporter) == ["ticket.received", "ticket.dispatched", "ticket.replied"]
    links = set(Message.objects.filter(citizen=other).values_list("link", flat=True))
    assert links == {f"/pages/ticket/detail?id={theirs.public_id}"}


def test_a_late_answer_is_owned_up_to_once(city: City) -> None:
    ticket = dispatched(city)
    with time_machine.travel("2026-11-10T09:00:00+08:00"):
        for _ in range(2):
            tell_overdue(ticket=ticket)
        assert told(city.citizen)[-1] == "ticket.overdue"
    assert Message.objects.filter(template="ticket.overdue").count() == 1


def test_followers_hear_of_the_public_answer_and_no_more(city: City) -> None:
    ticket = published(city, replied(city), answer="", knowledge=False)
    publication = Publication.objects.get(ticket=ticket)
    follower: Citizen = CitizenFactory(real_named=True)
    actions.follow(follower.actor, citizen=follower, public_id=publication.public_id)
    actions.call_back(city.dispatcher.actor, ticket=ticket, note="已回访")
    assert told(follower) == []
    published(city, ticket)
    assert told(follower) == ["ticket.followed"]
    message = Message.objects.get(citizen=follower)
    assert message.link == f"/pages/ticket/public?id={publication.public_id}"
    assert ticket.number not in message.body
    assert ticket.public_id not in message.link


def test_a_repeated_task_tells_once(city: City) -> None:
    ticket = replied(city)
    told(city.citizen)
    name = f"{subscriptions.__name__}.base.ticket.replied"
    for _ in range(2):
        app.tasks[name].func(ticket_id=ticket.public_id, number=ticket.number, state=ticket.state)
    assert told(city.citizen).count("ticket.replied") == 1


def test_every_answer_of_a_ticket_that_was_done_again_is_told(city: City) -> None:
    ticket = reopened(city)
    told(city.citizen)
    ticket = actions.accept(city.officer.actor, ticket=ticket)
    actions.reply(city.officer.actor, ticket=ticket, text=REPLY)
    assert told(city.citizen).count("ticket.replied") == 2


@pytest.mark.parametrize("family", ["ticket.", "consultation.", "policy."])
def test_every_template_is_used(family: str) -> None:
    used = {name.removeprefix("zhijian.messaging.subscriptions.base.") for name in app.tasks}
    events = {code for code in shipped() if code.startswith(family)}
    assert events
    assert events <= used


def test_english(city: City, settings: Any) -> None:
    city.citizen.locale = "en"
    city.citizen.save()
    merged(city)
    told(city.citizen)
    assert "Your report a problem" not in "".join(m.body or "" for m in Message.objects.all())
