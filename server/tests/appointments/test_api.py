"""The citizen API of appointments over HTTP."""

import json
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import icalendar
import pytest
import time_machine
from appointments.factories import Desk, booked, make_desk, make_elder, make_person
from django.core.cache import cache
from django.test import Client
from identity.factories import bearer

from zhijian.appointments.models import Booking, NoShow, NoShowRule
from zhijian.appointments.rules.states import BookingState
from zhijian.audit.models import AuditEntry
from zhijian.core.clock import now
from zhijian.identity import actions as identity
from zhijian.identity.models import Citizen, Delegation

pytestmark = pytest.mark.django_db
API = "/api/v1"
Send = Callable[..., Any]


@pytest.fixture
def desk() -> Desk:
    return make_desk()


@pytest.fixture
def send(client: Client) -> Send:
    def call(citizen: Citizen, method: str, path: str, body: Any = None, key: str = "") -> Any:
        headers = bearer(citizen) | {"Idempotency-Key": key or secrets.token_hex(8)}
        return client.generic(method, API + path, json.dumps(body or {}), "application/json", headers=headers)

    return call


def hold(send: Send, citizen: Citizen, slot: Any, **body: Any) -> Any:
    return send(citizen, "POST", "/bookings", {"slot": slot.public_id, **body})


def test_where_an_item_can_be_booked(client: Client, desk: Desk) -> None:
    slot = desk.slot()
    (place,) = client.get(f"{API}/booking/items/{desk.item_code}/places").json()
    assert place["group"] == desk.group.public_id
    assert place["hall"]["code"] == "city"
    assert place["next_free"].startswith(f"{slot.date}")


def test_days_and_times_tell_what_is_free(client: Client, desk: Desk) -> None:
    slot = desk.slot(general=2, priority=1)
    later = desk.slot(opens_at=now() + timedelta(hours=1))
    booked(slot)
    address = f"{API}/booking/groups/{desk.group.public_id}"
    (day,) = client.get(f"{address}/days", {"item": desk.item_code}).json()
    assert (day["free"], day["priority_free"], day["opens_at"]) == (1, 1, None)
    times = client.get(f"{address}/times", {"item": desk.item_code, "date": str(slot.date)}).json()
    assert [(row["slot"], row["state"], row["free"]) for row in times] == [
        (slot.public_id, "open", 1),
        (later.public_id, "not_open", 0),
    ]


def test_browsing_is_cheap(client: Client, desk: Desk, django_assert_num_queries: Any) -> None:
    slot = desk.slot(general=8)
    address = f"{API}/booking/groups/{desk.group.public_id}/times"
    cache.clear()
    with django_assert_num_queries(2):
        client.get(address, {"item": desk.item_code, "date": str(slot.date)})
    with django_assert_num_queries(0):
        answer = client.get(address, {"item": desk.item_code, "date": str(slot.date)})
    assert answer["Cache-Control"] == "public, max-age=1"


def test_an_unknown_group(client: Client) -> None:
    answer = client.get(f"{API}/booking/groups/nowhere/days", {"item": "x"})
    assert (answer.status_code, answer.json()["code"]) == (404, "appointments.slot_unknown")


def test_book_and_look(send: Send, desk: Desk) -> None:
    person, slot = make_person(), desk.slot()
    held = hold(send, person, slot, answers={"home": "rent"}).json()
    assert (held["state"], held["may"]) == ("held", ["confirm", "cancel"])
    done = send(person, "POST", f"/bookings/{held['id']}/confirm").json()
    assert (done["state"], done["may"]) == ("confirmed", ["change", "cancel"])
    assert [document["code"] for document in done["documents"]] == ["id_card", "lease"]
    assert done["notes"] == ["合同要在有效期内"]
    assert done["qr_image"].startswith("data:image/png;base64,")
    assert done["person_masked"] == "林**"
    (listed,) = send(person, "GET", "/bookings").json()["items"]
    assert listed["id"] == held["id"]


def test_a_repeated_request_is_the_same_hold(send: Send, desk: Desk) -> None:
    person, slot = make_person(), desk.slot(general=2)
    body = {"slot": slot.public_id}
    first, second = (send(person, "POST", "/bookings", body, key="once-and-again") for _ in range(2))
    assert first.json()["id"] == second.json()["id"]
    assert Booking.objects.count() == 1


