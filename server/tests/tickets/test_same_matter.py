"""When a ticket is the same matter as another: what is judged, and that judging never stands in anybody's way."""

from dataclasses import replace
from typing import Any

import pytest
import time_machine
from demo.city import document
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from identity.factories import CitizenFactory
from organizations.factories import DepartmentFactory
from tickets.factories import (
    BODY,
    City,
    draft,
    make_city,
    make_rule,
    sender,
    with_questions,
)
from tickets.test_api import App

from zhijian.core.actor import SYSTEM
from zhijian.core.errors import Problem
from zhijian.core.geo import Point
from zhijian.identity.models import Citizen
from zhijian.tickets import actions, errors
from zhijian.tickets.actions import twins
from zhijian.tickets.loading import load_tickets
from zhijian.tickets.models import Sending, Ticket
from zhijian.tickets.rules.similarity import SAME_PLACE, Where, same_place
from zhijian.tickets.rules.states import MERGE_INTO, State

pytestmark = pytest.mark.django_db
HERE = actions.Place(kind="map", latitude=31.05, longitude=112.31)
NEXT_DOOR = replace(HERE, latitude=31.0503)  # some 33 m
FAR = replace(HERE, latitude=31.095)  # 5 km


@pytest.fixture
def city() -> City:
    return make_city()


def sent(city: City, person: Citizen | None = None, **fields: Any) -> Ticket:
    Sending.objects.all().delete()
    who = sender(person, device=person.public_id if person else "nobody")
    return actions.submit(sender=who, draft=draft(city, **({"body": BODY} | fields))).ticket


def neighbour() -> Citizen:
    person: Citizen = CitizenFactory(real_named=True)
    return person


def demo_leaves() -> list[dict[str, Any]]:
    rows = document("tickets.json")["categories"]
    return [row for row in rows if row["code"] not in {one["parent"] for one in rows}]


def _answers(row: dict[str, Any]) -> dict[str, Any]:
    """What somebody in a hurry answers: only what must be."""
    fields = [one for page in (row["questions"] or {}).get("pages", ()) for one in page["fields"]]
    wanted = [one for one in fields if one.get("required", True) and "show_if" not in one]
    values = {"text": "云州第三公司", "number": 2}
    return {one["name"]: values.get(one["type"]) or one["options"][0]["value"] for one in wanted}


@pytest.mark.parametrize("hour", ["2026-11-02T09:00:00+08:00", "2026-11-02T23:00:00+08:00"])
@pytest.mark.parametrize("row", demo_leaves(), ids=lambda row: row["code"])
def test_a_second_person_with_the_same_words_is_received(row: dict[str, Any], hour: str) -> None:
    """Every category of the demo city, by day and by night: many have a rule that sends on at once."""
    for code in {rule["department"] for rule in document("tickets.json")["routing"]}:
        DepartmentFactory(code=code, is_centre=code == "zw")
    load_tickets_tables()
    with time_machine.travel(hour):
        body = {
            "category": row["code"],
            "title": "井盖破损",
            "body": "井盖破损，请尽快修复。",
            "answers": _answers(row),
        }
        if row["place"] == "required":
            body["place"] = {"kind": "map", "latitude": 31.05, "longitude": 112.31}
        people = [App(neighbour()), App(neighbour()), App(device="nobody")]
        answers = [one.send(key=f"key-000000{at}", **body) for at, one in enumerate(people)]
        assert [answer.status_code for answer in answers] == [201] * 3, [
            answer.content.decode() for answer in answers
        ]
        first, *others = [answer.json()["ticket"] for answer in answers]
        joined = [one["merged_into"] and one["merged_into"]["number"] for one in others]
        assert joined == ([first["number"]] * 2 if row.get("public_default") else [None] * 2)


def load_tickets_tables() -> None:
    load_tickets(SYSTEM, document("tickets.json") | {"tickets": [], "merges": []})


def test_the_joined_one_is_not_sent_to_a_department_of_its_own(city: City) -> None:
    make_rule(city.department, categories=["lamps"], auto=True)
    first, second = sent(city, city.citizen), sent(city, neighbour())
    assert first.state == State.DISPATCHED
    assert [step.action for step in second.steps.order_by("id")] == ["submit", "merge"]


def test_another_place_is_another_matter(city: City) -> None:
    first = sent(city, city.citizen, place=HERE)
    assert sent(city, neighbour(), place=NEXT_DOOR).merged_into == first
    assert sent(city, neighbour(), place=FAR).state == State.SUBMITTED
    assert (
        sent(city, city.citizen, place=FAR).merged_into is not None
    )  # theirs is the fourth, the third was there
    with pytest.raises(errors.AlreadySent):
        sent(city, city.citizen, place=NEXT_DOOR)


def test_ones_own_second_lamp_is_received(city: City) -> None:
    sent(city, city.citizen, place=HERE)
    assert sent(city, city.citizen, place=FAR).state == State.SUBMITTED


