"""Bearer tokens: forged, ended, expired, foreign; and the list of one's devices."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from identity.factories import CitizenFactory, bearer
from pytest_django.fixtures import Settings
from time_machine import TimeMachineFixture

from zhijian.audit.models import AuditEntry
from zhijian.core.clock import now
from zhijian.identity import actions, queries
from zhijian.identity.models import Session

pytestmark = pytest.mark.django_db

OWN_ADDRESSES = [
    ("get", "/api/v1/me"),
    ("patch", "/api/v1/me"),
    ("post", "/api/v1/me/real-name"),
    ("get", "/api/v1/me/access-log"),
    ("get", "/api/v1/sessions"),
    ("delete", "/api/v1/sessions/current"),
    ("delete", "/api/v1/sessions/others"),
    ("delete", "/api/v1/sessions/abc"),
]


def call(client: Client, method: str, address: str, headers: dict[str, Any]) -> Any:
    return (
        getattr(client, method)(address, content_type="application/json", data="{}", headers=headers)
        if (method != "get")
        else client.get(address, headers=headers)
    )


@pytest.mark.parametrize(("method", "address"), OWN_ADDRESSES)
@pytest.mark.parametrize(
    ("header", "code"),
    [
        (None, "core.unauthorized"),
        ("Basic abc", "core.unauthorized"),
        ("Bearer", "identity.session_ended"),
        ("Bearer forged", "identity.session_ended"),
        ("Bearer " + "x" * 5000, "identity.session_ended"),
        ("Bearer 令牌", "identity.session_ended"),
    ],
)
def test_without_a_real_token_nothing_opens(
    client: Client, method: str, address: str, header: str | None, code: str
) -> None:
    answer = call(client, method, address, {"Authorization": header} if header else {})
    assert (answer.status_code, answer.json()["code"]) == (401, code)
    assert "登录" in answer.json()["title"]


def test_an_ended_token_opens_nothing(client: Client) -> None:
    own = bearer(CitizenFactory())
    assert client.delete("/api/v1/sessions/current", headers=own).status_code == 204
    answer = client.get("/api/v1/me", headers=own)
    assert (answer.status_code, answer.json()["code"]) == (401, "identity.session_ended")


def test_a_token_expires(client: Client, time_machine: TimeMachineFixture, settings: Settings) -> None:
    own = bearer(CitizenFactory())
    time_machine.move_to(now() + timedelta(days=settings.CITIZEN_SESSION_DAYS) - timedelta(minutes=1))
    assert client.get("/api/v1/me", headers=own).status_code == 200
    time_machine.move_to(now() + timedelta(minutes=1))
    answer = client.get("/api/v1/me", headers=own)
    assert (answer.status_code, answer.json()["code"]) == (401, "identity.session_expired")


def test_the_hash_in_the_database_is_no_token(client: Client) -> None:
    bearer(CitizenFactory())
    stolen = Session.objects.get().token_hash
    assert client.get("/api/v1/me", headers={"Authorization": f"Bearer {stolen}"}).status_code == 401


def test_one_sees_ones_own_devices(client: Client, time_machine: TimeMachineFixture) -> None:
    citizen = CitizenFactory()
    bearer(citizen, device="旧手机")
    time_machine.move_to(now() + timedelta(minutes=1))
    own = bearer(citizen, device="新手机")
    bearer(CitizenFactory(), device="别人的手机")
    rows = client.get("/api/v1/sessions", headers=own).json()
    assert [(row["device"], row["current"]) for row in rows] == [("新手机", True), ("旧手机", False)]
    assert set(rows[0]) == {"id", "device", "created_at", "last_seen_at", "current"}


def test_one_ends_another_device_of_ones_own(client: Client) -> None:
    citizen = CitizenFactory()
    lost, own = bearer(citizen, device="丢了的手机"), bearer(citizen)
    session = citizen.sessions.get(device="丢了的手机")
    assert client.delete(f"/api/v1/sessions/{session.public_id}", headers=own).status_code == 204
    assert client.get("/api/v1/me", headers=lost).status_code == 401
    assert client.get("/api/v1/me", headers=own).status_code == 200
    again = client.delete(f"/api/v1/sessions/{session.public_id}", headers=own)
    assert (again.status_code, again.json()["code"]) == (404, "identity.session_not_found")


def test_another_persons_session_cannot_be_ended_and_the_attempt_is_audited(client: Client) -> None:
    victim, stranger = CitizenFactory(), CitizenFactory()
    theirs, own = bearer(victim), bearer(stranger)
    session = victim.sessions.get()
    answer = client.delete(f"/api/v1/sessions/{session.public_id}", headers=own)
    assert (answer.status_code, answer.json()["code"]) == (404, "identity.session_not_found")
    assert client.get("/api/v1/me", headers=theirs).status_code == 200
    entry = AuditEntry.objects.get(outcome="refused")
    assert (entry.actor_key, entry.subject) == (stranger.public_id, f"session:{session.public_id}")


def test_ending_all_others_keeps_this_one(client: Client) -> None:
    citizen = CitizenFactory()
    others = [bearer(citizen) for _ in range(3)]
    foreign, own = bearer(CitizenFactory()), bearer(citizen)
    assert client.delete("/api/v1/sessions/others", headers=own).status_code == 204
    assert [client.get("/api/v1/me", headers=one).status_code for one in others] == [401] * 3
    assert client.get("/api/v1/me", headers=own).status_code == 200
    assert client.get("/api/v1/me", headers=foreign).status_code == 200


def test_use_is_noted_at_most_each_five_minutes(
    client: Client,
    time_machine: TimeMachineFixture,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: Callable[..., Any],
) -> None:
    monkeypatch.setattr(queries, "_saved_materials", [])
    start = now()
    time_machine.move_to(start, tick=False)
    own = bearer(CitizenFactory())
    time_machine.move_to(start + timedelta(minutes=4, seconds=59), tick=False)
    with django_assert_num_queries(1):
        client.get("/api/v1/me", headers=own)
    time_machine.move_to(start + timedelta(minutes=5), tick=False)
    with django_assert_num_queries(2):
        client.get("/api/v1/me", headers=own)
    assert Session.objects.get().last_seen_at == now()


def test_the_list_costs_the_same_for_any_length(
    client: Client, django_assert_num_queries: Callable[..., Any]
) -> None:
    citizen = CitizenFactory()
    for count in (2, 6):
        headers = [bearer(citizen) for _ in range(count)]
        with django_assert_num_queries(2):
            client.get("/api/v1/sessions", headers=headers[0])


def test_old_codes_and_sessions_are_forgotten(time_machine: TimeMachineFixture, settings: Settings) -> None:
    citizen = CitizenFactory()
    bearer(citizen)
    time_machine.move_to(now() + timedelta(days=settings.CITIZEN_SESSION_DAYS + 189))
    actions.forget_old()
    assert citizen.sessions.count() == 1
    time_machine.move_to(now() + timedelta(days=2))
    actions.forget_old()
    assert citizen.sessions.count() == 0