def test_the_loser_is_told_why_and_where_else(send: Send, desk: Desk) -> None:
    slot, later = desk.slot(), desk.slot()
    booked(slot)
    answer = hold(send, make_person(), slot)
    assert (answer.status_code, answer.json()["code"]) == (409, "appointments.slot_full")
    assert answer.json()["others"][0]["slot"] == later.public_id
    assert answer.json()["waitlist"] is True


@pytest.mark.parametrize("path", ["", "/calendar"])
def test_another_persons_booking_is_not_found_and_noted(send: Send, desk: Desk, path: str) -> None:
    booking = booked(desk.slot())
    answer = send(make_person(), "GET", f"/bookings/{booking.public_id}{path}")
    assert (answer.status_code, answer.json()["code"]) == (404, "appointments.booking_not_found")
    assert AuditEntry.objects.filter(action="booking.foreign", outcome="refused").count() == 1


@pytest.mark.parametrize("act", ["confirm", "cancel", "change"])
def test_a_foreign_hold_stays_what_it_is(send: Send, desk: Desk, act: str) -> None:
    slot = desk.slot()
    booking = hold(send, make_person(), slot).json()
    body = {"slot": slot.public_id} if act == "change" else {}
    assert send(make_person(), "POST", f"/bookings/{booking['id']}/{act}", body).status_code == 404
    assert Booking.objects.get().state == BookingState.HELD


def test_an_expired_hold(send: Send, desk: Desk) -> None:
    person = make_person()
    held = hold(send, person, desk.slot()).json()
    with time_machine.travel(now() + timedelta(minutes=6)):
        answer = send(person, "POST", f"/bookings/{held['id']}/confirm")
        assert (answer.status_code, answer.json()["code"]) == (409, "appointments.hold_expired")
        assert send(person, "GET", f"/bookings/{held['id']}").json()["state"] == "expired"
        assert send(person, "GET", "/bookings").json()["items"] == []


def test_priority_without_entitlement(send: Send, desk: Desk) -> None:
    slot = desk.slot(general=0, priority=1)
    answer = hold(send, make_person(), slot, priority=True)
    assert (answer.status_code, answer.json()["code"]) == (403, "appointments.not_entitled")
    assert hold(send, make_elder(), slot, priority=True).json()["priority"] is True


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ({"slot": "x" * 27}, 422),
        ({"slot": "nowhere"}, 404),
        ({"slot": 7}, 422),
        ({"slot": "nowhere", "pool": "walk_in"}, 422),
        ({"slot": "nowhere", "delegation": "nobody"}, 404),
    ],
)
def test_bad_requests(send: Send, desk: Desk, body: dict[str, Any], status: int) -> None:
    answer = send(make_person(), "POST", "/bookings", body)
    assert answer.status_code == status
    assert "title" in answer.json()


def test_an_answer_the_item_does_not_have(send: Send, desk: Desk) -> None:
    answer = hold(send, make_person(), desk.slot(), answers={"home": "castle"})
    assert answer.status_code == 422
    assert Booking.objects.count() == 0


def test_booking_needs_a_real_name(send: Send, desk: Desk) -> None:
    from identity.factories import CitizenFactory

    assert hold(send, CitizenFactory(), desk.slot()).status_code == 403


def test_a_calendar_file(send: Send, desk: Desk) -> None:
    booking = booked(desk.slot())
    answer = send(booking.citizen, "GET", f"/bookings/{booking.public_id}/calendar")
    (event,) = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert event.decoded("dtstart") == booking.slot.starts_at
    assert booking.citizen.name not in answer.content.decode()


def test_move_and_cancel(send: Send, desk: Desk) -> None:
    booking, other = booked(desk.slot()), desk.slot()
    path = f"/bookings/{booking.public_id}"
    moved = send(booking.citizen, "POST", f"{path}/change", {"slot": other.public_id}).json()
    assert datetime.fromisoformat(moved["starts_at"]) == other.starts_at
    assert moved["changes_left"] == 2
    gone = send(booking.citizen, "POST", f"{path}/cancel", {"reason": "有事"}).json()
    assert (gone["state"], gone["may"]) == ("cancelled", [])
    assert send(booking.citizen, "GET", "/bookings?state=past").json()["items"][0]["id"] == booking.public_id