def test_other_answers_are_another_matter(city: City) -> None:
    with_questions()
    east = {"category": "asking", "answers": {"side": "east", "number": "12 号"}}
    first = sent(city, city.citizen, **east)
    assert (
        sent(city, neighbour(), **east | {"answers": {"side": "west", "number": "12号"}}).state
        == State.SUBMITTED
    )
    assert (
        sent(city, neighbour(), **east | {"answers": {"number": "12号", "side": "east"}}).merged_into == first
    )


def test_a_place_that_one_left_out_is_not_the_same_place(city: City) -> None:
    sent(city, city.citizen, place=HERE)
    assert sent(city, neighbour()).state == State.SUBMITTED


def test_words_for_places_are_compared_too(city: City) -> None:
    first = sent(city, city.citizen, place=actions.Place(kind="address", address="书院路 12 号 3 栋"))
    same = actions.Place(kind="address", address="书院路12号3栋")
    assert sent(city, neighbour(), place=same).merged_into == first
    assert sent(city, neighbour(), place=replace(same, address="书院路12号4栋")).state == State.SUBMITTED


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Where(), Where(), True),
        (Where(region=1), Where(region=2), False),
        (Where(region=1), Where(), True),
        (Where(hall=1), Where(hall=1), True),
        (Where(hall=1), Where(hall=2), False),
        (Where(hall=1), Where(), False),
        (Where(address="江堤路 1 号"), Where(address="江堤路1号"), True),
        (Where(address="江堤路1号"), Where(address="江堤路2号"), False),
        (Where(point=Point(31, 112)), Where(address="江堤路1号"), False),
        (Where(point=Point(31, 112), address="3楼"), Where(point=Point(31, 112)), True),
        (Where(point=Point(31, 112), address="3楼"), Where(point=Point(31, 112), address="5楼"), False),
        (Where(point=Point(31, 112)), Where(point=Point(31.0004, 112)), True),
        (Where(point=Point(31, 112)), Where(point=Point(31.0006, 112)), False),
    ],
)
def test_the_same_place(one: Where, other: Where, same: bool) -> None:
    assert SAME_PLACE == 50
    assert same_place(one, other) is same_place(other, one) is same


def test_what_came_to_an_end_may_be_reported_again(city: City) -> None:
    """A lamp that was mended breaks again within the week."""
    ticket = sent(city, city.citizen)
    refused = actions.refuse(
        city.dispatcher.actor, ticket=ticket, reason="不属于政府职责", elsewhere="物业公司"
    )
    assert refused.state == State.REFUSED
    assert sent(city, city.citizen).state == State.SUBMITTED


def test_the_twin_that_ended_meanwhile_stops_nobody(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is looked for before it is locked; between the two its reporter may withdraw."""
    make_rule(city.department, categories=["lamps"], auto=True)
    first = sent(city, city.citizen)
    found = twins.find

    def find_late(*args: Any, **named: Any) -> Any:
        twin = found(*args, **named)
        actions.withdraw(city.citizen.actor, ticket=first)
        return twin

    monkeypatch.setattr(twins, "find", find_late)
    assert sent(city, neighbour()).state == State.DISPATCHED


_STEPS = st.lists(
    st.sampled_from(
        ["send", "again", "nobody", "far", "dispatch", "accept", "ask", "reply", "refuse", "withdraw"]
    ),
    min_size=2,
    max_size=9,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=_STEPS, auto=st.booleans())
def test_whoever_sends_never_meets_a_refusal_of_staff(db: None, steps: list[str], auto: bool) -> None:
    """Whatever has become of what others sent: a sender is received, or hears that their own is under way."""
    with transaction.atomic():
        city = make_city()
        if auto:
            make_rule(city.department, categories=["lamps"], auto=True)
        for step in steps:
            _one_step(city, step)
        transaction.set_rollback(True)


def _one_step(city: City, step: str) -> None:
    sends = {
        "send": lambda: sent(city, neighbour(), place=HERE),
        "again": lambda: sent(city, city.citizen, place=HERE),
        "nobody": lambda: sent(city, place=NEXT_DOOR),
        "far": lambda: sent(city, city.citizen, place=FAR),
    }
    if step in sends:
        try:
            ticket = sends[step]()
        except errors.AlreadySent:
            assert step in {"again", "far"}
        else:
            assert ticket.state in MERGE_INTO | {State.MERGED}
        return
    for ticket in Ticket.objects.exclude(state=State.MERGED):
        try:
            _office(city, ticket, step)
        except Problem:
            continue  # not in this state: the office's own table


def _office(city: City, ticket: Ticket, step: str) -> None:
    dispatcher, officer = city.dispatcher.actor, city.officer.actor
    match step:
        case "dispatch":
            actions.dispatch(dispatcher, ticket=ticket, department=city.department)
        case "accept":
            actions.accept(officer, ticket=ticket)
        case "ask":
            actions.ask_more(officer, ticket=ticket, question="请补充灯杆编号")
        case "reply":
            actions.reply(officer, ticket=ticket, text="已经修好，谢谢您的反映。")
        case "refuse":
            actions.refuse(dispatcher, ticket=ticket, reason="不属于政府职责", elsewhere="物业公司")
        case "withdraw":
            if ticket.citizen:
                actions.withdraw(ticket.citizen.actor, ticket=ticket)
