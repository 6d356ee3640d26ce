"""A ticket is rated by its named reporter once a handling, when there is an answer: every state and everybody."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from identity.factories import CitizenFactory, bearer
from organizations.factories import StaffFactory
from tickets.factories import IN_STATE, City, anonymous, closed, make_city, replied, split

from zhijian.audit.models import AuditEntry
from zhijian.core.clock import now
from zhijian.identity.models import Citizen
from zhijian.organizations.models import Staff
from zhijian.organizations.rules import Post
from zhijian.ratings import actions as ratings
from zhijian.ratings.models import Rating, Rectification
from zhijian.ratings.queries.figures import tally
from zhijian.ratings.signing import code_for
from zhijian.tickets import actions
from zhijian.tickets.models import Follower, Ticket
from zhijian.tickets.queries.figures import totals
from zhijian.tickets.rules.states import State

pytestmark = pytest.mark.django_db
BODY = {"stars": 5, "tags": ["517"], "dimensions": {"overall": 5, "platform": 4}, "comment": ""}
REPLY = "已到现场修复，请再看看。"


@pytest.fixture(autouse=True)
def _monday_at_nine() -> Iterator[None]:
    with time_machine.travel("2026-11-02T09:00:00+08:00"):
        yield


@pytest.fixture
def city() -> City:
    return make_city()


def post(citizen: Citizen, ticket: Ticket, body: dict[str, Any] = BODY, *, key: str = "key-0000001") -> Any:
    return Client().post(
        f"/api/v1/tickets/{ticket.public_id}/rating",
        json.dumps(body),
        content_type="application/json",
        headers=bearer(citizen) | {"Idempotency-Key": key},
    )


def shown(citizen: Citizen, ticket: Ticket) -> dict[str, Any]:
    found: dict[str, Any] = (
        Client().get(f"/api/v1/tickets/{ticket.public_id}", headers=bearer(citizen)).json()
    )
    return found


def done_again(city: City, ticket: Ticket) -> Ticket:
    ticket = actions.reopen(city.citizen.actor, ticket=ticket, reason="第二天又不亮了")
    ticket = actions.accept(city.officer.actor, ticket=ticket)
    return actions.reply(city.officer.actor, ticket=ticket, text=REPLY)


@pytest.mark.parametrize("state", list(State))
def test_every_state_for_everybody(city: City, state: State) -> None:
    ticket = IN_STATE[state](city)
    follower: Citizen = CitizenFactory()
    Follower.objects.create(ticket=ticket, citizen=follower, since=now())
    for other in (follower, CitizenFactory()):
        assert post(other, ticket).status_code == 404
    assert Client().post(f"/api/v1/tickets/{ticket.public_id}/rating", BODY).status_code == 401
    answered = state in {State.REPLIED, State.CLOSED}
    assert ("rate" in shown(city.citizen, ticket)["actions"]) is answered
    answer = post(city.citizen, ticket)
    if answered:
        assert answer.status_code == 201
        again = post(city.citizen, ticket, key="key-0000002")
        assert (again.status_code, again.json()["code"]) == (409, "ratings.already_rated")
        assert "rate" not in shown(city.citizen, ticket)["actions"]
    else:
        assert (answer.status_code, answer.json()["code"]) == (409, "ratings.not_done_yet")
    assert Rating.objects.count() == answered


def test_what_is_kept_and_shown(city: City) -> None:
    ticket = closed(city)
    post(city.citizen, ticket)
    rating = Rating.objects.get()
    assert (rating.kind, rating.reference, rating.department, rating.channel, rating.hall) == (
        "ticket",
        ticket.number,
        city.department,
        "online",
        None,
    )
    assert shown(city.citizen, ticket)["rating"]["stars"] == 5


def test_rated_anew_after_it_was_done_again(city: City) -> None:
    ticket = closed(city)
    post(city.citizen, ticket, BODY | {"stars": 2, "tags": ["213"]})
    reopened = actions.reopen(city.citizen.actor, ticket=ticket, reason="第二天又不亮了")
    assert post(city.citizen, reopened, key="key-0000002").json()["code"] == "ratings.not_done_yet"
    ticket = actions.accept(city.officer.actor, ticket=reopened)
    ticket = actions.reply(city.officer.actor, ticket=ticket, text=REPLY)
    found = shown(city.citizen, ticket)
    assert ("rate" in found["actions"], found["rating"]) == (True, None)
    assert post(city.citizen, ticket, key="key-0000003").status_code == 201
    references = list(Rating.objects.order_by("id").values_list("reference", "stars"))
    assert references == [(ticket.number, 2), (f"{ticket.number}-2", 5)]
    assert tally().total.handled == 2


def test_an_answer_that_was_sent_back_is_the_same_handling(city: City) -> None:
    ticket = replied(city)
    post(city.citizen, ticket)
    ticket = actions.send_back(city.dispatcher.actor, ticket=ticket, reason="没有到现场核实")
    ticket = actions.reply(city.officer.actor, ticket=ticket, text=REPLY)
    assert "rate" not in shown(city.citizen, ticket)["actions"]
    assert post(city.citizen, ticket, key="key-0000002").json()["code"] == "ratings.already_rated"


def send(address: str, body: dict[str, Any], **headers: str) -> Any:
    return Client().post(
        f"/api/v1/{address}", json.dumps(body), content_type="application/json", headers=headers
    )


def test_who_gave_no_name_rates_by_the_receipt(city: City) -> None:
    ticket, code = anonymous(city)
    receipt = {"number": ticket.number, "code": code}
    early = send("tickets/receipt/rating-code", receipt)
    assert (early.status_code, early.json()["code"]) == (409, "ratings.not_done_yet")
    ticket = actions.answer_directly(city.dispatcher.actor, ticket=ticket, text=REPLY)
    assert "rate" in send("tickets/receipt", receipt).json()["actions"]
    assert post(city.citizen, ticket).status_code == 404
    forged = send("tickets/receipt/rating-code", receipt | {"code": "2222-2222-2222"})
    assert (forged.status_code, forged.json()["code"]) == (404, "tickets.receipt_wrong")
    token = send("tickets/receipt/rating-code", receipt).json()["token"]
    assert code not in token
    subject = Client().get(f"/api/v1/rating-subjects/{token}").json()
    assert (subject["kind"], subject["channel"], subject["rated"]) == ("ticket", "online", False)
    assert send("ratings", BODY | {"token": token}, **{"Idempotency-Key": "key-1"}).status_code == 201
    again = send("ratings", BODY | {"token": token}, **{"Idempotency-Key": "key-2"})
    assert (again.status_code, again.json()["code"]) == (409, "ratings.already_rated")
    found = send("tickets/receipt", receipt).json()
    assert ("rate" in found["actions"], found["rating"]["stars"]) == (False, 5)
    assert (Rating.objects.get().citizen, tally().total.handled) == (None, 1)
    assert AuditEntry.objects.get(action="rating.given").actor_label == "匿名反映人"


def test_a_code_of_a_named_ticket_opens_nothing(city: City) -> None:
    token = code_for("ticket", closed(city).public_id)
    answer = send("ratings", BODY | {"token": token})
    assert (answer.status_code, answer.json()["code"]) == (404, "ratings.subject_unknown")


def test_parts_are_rated_and_their_whole_is_not(city: City) -> None:
    whole = split(city)
    for part in whole.parts.all():
        officer = city.officer if part.department == city.department else city.helper
        part = actions.accept(officer.actor, ticket=part)
        part = actions.reply(officer.actor, ticket=part, text=REPLY)
        part = actions.call_back(city.dispatcher.actor, ticket=part, note="已回访")
        assert post(city.citizen, part, key=f"key-{part.number}").status_code == 201
    whole.refresh_from_db()
    assert whole.state == State.CLOSED
    assert "rate" not in shown(city.citizen, whole)["actions"]
    assert post(city.citizen, whole, key="key-0000009").json()["code"] == "ratings.not_done_yet"
    assert tally().total.handled == 2


def test_figures_of_the_department_and_of_tickets_tell_the_same(city: City) -> None:
    for stars, tag in ((5, "517"), (4, "413"), (3, "314"), (1, "115")):
        post(city.citizen, closed(city), BODY | {"stars": stars, "tags": [tag]}, key=f"key-{stars}000000")
    closed(city)
    mine = next(count for count in tally().departments if count.code == city.department.code)
    assert (mine.by_star, mine.handled) == ((1, 0, 1, 1, 1), 5)
    counts = totals(city.supervisor, now() - timedelta(days=1), now() + timedelta(days=1))
    assert (counts.asked_satisfied, counts.satisfied) == (4, 2)


def head(city: City, post: Post) -> Staff:
    found: Staff = StaffFactory(department=city.department, posts=[post])
    return found


def test_a_poor_one_opens_its_order_and_one_that_does_not_count_is_in_no_figure(city: City) -> None:
    ticket = closed(city)
    post(city.citizen, ticket, BODY | {"stars": 1, "tags": ["115"]})
    order = Rectification.objects.get()
    assert (order.department, order.state) == (city.department, "open")
    approver, supervisor = head(city, Post.APPROVER), head(city, Post.SUPERVISOR)
    order = ratings.dispute(approver.actor, order=order, ground="mistaken", note="本人承认点错了星")
    ratings.dismiss(supervisor.actor, order=order, note="证据充分")
    ticket.refresh_from_db()
    assert (ticket.stars, ticket.satisfied) == (1, None)
    assert tally().total.by_star == (0, 0, 0, 0, 0)


def test_one_that_does_not_count_leaves_a_later_handling_alone(city: City) -> None:
    ticket = closed(city)
    post(city.citizen, ticket, BODY | {"stars": 1, "tags": ["115"]})
    ticket = done_again(city, ticket)
    post(city.citizen, ticket, key="key-0000002")
    approver, supervisor = head(city, Post.APPROVER), head(city, Post.SUPERVISOR)
    order = ratings.dispute(
        approver.actor, order=Rectification.objects.get(), ground="malicious", note="与事实不符"
    )
    ratings.dismiss(supervisor.actor, order=order, note="证据充分")
    ticket.refresh_from_db()
    assert (ticket.stars, ticket.satisfied) == (5, True)
