"""The day from a phone over HTTP."""

import json
from typing import Any

import pytest
from appointments.day_factories import (
    PLACE,
    World,
    add_counter,
    arrive,
    called,
    make_booking,
    make_group,
    make_world,
    serving,
    ticket,
)
from django.test import Client
from identity.factories import CitizenFactory, bearer
from pytest_django import DjangoAssertNumQueries
from time_machine import travel

from zhijian.appointments.actions import day as actions
from zhijian.appointments.models import Visit
from zhijian.identity.models import Citizen

pytestmark = pytest.mark.django_db
NEAR = {"latitude": PLACE[0], "longitude": PLACE[1]}


@pytest.fixture
def world() -> World:
    return make_world()


def get(citizen: Citizen, path: str) -> Any:
    return Client().get(f"/api/v1{path}", headers=bearer(citizen))


def check_in(citizen: Citizen, booking_id: str, body: Any = NEAR, key: str = "check-in-1") -> Any:
    content = body if isinstance(body, str) else json.dumps(body)
    headers = bearer(citizen) | {"Idempotency-Key": key}
    path = f"/api/v1/bookings/{booking_id}/check-in"
    return Client().post(path, content, content_type="application/json", headers=headers)


def test_a_phone_nearby_gets_its_ticket_once(world: World) -> None:
    ticket(world)
    booking = make_booking(world)
    who = booking.citizen
    answer = check_in(who, booking.public_id)
    assert answer.status_code == 201
    body = answer.json()
    assert (body["number"], body["state"], body["state_label"], body["late"]) == (
        "A002",
        "waiting",
        "等候",
        False,
    )
    assert (body["ahead"], body["estimate_minutes"], body["counter"]) == (0, 0, None)
    assert check_in(who, booking.public_id).json() == body
    again = check_in(who, booking.public_id, key="check-in-2")
    assert (again.status_code, again.json()["code"]) == (409, "appointments.already_checked_in")
    assert "A002" in again.json()["detail"]
    assert Visit.objects.filter(booking=booking).count() == 1


def test_who_booked_for_somebody_may_check_them_in_but_no_stranger(world: World) -> None:
    booking = make_booking(world, booked_by=CitizenFactory(real_named=True))
    stranger = CitizenFactory(real_named=True)
    for path in (f"/bookings/{booking.public_id}/visit", "/visits/nothing"):
        assert get(stranger, path).status_code == 404
    assert check_in(stranger, booking.public_id).json()["code"] == "appointments.booking_not_found"
    body = check_in(booking.booked_by, booking.public_id).json()
    for person in (booking.citizen, booking.booked_by):
        assert get(person, f"/visits/{body['id']}").json() == body
        assert get(person, f"/bookings/{booking.public_id}/visit").json() == body
    assert get(stranger, f"/visits/{body['id']}").json()["code"] == "appointments.visit_not_found"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"latitude": 30.12},
        {"latitude": 91, "longitude": 0},
        {"latitude": 0, "longitude": -181},
        {"latitude": "here", "longitude": 0},
        {"latitude": None, "longitude": None},
        '{"latitude": NaN, "longitude": 0}',
        '{"latitude": Infinity, "longitude": 0}',
        "not json",
        [],
    ],
)
def test_a_place_that_is_none_is_refused_in_words(world: World, body: Any) -> None:
    booking = make_booking(world)
    answer = check_in(booking.citizen, booking.public_id, body)
    assert answer.status_code in (400, 422)
    assert answer.json()["title"]
    assert not Visit.objects.exists()


def test_far_away_is_too_far(world: World) -> None:
    booking = make_booking(world)
    answer = check_in(booking.citizen, booking.public_id, {"latitude": 0, "longitude": 0})
    assert (answer.status_code, answer.json()["code"]) == (409, "appointments.too_far")


