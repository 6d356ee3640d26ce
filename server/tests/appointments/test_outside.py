"""Times of an outside system on the same screens: a hospital's registration, with its faults."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from appointments.factories import Desk, booked, held, make_desk, make_person
from django.test import Client
from identity.factories import bearer
from support.sandbox import Sandbox

from zhijian.appointments import actions, errors
from zhijian.appointments.actions import outside
from zhijian.appointments.adapters import registry
from zhijian.appointments.models import Booking, Claim, Slot
from zhijian.appointments.queries import availability
from zhijian.appointments.rules.states import BookingState
from zhijian.core.clock import now
from zhijian.core.ids import new_id
from zhijian.identity.models import Citizen

pytestmark = pytest.mark.django_db
PLACES = 3  # what the sandbox's hospital offers an hour


@pytest.fixture
def hospital(sandbox: Sandbox) -> Iterator[Desk]:
    registry.adapter.cache_clear()
    desk = make_desk()
    desk.group.source = "registration"
    desk.group.code = new_id(12)  # the sandbox lives longer than a test
    desk.group.save()
    actions.refresh(desk.group)
    yield desk
    registry.source("registration").gateway.outbound.close()  # type: ignore[attr-defined]
    registry.adapter.cache_clear()


def first(desk: Desk) -> Slot:
    return actions.slot_of(Slot.objects.filter(group=desk.group).earliest("starts_at").public_id)


def free(desk: Desk) -> int:
    slot = first(desk)
    return availability.times(desk.group, desk.item_code, slot.date)[0].free


def test_outside_times_are_browsed_like_our_own(hospital: Desk) -> None:
    days = availability.days(
        hospital.group, hospital.item_code, first=now().date(), last=now().date() + timedelta(days=9)
    )
    assert len(days) == 7
    assert free(hospital) == PLACES


def test_refreshing_again_changes_nothing(hospital: Desk) -> None:
    before = set(Slot.objects.values_list("public_id", flat=True))
    actions.refresh(hospital.group)
    assert set(Slot.objects.values_list("public_id", flat=True)) == before


def test_a_place_is_held_and_confirmed_there(hospital: Desk) -> None:
    booking = booked(first(hospital))
    assert booking.state == BookingState.CONFIRMED
    assert booking.outside_ref
    actions.refresh(hospital.group)
    assert free(hospital) == PLACES - 1


def test_the_other_system_says_when_it_is_full(hospital: Desk) -> None:
    for _ in range(PLACES):
        booked(first(hospital))
    with pytest.raises(errors.SlotFull):
        held(first(hospital))
    assert Booking.objects.count() == PLACES


def test_cancelling_gives_the_place_back_there(hospital: Desk, run_tasks: Callable[[], int]) -> None:
    booking = booked(first(hospital))
    actions.cancel(booking.citizen.actor, booking=booking)
    run_tasks()
    actions.refresh(hospital.group)
    assert free(hospital) == PLACES


def test_whoever_has_a_booking_leaves_no_order_behind(hospital: Desk, run_tasks: Callable[[], int]) -> None:
    person = make_person()
    booked(first(hospital), person)
    with pytest.raises(errors.AlreadyBooked) as refused:
        held(first(hospital), person)
    refused.value.tell()
    run_tasks()
    actions.refresh(hospital.group)
    assert free(hospital) == PLACES - 1


@pytest.mark.parametrize("fault", ["timeout", "reject", "500"])
def test_nothing_is_taken_while_the_other_system_is_away(
    hospital: Desk, sandbox: Sandbox, fault: str
) -> None:
    slot = first(hospital)
    sandbox.fault(registration=fault)
    with pytest.raises(errors.SourceAway):
        held(slot)
    assert (Booking.objects.count(), Claim.objects.count()) == (0, 0)
    with pytest.raises(errors.SourceAway):
        actions.refresh(hospital.group)
    assert Slot.objects.filter(closed=False).exists()


def _post(client: Client, person: Citizen, path: str, body: dict[str, str], key: str) -> Any:
    headers = bearer(person) | {"Idempotency-Key": key}
    return client.post(f"/api/v1{path}", body, "application/json", headers=headers)


def test_the_other_system_is_asked_before_anything_is_locked(
    hospital: Desk, client: Client, run_tasks: Callable[[], int]
) -> None:
    """Calls within a transaction are refused in tests: so neither of the two ways waits with rows locked."""
    person, slot = make_person(), first(hospital)
    answers = [_post(client, person, "/bookings", {"slot": slot.public_id}, "key-00001") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json()["id"] == answers[1].json()["id"]
    booking = answers[0].json()["id"]
    assert _post(client, person, f"/bookings/{booking}/confirm", {}, "key-00002").status_code == 200
    run_tasks()
    actions.refresh(hospital.group)
    assert free(hospital) == PLACES - 1


def test_an_order_for_whom_we_refuse_is_given_back(
    hospital: Desk, client: Client, run_tasks: Callable[[], int]
) -> None:
    person, slot = make_person(), first(hospital)
    refused = _post(
        client, person, "/bookings", {"slot": slot.public_id, "answers": {"gone": "yes"}}, "key-00001"
    )
    assert refused.status_code == 422
    run_tasks()
    actions.refresh(hospital.group)
    assert free(hospital) == PLACES


def test_a_place_that_is_full_there_is_shown_as_full_here(hospital: Desk, client: Client) -> None:
    slot, gateway = first(hospital), registry.source("registration")
    for number in range(PLACES):
        gateway.hold(
            slot.outside_ref, name="外人", id_number="990101198001010011", reference=f"other-{number}"
        )
    answer = _post(client, make_person(), "/bookings", {"slot": slot.public_id}, "key-00001")
    assert answer.json()["code"] == "appointments.slot_full"
    assert free(hospital) == 0


def test_a_confirmation_for_a_hold_that_ended_meanwhile_is_given_back(
    hospital: Desk, run_tasks: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    booking = held(first(hospital))
    confirm = outside.confirm

    def slow(asked: Booking) -> None:
        confirm(asked)
        Booking.objects.filter(pk=booking.pk).update(state=BookingState.EXPIRED)

    monkeypatch.setattr(outside, "confirm", slow)
    with pytest.raises(errors.HoldExpired):
        actions.confirm(booking.citizen.actor, booking=booking)
    run_tasks()
    actions.refresh(hospital.group)
    assert free(hospital) == PLACES


def test_a_hold_survives_an_outage_at_confirmation(hospital: Desk, sandbox: Sandbox) -> None:
    booking = held(first(hospital))
    sandbox.fault(registration="500")
    with pytest.raises(errors.SourceAway):
        actions.confirm(booking.citizen.actor, booking=booking)
    sandbox.fault(registration="ok")
    assert actions.confirm(booking.citizen.actor, booking=booking).state == BookingState.CONFIRMED


def test_an_outside_booking_is_not_moved(hospital: Desk) -> None:
    booking = booked(first(hospital))
    other = actions.slot_of(Slot.objects.filter(group=hospital.group).latest("starts_at").public_id)
    with pytest.raises(errors.NotNow):
        actions.change(booking.citizen.actor, booking=booking, slot=other)
