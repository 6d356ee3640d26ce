"""Whoever loses their place gets the nearest one, or hears that there is none."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from appointments.supply_factories import (
    EVERY_DAY,
    Place,
    apply,
    at,
    book,
    closure,
    fill,
    make_line,
    make_place,
    make_schedule,
    make_spec,
    slots_on,
    sound,
)

from zhijian.appointments.actions import supply
from zhijian.appointments.models import (
    Booking,
    Claim,
    Closure,
    Schedule,
    Seat,
)
from zhijian.appointments.queries.supply.changes import (
    ClosureChange,
    LiftChange,
    PlanChange,
)
from zhijian.appointments.queries.supply.impact import impact_of
from zhijian.audit.models import AuditEntry
from zhijian.core.clock import now, today

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    return make_place()


@pytest.fixture
def schedule(place: Place) -> Schedule:
    return make_schedule(place.group)


def test_people_go_to_the_nearest_free_slot_of_their_group(place: Place, schedule: Schedule) -> None:
    booked = book(slots_on(schedule, 3)[1])
    for slot in slots_on(schedule, 4):
        fill(slot)
    apply(place, closure(place, 3))
    assert supply.settle_waiting() == {"moved": 1}
    booked.refresh_from_db()
    assert booked.slot.starts_at == at(2, 9, 30)  # the day after is full
    assert (booked.state, booked.reason) == ("confirmed", "消防检修")
    assert sound()
    assert (
        AuditEntry.objects.filter(action="booking.rebooked", actor_key=place.manager.public_id).count() == 1
    )


def test_then_to_another_hall_that_offers_the_item(place: Place, schedule: Schedule) -> None:
    booked = book(slots_on(schedule, 3)[0])
    other = make_place("south")
    elsewhere = make_schedule(other.group)
    apply(place, ClosureChange(place.hall, None, now(), at(30, 0), "大厅搬迁"))
    assert supply.settle_waiting() == {"moved": 1}
    booked.refresh_from_db()
    assert booked.slot == slots_on(elsewhere, 3)[0]


def test_without_a_place_the_booking_is_cancelled_with_the_reason(place: Place, schedule: Schedule) -> None:
    booked = book(slots_on(schedule, 3)[0])
    apply(place, ClosureChange(place.hall, None, now(), at(30, 0), "大厅搬迁"))
    assert supply.settle_waiting() == {"cancelled": 1}
    booked.refresh_from_db()
    assert (booked.state, booked.reason) == ("cancelled", "大厅搬迁")
    assert sound()


def test_a_hold_is_dropped_and_an_arrived_person_stays(place: Place, schedule: Schedule) -> None:
    slot = slots_on(schedule, 3)[0]
    held, arrived = book(slot, state="held"), book(slot)
    Booking.objects.filter(pk=arrived.pk).update(state="arrived")
    shown = impact_of(closure(place, 3))
    assert [hit.booking for hit in shown.hits] == [held]
    apply(place, closure(place, 3))
    assert supply.settle_waiting() == {"cancelled": 1}
    arrived.refresh_from_db()
    assert (arrived.state, arrived.slot) == ("arrived", slot)


def test_an_expired_hold_is_nobodys(place: Place, schedule: Schedule) -> None:
    book(slots_on(schedule, 3)[0], state="held")
    with time_machine.travel(now() + timedelta(minutes=6), tick=False):
        assert impact_of(closure(place, 3)).hits == ()


def test_an_ordinary_booking_never_gets_a_priority_seat(place: Place, schedule: Schedule) -> None:
    ordinary = book(slots_on(schedule, 3)[0])
    elder = book(slots_on(schedule, 3)[0], pool="priority")
    for slot in schedule.slots.exclude(date=today() + timedelta(days=3)):
        Seat.objects.filter(slot=slot, pool="general").update(until=slot.ends_at)
    apply(place, closure(place, 3))
    assert supply.settle_waiting() == {"moved": 1, "cancelled": 1}
    ordinary.refresh_from_db()
    elder.refresh_from_db()
    assert (ordinary.state, elder.state, elder.pool) == ("cancelled", "confirmed", "priority")


def test_an_elder_may_get_an_ordinary_seat(place: Place, schedule: Schedule) -> None:
    elder = book(slots_on(schedule, 3)[0], pool="priority")
    for slot in schedule.slots.exclude(date=today() + timedelta(days=3)):
        Seat.objects.filter(slot=slot, pool="priority").update(until=slot.ends_at)
    apply(place, closure(place, 3))
    supply.settle_waiting()
    elder.refresh_from_db()
    assert (elder.state, elder.pool) == ("confirmed", "general")


def test_settling_again_moves_nobody_twice(place: Place, schedule: Schedule) -> None:
    for slot in slots_on(schedule, 3):
        fill(slot)
    apply(place, closure(place, 3))
    assert supply.settle_waiting(limit=1) == {"moved": 1}
    assert supply.settle_waiting() == {"moved": 3}
    assert supply.settle_waiting() == {}
    assert sound()


def test_lifted_before_it_was_settled_keeps_people_where_they_are(place: Place, schedule: Schedule) -> None:
    booked = book(slots_on(schedule, 3)[0])
    apply(place, closure(place, 3))
    apply(place, LiftChange(Closure.objects.get()))
    assert supply.settle_waiting() == {"kept": 1}
    booked.refresh_from_db()
    assert booked.slot == slots_on(schedule, 3)[0]
    assert sound()


def test_the_event_moves_people_in_the_background(place: Place, schedule: Schedule, run_tasks: Any) -> None:
    booked = book(slots_on(schedule, 3)[0])
    apply(place, closure(place, 3))
    assert run_tasks() >= 1  # and the messages that this makes
    booked.refresh_from_db()
    assert booked.slot.date != today() + timedelta(days=3)


def test_a_seat_given_up_and_taken_again_still_goes(place: Place, schedule: Schedule) -> None:
    """Fewer seats, and before the last one is moved they cancel and somebody else takes the seat."""
    slot = slots_on(schedule, 3)[0]
    stays, last = fill(slot)
    apply(place, PlanChange(schedule, make_spec([make_line(day, capacity=1) for day in EVERY_DAY])))
    Booking.objects.filter(pk=last.pk).update(state="cancelled")
    Claim.objects.filter(booking=last).update(until=now())
    Seat.objects.filter(booking=last).update(booking=None, until=now())
    newcomer = book(slot)
    assert supply.settle_waiting() == {"kept": 1}
    assert supply.settle_waiting() == {"moved": 1}
    newcomer.refresh_from_db()
    stays.refresh_from_db()
    assert stays.slot == slot
    assert newcomer.slot != slot
    assert Seat.objects.filter(slot=slot, pool="general").count() == 1


def test_who_is_waiting_to_be_moved_and_loses_the_seat_too_takes_it_along(
    place: Place, schedule: Schedule
) -> None:
    slot = slots_on(schedule, 3)[0]
    fill(slot)
    apply(place, closure(place, 3))
    apply(place, LiftChange(Closure.objects.get()))
    apply(place, PlanChange(schedule, make_spec([make_line(day, capacity=1) for day in EVERY_DAY])))
    assert supply.settle_waiting() == {"moved": 1, "kept": 1}
    assert Seat.objects.filter(slot=slot, pool="general").count() == 1
    assert sound()
