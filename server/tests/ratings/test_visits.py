"""A visit to a hall is rated by whoever came, once, when they were served."""

import json
from typing import Any

import pytest
from appointments.day_factories import make_world, serving
from django.test import Client
from identity.factories import CitizenFactory, bearer

from zhijian.appointments.actions import day as actions
from zhijian.appointments.models import Visit
from zhijian.identity.models import Citizen
from zhijian.ratings.models import Rating

pytestmark = pytest.mark.django_db
BODY = {"stars": 5, "tags": ["510"], "dimensions": {"attitude": 5, "level": 5}, "comment": ""}


def served() -> Visit:
    world = make_world()
    visit = serving(world)
    visit.citizen = CitizenFactory(real_named=True)
    visit.save()
    assert visit.counter
    assert visit.counter.staff
    return actions.finish(visit.counter.staff.actor, visit=visit)


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
    visit = serving(make_world())
    visit.citizen = CitizenFactory()
    visit.save()
    answer = post(visit.citizen, visit, BODY)
    assert (answer.status_code, answer.json()["code"]) == (409, "ratings.not_done_yet")
