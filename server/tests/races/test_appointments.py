"""Races for seats, with real threads and connections."""

from datetime import timedelta

import pytest
import time_machine
from appointments.factories import booked, held, live, make_desk, make_person
from support.threads import at_once

from zhijian.appointments import actions, errors
from zhijian.appointments.models import Booking, Seat, WaitEntry
from zhijian.appointments.rules.states import BookingState
from zhijian.core.clock import now

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("calendar_seeded")]


def test_two_people_one_seat_sixty_times() -> None:
    """Exactly one winner each time; the loser is told why."""
    desk = make_desk()
    for _ in range(60):
        slot, pair = actions.slot_of(desk.slot(minutes=5).public_id), [make_person(), make_person()]
        results = at_once([lambda p=person, s=slot: booked(s, p) for person in pair])  # type: ignore[misc]
        won = [result for result in results if isinstance(result, Booking)]
        lost = [result for result in results if isinstance(result, errors.SlotFull)]
        assert (len(won), len(lost), live(slot)) == (1, 1, 1)


def test_sixteen_people_for_five_seats() -> None:
    desk = make_desk()
    slot = actions.slot_of(desk.slot(general=5).public_id)
    people = [make_person() for _ in range(16)]
    results = at_once([lambda p=person: booked(slot, p) for person in people])  # type: ignore[misc]
    assert sum(isinstance(result, Booking) for result in results) == 5
    assert sum(isinstance(result, errors.SlotFull) for result in results) == 11


def test_one_person_on_eight_devices_has_one_booking() -> None:
    desk, person = make_desk(), make_person()
    slots = [actions.slot_of(desk.slot().public_id) for _ in range(8)]
    results = at_once([lambda s=slot: booked(s, person) for slot in slots])  # type: ignore[misc]
    assert Seat.objects.filter(until__gt=now()).count() == 1
    assert all(isinstance(result, Booking | errors.AlreadyBooked | errors.HoldExpired) for result in results)
    assert Booking.objects.filter(state=BookingState.CONFIRMED).count() == 1


def test_confirming_at_the_moment_the_seat_is_taken_over() -> None:
    """The hold has run out: either it is refused, or, confirmed a moment before, the seat is not given away."""
    desk = make_desk()
    slot = actions.slot_of(desk.slot().public_id)
    hold, other = held(slot), make_person()
    with time_machine.travel(now() + timedelta(minutes=5, seconds=1)):
        results = at_once(
            [lambda: actions.confirm(hold.citizen.actor, booking=hold), lambda: booked(slot, other)]
        )
    assert isinstance(results[0], errors.HoldExpired)
    assert isinstance(results[1], Booking)
    assert live(slot) == 1


def test_cancelling_and_a_crowd() -> None:
    """The place that becomes free goes to the first in line, whoever else asks at that moment."""
    desk = make_desk()
    slot = actions.slot_of(desk.slot().public_id)
    booking, waiting = booked(slot), make_person()
    actions.join(
        waiting.actor,
        citizen=waiting,
        booked_by=waiting,
        group=desk.group,
        item_code=desk.item_code,
        day=slot.date,
    )
    crowd = [make_person() for _ in range(6)]
    results = at_once(
        [lambda: actions.cancel(booking.citizen.actor, booking=booking)]
        + [lambda p=person: held(slot, p) for person in crowd]  # type: ignore[misc]
    )
    assert all(isinstance(result, errors.SlotFull) for result in results[1:])
    assert WaitEntry.objects.get().state == "offered"


def test_swapping_does_not_deadlock() -> None:
    desk = make_desk()
    first, second = (actions.slot_of(desk.slot().public_id) for _ in range(2))
    a, b = booked(first), booked(second)
    results = at_once(
        [
            lambda: actions.change(a.citizen.actor, booking=a, slot=second),
            lambda: actions.change(b.citizen.actor, booking=b, slot=first),
        ]
    )
    assert all(isinstance(result, Booking | errors.SlotFull) for result in results)
    assert (live(first), live(second)) in {(1, 1)}
