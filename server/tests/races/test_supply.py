"""Races over what halls offer, with real threads and connections."""

from collections.abc import Callable
from functools import partial

import pytest
from appointments.supply_factories import (
    at,
    book,
    fill,
    free,
    make_line,
    make_place,
    make_schedule,
    make_spec,
    slots_on,
)
from django.db import transaction
from identity.factories import CitizenFactory
from support.threads import at_once

from zhijian.appointments import errors
from zhijian.appointments.actions import supply
from zhijian.appointments.actions.reservation import Wanted, reserve
from zhijian.appointments.models import Booking, Claim, Closure, Displacement, Schedule, Seat, Slot
from zhijian.appointments.queries.supply.changes import ClosureChange, PlanChange
from zhijian.appointments.queries.supply.impact import impact_of
from zhijian.core.clock import now

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("calendar_seeded")]


def _cancel(booking: Booking) -> bool:
    """The person cancels: the booking's row is locked, then its seat and claim are freed by statement."""
    with transaction.atomic():
        row = Booking.objects.select_for_update().get(pk=booking.pk)
        if row.state != "confirmed":
            return False
        Booking.objects.filter(pk=row.pk).update(state="cancelled", ended_at=now())
        Seat.objects.filter(booking=row).update(booking=None, until=now())
        Claim.objects.filter(booking=row).update(until=now())
        return True


def _everybody_sits() -> None:
    """Nobody is in a closed slot, every live booking has its one seat, and no seat is held by a dead one."""
    confirmed = Booking.objects.filter(state="confirmed").select_related("slot", "seat")
    assert not [booking for booking in confirmed if booking.slot.closed]
    for booking in confirmed:
        assert booking.seat.slot_id == booking.slot_id
        assert booking.seat.until == booking.slot.ends_at
    held = Seat.objects.filter(booking__isnull=False, until__gt=now())
    assert held.count() == confirmed.count()


def test_makers_at_once_make_each_slot_once() -> None:
    schedule = make_schedule(make_place().group, opened=False)
    made = at_once([partial(supply.open_slots, schedule=schedule)] * 4 + [supply.open_all] * 2)
    assert sorted(made) == [0] * 5 + [Slot.objects.count()]
    assert all(slot.seats.count() == 4 for slot in Slot.objects.all())


def test_two_managers_closing_at_once_close_once() -> None:
    place = make_place()
    schedule = make_schedule(place.group)
    booked = fill(slots_on(schedule, 3)[0])
    change = ClosureChange(place.hall, None, at(3, 0), at(4, 0), "消防检修")
    digest = impact_of(change).digest
    call = partial(supply.apply_change, place.manager.actor, change=change, expected=digest)
    results = at_once([call] * 4)
    assert sum(isinstance(result, supply.Applied) for result in results) == 1
    assert sum(isinstance(result, errors.ImpactChanged) for result in results) == 3
    assert Closure.objects.count() == 1
    assert Displacement.objects.count() == len(booked)


def test_two_managers_changing_a_plan_at_once_do_not_mix() -> None:
    place = make_place()
    schedule = make_schedule(place.group)
    specs = [make_spec(hold_minutes=minutes) for minutes in (7, 8, 9)]
    calls = [
        partial(
            supply.apply_change,
            place.manager.actor,
            change=PlanChange(schedule, spec),
            expected=impact_of(PlanChange(schedule, spec)).digest,
        )
        for spec in specs
    ]
    results = at_once(calls)
    assert sum(isinstance(result, supply.Applied) for result in results) == 1
    stored = Schedule.objects.get()
    assert stored.version == 2
    assert stored.lines.count() == 7


@pytest.mark.parametrize("attempt", range(3))
def test_people_cancel_while_the_hall_moves_them(attempt: int) -> None:
    place = make_place()
    schedule = make_schedule(place.group)
    booked = [one for slot in slots_on(schedule, 3) for one in fill(slot)]
    change = ClosureChange(place.hall, None, at(3, 0), at(4, 0), "消防检修")
    supply.apply_change(place.manager.actor, change=change, expected=impact_of(change).digest)
    calls: list[Callable[[], object]] = [partial(_cancel, one) for one in booked]
    results = at_once([*calls, supply.settle_waiting, supply.settle_waiting])
    assert not [result for result in results if isinstance(result, Exception)]
    assert not Displacement.objects.filter(outcome="waiting").exists()
    _everybody_sits()


def test_settlers_at_once_move_everybody_once() -> None:
    place = make_place()
    schedule = make_schedule(place.group)
    booked = [one for slot in slots_on(schedule, 3) for one in fill(slot)]
    change = ClosureChange(place.hall, None, at(3, 0), at(4, 0), "消防检修")
    supply.apply_change(place.manager.actor, change=change, expected=impact_of(change).digest)
    results = at_once([supply.settle_waiting] * 4)
    assert sum(result["moved"] for result in results) == len(booked)
    _everybody_sits()


@pytest.mark.parametrize("attempt", range(3))
def test_people_book_while_the_hall_closes(attempt: int) -> None:
    """Whoever was first keeps their booking and is moved; whoever came later finds the slot closed."""
    place = make_place()
    schedule = make_schedule(place.group)
    slot = slots_on(schedule, 3)[0]
    people = [CitizenFactory(real_named=True) for _ in range(6)]
    change = ClosureChange(place.hall, None, at(3, 0), at(4, 0), "消防检修")

    def close() -> None:
        for _ in range(20):
            try:
                supply.apply_change(place.manager.actor, change=change, expected=impact_of(change).digest)
            except errors.ImpactChanged:
                continue
            return

    def take(person: int) -> int | None:
        with transaction.atomic():
            return reserve(Wanted(person, person, slot.pk, ("general",), now(), key=f"k{person}"))

    results = at_once([partial(take, person.pk) for person in people] + [close])
    assert not [result for result in results if isinstance(result, Exception)]
    assert Closure.objects.count() == 1
    supply.settle_waiting()
    _everybody_sits()
    assert free(slot) == 0


def test_a_seat_removed_and_booked_at_once_is_one_or_the_other() -> None:
    place = make_place()
    schedule = make_schedule(place.group)
    slot = slots_on(schedule, 3)[0]
    book(slot)
    remove = partial(supply.remove_capacity, place.manager.actor, slot=slot, pool="general", count=1)
    results = at_once([remove, partial(book, slot)])
    refused = [result for result in results if isinstance(result, errors.SeatsTaken | AssertionError)]
    assert len(refused) == 1
    left = Seat.objects.filter(slot=slot, pool="general").count()
    assert left == (2 if isinstance(results[0], errors.SeatsTaken) else 1)
    _everybody_sits()


def test_seats_added_by_hand_while_the_plan_grows_have_their_own_numbers() -> None:
    place = make_place()
    schedule = make_schedule(place.group)
    slot = slots_on(schedule, 3)[0]
    change = PlanChange(schedule, make_spec([make_line(day, capacity=4) for day in range(1, 8)]))
    grow = partial(supply.apply_change, place.manager.actor, change=change, expected=impact_of(change).digest)
    add = partial(supply.add_capacity, place.manager.actor, slot=slot, pool="general", count=1)
    results = at_once([grow, add, add])
    refused = [result for result in results if isinstance(result, Exception)]
    assert all(isinstance(result, errors.ImpactChanged) for result in refused)
    assert free(slot) == (4 if refused else 6)