def test_the_line(send: Send, desk: Desk) -> None:
    slot, person = desk.slot(), make_person()
    booking = booked(slot)
    body = {"group": desk.group.public_id, "item_code": desk.item_code, "date": str(slot.date)}
    entry = send(person, "POST", "/waitlist", body).json()
    assert (entry["state"], entry["ahead"]) == ("waiting", 0)
    send(booking.citizen, "POST", f"/bookings/{booking.public_id}/cancel")
    (offered,) = send(person, "GET", "/waitlist").json()
    assert offered["state"] == "offered"
    done = send(person, "POST", f"/bookings/{offered['booking']}/confirm").json()
    assert done["state"] == "confirmed"
    assert send(make_person(), "DELETE", f"/waitlist/{entry['id']}").status_code == 404


def test_standing_and_appeal(send: Send, desk: Desk) -> None:
    NoShowRule.objects.create(misses=1, within_days=90, blocked_days=30)
    booking = booked(desk.slot())
    miss = NoShow.objects.create(booking=booking, citizen=booking.citizen, at=now())
    found = send(booking.citizen, "GET", "/booking/standing").json()
    assert found["counted"] == 1
    assert found["blocked_until"]
    assert "90天内有1次约了没到" in found["rule"]
    path = f"/no-shows/{miss.public_id}/appeal"
    assert send(booking.citizen, "POST", path, {"reason": "忘"}).status_code == 422
    after = send(booking.citizen, "POST", path, {"reason": "当天住院，有证明"}).json()
    assert after["misses"][0]["appeal"] == "asked"
    again = send(booking.citizen, "POST", path, {"reason": "再说一次"})
    assert again.json()["code"] == "appointments.appealed_already"
    assert send(make_person(), "POST", path, {"reason": "别人的记录"}).status_code == 404


def test_booking_for_a_mother_who_agreed(send: Send, desk: Desk) -> None:
    daughter, mother, slot = make_person(), make_person(), desk.slot()
    send(daughter, "POST", "/delegations", {"phone": mother.phone, "relation": "母亲"})
    (asked,) = send(mother, "GET", "/delegations").json()
    body = {"slot": slot.public_id, "delegation": asked["id"]}
    assert send(daughter, "POST", "/bookings", body).status_code == 404  # not agreed yet
    assert send(daughter, "POST", f"/delegations/{asked['id']}/agree").status_code == 404
    assert send(mother, "POST", f"/delegations/{asked['id']}/agree").json()["agreed"] is True
    held = send(daughter, "POST", "/bookings", body).json()
    assert (held["mine"], Booking.objects.get().citizen) == (False, mother)
    assert send(mother, "GET", f"/bookings/{held['id']}").json()["mine"] is True
    send(mother, "DELETE", f"/delegations/{asked['id']}")
    assert send(daughter, "POST", "/bookings", body).status_code == 404


def test_asking_tells_nothing_of_who_is_registered(send: Send) -> None:
    person = make_person()
    known = send(person, "POST", "/delegations", {"phone": make_person().phone, "relation": "父亲"})
    unknown = send(person, "POST", "/delegations", {"phone": "19900009999", "relation": "父亲"})
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content) == (202, b"")
    (mine,) = send(person, "GET", "/delegations").json()
    assert mine["name_masked"] == ""


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"phone": "123", "relation": "母亲"}, "identity.phone_wrong"),
        ({"phone": "19900009998", "relation": ""}, "identity.relation_wrong"),
    ],
)
def test_bad_delegations(send: Send, body: dict[str, str], code: str) -> None:
    assert send(make_person(), "POST", "/delegations", body).json()["code"] == code


def test_nobody_acts_for_themselves(send: Send) -> None:
    person = make_person()
    answer = send(person, "POST", "/delegations", {"phone": person.phone, "relation": "我"})
    assert answer.json()["code"] == "identity.own_delegation"


def test_a_request_lapses_after_a_week() -> None:
    agent, principal = make_person(), make_person()
    identity.ask_delegation(agent.actor, agent=agent, phone=principal.phone, relation="父亲")
    delegation = Delegation.objects.get()
    with time_machine.travel(now() + timedelta(days=8)):
        from zhijian.identity.errors import DelegationOver

        with pytest.raises(DelegationOver):
            identity.agree_delegation(principal.actor, delegation=delegation)
