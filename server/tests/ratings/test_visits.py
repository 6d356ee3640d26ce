"""A visit to a hall is rated by whoever came, once, when they were served."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from appointments.day_factories import arrive, make_world, serving
from django.test import Client
from identity.factories import CitizenFactory, bearer

from zhijian.appointments.actions import day as actions
from zhijian.appointments.models import Visit
from zhijian.identity.models import Citizen
from zhijian.ratings.models import Rating

pytestmark = pytest.mark.django_db
BODY = {"stars": 5, "tags": ["510"], "dimensions": {"attitude": 5, "level": 5}, "comment": ""}


@pytest.fixture(autouse=True)
def _monday_at_nine() -> Iterator[None]:
    with time_machine.travel("2026-11-02T09:00:00+08:00"):
        yield


def served() -> Visit:
    world = make_world()
    arrive(world)
    return actions.finish(world.officer.actor, visit=serving(world))


def post(citizen: Citizen, visit: Visit, body: dict[str, Any], *, key: str = "key-0000001") -> Any:
    return Client().post(
        f"/api/v1/visits/{visit.public_id}/rating",
        json.dumps(body),
        content_type="application/json",
        headers=bearer(citizen) | {"Idempotency-Key": key},
    )


def test_rated_once_with_the_offline_dimensions() -> None:
    visit = served()
    assert visit.citizen
    assert post(visit.citizen, visit, BODY).status_code == 201
    again = post(visit.citizen, visit, BODY, key="key-0000002")
    assert (again.status_code, again.json()["code"]) == (409, "ratings.already_rated")
    rating = Rating.objects.get()
    assert (rating.kind, rating.hall, rating.department) == (
        "visit",
        visit.group.hall,
        visit.group.department,
    )


def test_the_rating_is_read_by_whom_gave_it() -> None:
    visit = served()
    assert visit.citizen
    address = f"/api/v1/visits/{visit.public_id}/rating"
    assert Client().get(address, headers=bearer(visit.citizen)).status_code == 404
    post(visit.citizen, visit, BODY)
    assert Client().get(address, headers=bearer(visit.citizen)).json()["stars"] == 5
    assert Client().get(address, headers=bearer(CitizenFactory())).status_code == 404


def test_the_booking_asks_for_it_once_and_asks_the_person_who_came() -> None:
    visit = served()
    booking = visit.booking
    assert booking
    assert visit.citizen
    booking.booked_by = CitizenFactory()
    booking.save(update_fields=["booked_by"])

    def may(viewer: Citizen) -> list[list[str]]:
        whole = Client().get(f"/api/v1/bookings/{booking.public_id}", headers=bearer(viewer)).json()
        (row,) = Client().get("/api/v1/bookings?state=past", headers=bearer(viewer)).json()["items"]
        return [whole["may"], row["may"]]

    assert may(visit.citizen) == [["rate"], ["rate"]]
    assert may(booking.booked_by) == [[], []]
    post(visit.citizen, visit, BODY)
    assert may(visit.citizen) == [[], []]


def test_online_dimensions_do_not_fit() -> None:
    visit = served()
    assert visit.citizen
    answer = post(visit.citizen, visit, BODY | {"dimensions": {"platform": 5}})
    assert (answer.status_code, answer.json()["code"]) == (422, "ratings.wrong")


def test_another_persons_visit() -> None:
    answer = post(CitizenFactory(), served(), BODY)
    assert answer.status_code == 404
    assert not Rating.objects.exists()


def test_before_it_is_over() -> None:
    world = make_world()
    arrive(world)
    visit = serving(world)
    assert visit.citizen
    answer = post(visit.citizen, visit, BODY)
    assert (answer.status_code, answer.json()["code"]) == (409, "ratings.not_done_yet")