def test_before_check_in_there_is_no_ticket(world: World) -> None:
    booking = make_booking(world)
    answer = get(booking.citizen, f"/bookings/{booking.public_id}/visit")
    assert (answer.status_code, answer.json()["detail"]) == (404, "这个预约还没有签到。")


def test_without_a_token_there_is_only_the_hall(world: World) -> None:
    visit = arrive(world)
    assert Client().get(f"/api/v1/visits/{visit.public_id}").status_code == 401
    assert Client().get("/api/v1/halls/city/queue").status_code == 200


def test_the_ticket_follows_what_happens(world: World) -> None:
    visit = arrive(world)
    called(world)
    actions.recall(world.officer.actor, visit=visit)
    assert visit.citizen
    body = get(visit.citizen, f"/visits/{visit.public_id}").json()
    assert (body["state"], body["counter"], body["calls"], body["ahead"]) == ("called", "1", 2, None)
    actions.serve(world.officer.actor, visit=visit)
    actions.finish(world.officer.actor, visit=visit)
    body = get(visit.citizen, f"/visits/{visit.public_id}").json()
    assert (body["state"], body["counter"]) == ("done", "1")
    assert body["finished_at"]


def test_who_is_late_is_told_so(world: World) -> None:
    booking = make_booking(world)
    with travel("2026-11-02T09:50:00+08:00"):
        assert check_in(booking.citizen, booking.public_id).json()["late"] is True


def test_the_hall_s_queue_is_open_to_all_and_names_nobody(world: World) -> None:
    make_group(world.hall, world.department, prefix="B")
    make_group(world.hall, world.department, prefix="C", active=False)
    with travel("2026-11-02T08:50:00+08:00", tick=False):
        booked = arrive(world)
    with travel("2026-11-02T09:02:00+08:00", tick=False):
        called(world)
        ticket(world)
        answer = Client().get("/api/v1/halls/city/queue")
    body = answer.json()
    assert answer["Cache-Control"] == "public, max-age=2"
    assert (body["hall"], body["name"], body["waiting"]) == ("city", "市民大厅", 1)
    first, second = body["groups"]
    assert (first["prefix"], first["waiting"], first["mean_wait_minutes"], first["open_counters"]) == (
        "A",
        1,
        12,
        1,
    )
    assert (second["waiting"], second["mean_wait_minutes"], second["open_counters"]) == (0, None, 0)
    assert booked.citizen
    assert booked.citizen.public_id not in answer.content.decode()


def test_one_reading_serves_everybody_for_two_seconds(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(5):
        ticket(world)
    add_counter(world)
    with django_assert_num_queries(4):
        Client().get("/api/v1/halls/city/queue")
    with django_assert_num_queries(0):
        assert Client().get("/api/v1/halls/city/queue").json()["waiting"] == 5


@pytest.mark.parametrize("code", ["nothing", "%00", "a" * 300, "城"])
def test_a_hall_that_isnt_there_is_not_found(world: World, code: str) -> None:
    assert Client().get(f"/api/v1/halls/{code}/queue").status_code == 404


def test_a_ticket_costs_the_same_in_any_line(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    visit = arrive(world)
    for _ in range(10):
        arrive(world)
    assert visit.citizen
    headers = bearer(visit.citizen)
    with django_assert_num_queries(6):  # session, ticket, and four for its place
        Client().get(f"/api/v1/visits/{visit.public_id}", headers=headers)


def test_yesterday_s_opening_is_no_open_counter(world: World) -> None:
    serving_counter = world.counter
    assert serving_counter.pk
    with travel("2026-11-03T09:00:00+08:00"):
        body = Client().get("/api/v1/halls/city/queue").json()
    assert body["groups"][0]["open_counters"] == 0


def test_a_done_ticket_has_no_place(world: World) -> None:
    visit = arrive(world)
    actions.finish(world.officer.actor, visit=serving(world))
    assert visit.citizen
    assert get(visit.citizen, f"/visits/{visit.public_id}").json()["estimate_minutes"] is None
