"""Rushes over the ordinary addresses: what is public, what is one's own, bad input."""

from datetime import timedelta
from typing import Any

import pytest
from appointments.rush_factories import enter, make_person, make_place, make_rush, make_slot
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings as SettingsFixture

from zhijian.appointments.actions import rush as actions
from zhijian.appointments.models import Booking, Rush, Slot
from zhijian.appointments.rules.draw import digest
from zhijian.core.actor import SYSTEM
from zhijian.core.clock import now

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> dict[str, Any]:
    place = make_place()
    slots = [make_slot(place, number=number, seats=2) for number in range(2)]
    citizen, token = make_person()
    rush = make_rush(place, *slots)
    return {"rush": rush, "slots": slots, "citizen": citizen, "headers": {"Authorization": f"Bearer {token}"}}


def _post(client: Client, path: str, body: Any, scene: dict[str, Any] | None = None) -> Any:
    headers = scene["headers"] if scene else {}
    return client.post(f"/api/v1{path}", body, content_type="application/json", headers=headers)


def test_rushes_are_public_and_say_where_the_lane_is(
    client: Client,
    scene: dict[str, Any],
    settings: SettingsFixture,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    settings.RUSH_URL = "/rush/v1"
    draw = make_rush(make_place(), mode="draw")
    with django_assert_num_queries(1):
        found = {rush["id"]: rush for rush in client.get("/api/v1/rushes").json()}
    assert found[scene["rush"].public_id]["lane"] == "/rush/v1"
    assert found[draw.public_id]["lane"] is None
    settings.RUSH_URL = ""
    with django_assert_num_queries(2):
        one = client.get(f"/api/v1/rushes/{scene['rush'].public_id}").json()
    assert one["lane"] is None
    assert [(slot["places"], slot["free"]) for slot in one["slots"]] == [(2, 2), (2, 2)]
    assert one["per_second"] == 10
    assert "seed" not in one


def test_join_place_and_book(client: Client, scene: dict[str, Any]) -> None:
    path = f"/rushes/{scene['rush'].public_id}"
    assert _post(client, "/rush/bookings", {"slot": scene["slots"][0].public_id, "key": "key-00001"}, scene).json()["code"] == "appointments.rush_only"  # fmt: skip
    joined = _post(client, f"{path}/join", {}, scene)
    assert (joined.status_code, joined.json()["position"], joined.json()["phase"]) == (201, 1, "your_turn")
    place = client.get(f"/api/v1{path}/place", headers=scene["headers"]).json()
    assert {**place, "now": ""} == {**joined.json(), "now": ""}
    answers = [
        _post(client, "/rush/bookings", {"slot": scene["slots"][0].public_id, "key": "key-00001"}, scene)
        for _ in "12"
    ]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert answers[0].json()["id"] == Booking.objects.get().public_id
    other = _post(client, "/rush/bookings", {"slot": scene["slots"][1].public_id, "key": "key-00001"}, scene)
    assert (other.status_code, other.json()["code"]) == (422, "core.idempotency_key_reused")


def test_who_may_ask(client: Client, scene: dict[str, Any]) -> None:
    path = f"/rushes/{scene['rush'].public_id}"
    body = {"slot": scene["slots"][0].public_id, "key": "key-00001"}
    assert _post(client, f"{path}/join", {}).status_code == 401
    assert client.get(f"/api/v1{path}/place").status_code == 401
    assert _post(client, "/rush/bookings", body).status_code == 401
    _, token = make_person(real_named=False)
    nameless = {"headers": {"Authorization": f"Bearer {token}"}}
    assert _post(client, f"{path}/join", {}, nameless).json()["code"] == "identity.real_name_needed"
    assert _post(client, "/rush/bookings", body, nameless).json()["code"] == "identity.real_name_needed"
    assert (
        client.get(f"/api/v1{path}/place", headers=scene["headers"]).json()["code"]
        == "appointments.not_joined"
    )


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ({"slot": "x", "key": "short"}, 422),
        ({"slot": "'; --", "key": "key-00001"}, 422),
        ({"slot": "nothing", "key": "key\u0000\u0000\u0000\u0000\u0000"}, 422),
        ({"slot": "nothing", "key": "key-00001"}, 404),
        ({"slot": ["x"], "key": "key-00001"}, 422),
    ],
)
def test_bad_bookings(client: Client, scene: dict[str, Any], body: Any, status: int) -> None:
    answer = _post(client, "/rush/bookings", body, scene)
    assert answer.status_code == status
    assert not Booking.objects.exists()


@pytest.mark.parametrize("path", ["/rushes/nothing", "/rushes/nothing/draw"])
def test_unknown_rushes(client: Client, path: str) -> None:
    assert client.get(f"/api/v1{path}").json()["code"] == "appointments.rush_unknown"


def test_a_draw_from_wish_to_proof(client: Client, scene: dict[str, Any]) -> None:
    Rush.objects.update(mode="draw", seed="s33d", seed_digest=digest("s33d"))
    rush = Rush.objects.get()
    path, wishes = f"/rushes/{rush.public_id}", [scene["slots"][1].public_id]
    assert (
        _post(client, f"{path}/join", {"wishes": ["nowhere"]}, scene).json()["code"]
        == "appointments.wishes_wrong"
    )
    assert _post(client, f"{path}/join", {"wishes": ["x"] * 6}, scene).status_code == 422
    entered = _post(client, f"{path}/join", {"wishes": wishes}, scene).json()
    assert (entered["wishes"], entered["rank"], entered["outcome"], entered["booking"]) == (
        wishes,
        None,
        None,
        None,
    )
    sealed = client.get(f"/api/v1{path}/draw").json()
    assert (sealed["seed"], sealed["seed_digest"], sealed["lots"]) == (None, digest("s33d"), [])

    loser, _ = make_person()
    full = make_slot(make_place(), seats=0)
    enter(Rush.objects.get(), loser, wishes=[full.public_id])
    moment = now() - timedelta(minutes=1)
    Rush.objects.update(
        opens_at=moment - timedelta(minutes=9), joins_from=moment - timedelta(hours=1), closes_at=moment
    )
    actions.settle(SYSTEM, rush=Rush.objects.get())

    mine = client.get(f"/api/v1{path}/place", headers=scene["headers"]).json()
    assert (mine["outcome"], mine["booking"]) == ("won", Booking.objects.get().public_id)
    shown = client.get(f"/api/v1{path}/draw").json()
    assert digest(shown["seed"]) == shown["seed_digest"]
    lots = shown["lots"]
    assert [lot["digest"] for lot in lots] == sorted(digest(shown["seed"] + lot["entry"]) for lot in lots)
    assert [lot["rank"] for lot in lots] == [1, 2]
    assert {lot["entry"]: lot["won"] for lot in lots}[entered["entry"]]
    assert scene["citizen"].public_id not in str(shown)


def test_slots_of_a_settled_draw_are_open_to_everybody(client: Client, scene: dict[str, Any]) -> None:
    Rush.objects.update(mode="draw", drawn_at=now())
    body = {"slot": Slot.objects.order_by("id")[0].public_id, "key": "key-00001"}
    assert _post(client, "/rush/bookings", body, scene).status_code == 201
