"""Random sequences of changed plans, closures and what people do meanwhile: after each step nobody is seated twice,
and nobody who lost a place is forgotten."""

from datetime import time, timedelta
from typing import Any

import pytest
from appointments.factories import make_person, make_world
from appointments.machine import HallMachine, live, walk
from appointments.supply_factories import Place, at, make_line, make_place, make_schedule, make_spec, sound
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from zhijian.appointments import actions
from zhijian.appointments.actions import supply
from zhijian.appointments.models import Booking, Claim, Displacement, Schedule, Seat, Slot
from zhijian.appointments.queries.supply.changes import Change, ClosureChange, PlanChange
from zhijian.appointments.queries.supply.impact import impact_of
from zhijian.core.clock import now
from zhijian.identity.models import Citizen

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PEOPLE, DAYS = 6, 3

_lines = st.fixed_dictionaries(
    {
        "starts": st.sampled_from([time(9), time(9, 30)]),
        "slot_minutes": st.sampled_from([20, 30, 60]),
        "capacity": st.integers(0, 2),
        "priority": st.integers(0, 1),
        "overbook": st.integers(0, 1),
    }
)


class HallLife(HallMachine):
    """A hall with one plan over four days, whose manager changes their mind, and six people."""

    place: Place
    people: list[Citizen]
    item: str

    def __init__(self) -> None:
        super().__init__()
        self.schedule = make_schedule(self.place.group, make_spec(horizon_days=DAYS), item=self.item)

    def apply(self, change: Change) -> None:
        digest = impact_of(change).digest
        self.attempt(supply.apply_change, self.place.manager.actor, change=change, expected=digest)

    def any_slot(self, data: st.DataObject) -> Slot:
        slots = Slot.objects.select_related("schedule", "group__hall").order_by("starts_at", "pk")
        return data.draw(st.sampled_from(list(slots)))

    def any_booking(self, data: st.DataObject) -> Booking:
        return data.draw(st.sampled_from(list(Booking.objects.order_by("pk"))))

    @initialize(count=st.integers(2, PEOPLE))
    def some_have_booked(self, count: int) -> None:
        slots = Slot.objects.filter(starts_at__gt=now() + timedelta(hours=20)).order_by("starts_at")
        for number, person in enumerate(self.people[:count]):
            self._take(person, slots[number // 2], sure=number != 1)

    # The manager

    @rule(line=_lines)
    def change_the_plan(self, line: dict[str, Any]) -> None:
        spec = make_spec([make_line(day) | line for day in range(1, 8)], horizon_days=DAYS)
        self.apply(PlanChange(Schedule.objects.get(), spec))

    @rule(day=st.integers(0, DAYS), first=st.integers(9, 10), hours=st.sampled_from([1, 12]))
    def close(self, day: int, first: int, hours: int) -> None:
        last = min(first + hours, 23)
        self.apply(ClosureChange(self.place.hall, None, at(day, first), at(day, last), "消防检修"))

    @precondition(lambda self: Slot.objects.exists())
    @rule(data=st.data(), more=st.booleans())
    def change_the_capacity(self, data: st.DataObject, more: bool) -> None:
        change = supply.add_capacity if more else supply.remove_capacity
        slot = self.any_slot(data)
        self.attempt(change, self.place.manager.actor, slot=slot, pool="general", count=1)

    @rule()
    def make_slots(self) -> None:
        supply.open_all()

    # The people

    @precondition(lambda self: Slot.objects.exists())
    @rule(data=st.data(), who=st.integers(0, PEOPLE - 1), sure=st.booleans())
    def book(self, data: st.DataObject, who: int, sure: bool) -> None:
        self._take(self.people[who], self.any_slot(data), sure=sure)

    def _take(self, person: Citizen, slot: Slot, *, sure: bool) -> None:
        self.attempt(actions.hold, person.actor, citizen=person, booked_by=person, slot=slot)
        held = Booking.objects.filter(citizen=person, state="held").last()
        if sure and held:
            self.attempt(actions.confirm, person.actor, booking=held)

    @precondition(lambda self: Booking.objects.exists())
    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        booking = self.any_booking(data)
        self.attempt(actions.cancel, booking.citizen.actor, booking=booking)

    @precondition(lambda self: Booking.objects.exists())
    @rule(data=st.data())
    def move(self, data: st.DataObject) -> None:
        booking = self.any_booking(data)
        self.attempt(actions.change, booking.citizen.actor, booking=booking, slot=self.any_slot(data))

    # Time

    @rule(minutes=st.sampled_from([1, 6, 61, 60 * 25]))
    def time_passes(self, minutes: int) -> None:
        self.traveller.shift(timedelta(minutes=minutes))

    @rule()
    def expired_holds_are_written_down(self) -> None:
        actions.write_down_expired()

    @rule(limit=st.sampled_from([1, None]))
    def displaced_people_are_moved(self, limit: int | None) -> None:
        supply.settle_waiting(limit=limit)

    # What holds

    @invariant()
    def each_live_booking_has_a_seat_of_its_own_and_no_other_is_taken(self) -> None:
        moment = now()
        seated = Seat.objects.filter(until__gt=moment, booking__isnull=False).values_list("booking", "slot")
        assert sorted(seated) == sorted((booking.pk, booking.slot_id) for booking in live())

    @invariant()
    def one_live_booking_per_person(self) -> None:
        people = [booking.citizen_id for booking in live()]
        assert len(people) == len(set(people))
        claims = Claim.objects.filter(until__gt=now()).values_list("booking", flat=True)
        assert sorted(claims) == sorted(booking.pk for booking in live())

    @invariant()
    def nobody_in_a_closed_slot_is_forgotten(self) -> None:
        waiting = set(Displacement.objects.filter(outcome="waiting").values_list("booking", flat=True))
        shut = {booking.pk for booking in live() if booking.slot.closed and booking.slot.starts_at > now()}
        assert shut <= waiting

    @invariant()
    def all_is_sound_once_the_displaced_are_settled(self) -> None:
        mark = transaction.savepoint()
        supply.settle_waiting()
        actions.write_down_expired()
        assert not Displacement.objects.filter(outcome="waiting").exists()
        if not Booking.objects.filter(slot__ends_at__lte=now(), state="confirmed").exists():
            assert sound()
        transaction.savepoint_rollback(mark)


def test_plans_change_under_people_and_nothing_is_lost() -> None:
    item = make_world().version.code
    place = make_place("district")
    people = [make_person() for _ in range(PEOPLE)]
    walk(HallLife, examples=30, steps=20, item=item, place=place, people=people)
