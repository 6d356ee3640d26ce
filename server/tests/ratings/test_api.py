"""Ratings over HTTP."""

import json
from typing import Any

import pytest
from cases.factories import World, concluded_case, make_world
from django.test import Client
from identity.factories import CitizenFactory, bearer

from zhijian.cases.models import Case
from zhijian.identity.models import Citizen
from zhijian.ratings.models import Rating

pytestmark = pytest.mark.django_db
BODY = {"stars": 4, "tags": ["411"], "dimensions": {"overall": 4}, "comment": "办得快"}


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def case(world: World) -> Case:
    return concluded_case(world)


def post(citizen: Citizen, case: Case, body: dict[str, Any], *, key: str = "key-0000001") -> Any:
    return Client().post(
        f"/api/v1/cases/{case.public_id}/rating",
        json.dumps(body),
        content_type="application/json",
        headers=bearer(citizen) | {"Idempotency-Key": key},
    )


def test_options_name_everything_in_both_languages(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        answer = Client().get("/api/v1/rating-options").json()
    assert [star["stars"] for star in answer["stars"]] == [1, 2, 3, 4, 5]
    assert answer["stars"][4]["tags"][3] == {
        "code": "513",
        "label": "全程网上办理",
        "label_en": "Fully online",
    }
    assert [dimension["code"] for dimension in answer["dimensions"]] == [
        "overall",
        "efficiency",
        "accuracy",
        "convenience",
        "platform",
    ]


def test_rate_and_send_again(world: World, case: Case) -> None:
    first, again = post(world.citizen, case, BODY), post(world.citizen, case, BODY)
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    assert (first.json()["stars"], first.json()["comment"]) == (4, "办得快")
    other = post(world.citizen, case, BODY, key="key-0000002")
    assert (other.status_code, other.json()["code"]) == (409, "ratings.already_rated")
    assert Rating.objects.count() == 1


def test_anothers_case_does_not_exist(case: Case) -> None:
    answer = post(CitizenFactory.create(real_named=True), case, BODY)
    assert (answer.status_code, answer.json()["code"]) == (404, "cases.not_found")
    assert not Rating.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"stars": 0},
        {"stars": "many"},
        {"tags": ["513"]},
        {"tags": ["x"] * 50},
        {"dimensions": {"overall": 9}},
        {"comment": "长" * 9999},
    ],
)
def test_wrong_ratings_are_refused_in_chinese(world: World, case: Case, changes: dict[str, Any]) -> None:
    answer = post(world.citizen, case, BODY | changes)
    assert answer.status_code == 422
    assert all(fault["message"][0] > "\u4e00" for fault in answer.json()["fields"])
    assert not Rating.objects.exists()


def test_without_log_in(case: Case) -> None:
    answer = Client().post(f"/api/v1/cases/{case.public_id}/rating", "{}", content_type="application/json")
    assert answer.status_code == 401
