"""Random sequences of what people, halls and time do: the invariants hold after each step."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from appointments.factories import Desk, make_desk, make_person
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from zhijian.appointments import actions
from zhijian.appointments.models import Booking, Claim, Seat, Slot, WaitEntry
from zhijian.appointments.rules.states import Pool, state_at
from zhijian.core.clock import now
from zhijian.core.errors import Problem
from zhijian.identity.models import Citizen

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PEOPLE, SLOTS = 5, 3


class Rush(RuleBasedStateMachine):
    """A hall with three small slots and five people."""

    desk: Desk
    people: list[Citizen]

    def __init__(self) -> None:
        super().__init__()
        self._savepoint = transaction.atomic()
        self._savepoint.__enter__()
        self.clock = time_machine.travel((now() + timedelta(days=1)).replace(hour=10, minute=0), tick=False)
        self.traveller = self.clock.start()
        self.slots = [self.desk.slot(general=2, priority=1) for _ in range(SLOTS)]

    def teardown(self) -> None:
        self.clock.stop()
        transaction.set_rollback(True)
        self._savepoint.__exit__(None, None, None)

    def attempt(self, call: Any, **details: Any) -> None:
        try:
            with transaction.atomic():
                call(self.people[0].actor, **details)
        except Problem:
            pass  # refusals are right answers; what they leave behind is judged by the invariants

    def bookings(self) -> list[Booking]:
        return list(Booking.objects.order_by("pk"))

    @rule(who=st.integers(0, PEOPLE - 1), where=st.integers(0, SLOTS - 1))
    def hold(self, who: int, where: int) -> None:
        person = self.people[who]
        slot = Slot.objects.select_related("schedule", "group__hall").get(pk=self.slots[where].pk)
        self.attempt(actions.hold, citizen=person, booked_by=person, slot=slot)

    @precondition(lambda self: Booking.objects.exists())
    @rule(data=st.data())
    def confirm(self, data: st.DataObject) -> None:
        self.attempt(actions.confirm, booking=data.draw(st.sampled_from(self.bookings())))

    @precondition(lambda self: Booking.objects.exists())
    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        self.attempt(actions.cancel, booking=data.draw(st.sampled_from(self.bookings())))

    @precondition(lambda self: Booking.objects.exists())
    @rule(data=st.data(), where=st.integers(0, SLOTS - 1))
    def change(self, data: st.DataObject, where: int) -> None:
        booking = data.draw(st.sampled_from(self.bookings()))
        slot = Slot.objects.select_related("schedule", "group__hall").get(pk=self.slots[where].pk)
        self.attempt(actions.change, booking=booking, slot=slot)

    @rule(who=st.integers(0, PEOPLE - 1), where=st.integers(0, SLOTS - 1))
    def wait(self, who: int, where: int) -> None:
        person, slot = self.people[who], self.slots[where]
        self.attempt(
            actions.join,
            citizen=person,
            booked_by=person,
            group=self.desk.group,
            item_code=self.desk.item_code,
            day=slot.date,
        )

    @rule(where=st.integers(0, SLOTS - 1))
    def close_or_open(self, where: int) -> None:
        slot = Slot.objects.get(pk=self.slots[where].pk)
        slot.closed = not slot.closed
        slot.save(update_fields=["closed"])

    @rule(where=st.integers(0, SLOTS - 1))
    def add_capacity(self, where: int) -> None:
        slot = self.slots[where]
        if slot.seats.count() < 6:
            Seat.objects.create(slot=slot, number=slot.seats.count() + 1, pool=Pool.GENERAL, until=now())

    @rule(minutes=st.sampled_from([1, 4, 6, 61]))
    def time_passes(self, minutes: int) -> None:
        self.traveller.shift(timedelta(minutes=minutes))

    @rule()
    def upkeep(self) -> None:
        actions.write_down_expired()

    @invariant()
    def no_more_live_bookings_than_seats(self) -> None:
        moment = now()
        for slot in self.slots:
            holding = [
                booking
                for booking in Booking.objects.filter(slot=slot)
                if state_at(booking.state, booking.hold_until, moment) in ("held", "confirmed")
                and slot.ends_at > moment
            ]
            taken = set(slot.seats.filter(until__gt=moment).values_list("booking_id", flat=True))
            assert {booking.pk for booking in holding} == taken
            assert len(holding) <= slot.seats.count()

    @invariant()
    def one_live_booking_per_person(self) -> None:
        moment = now()
        for person in self.people:
            live = [
                booking
                for booking in Booking.objects.filter(citizen=person).select_related("slot")
                if state_at(booking.state, booking.hold_until, moment) in ("held", "confirmed")
                and booking.slot.ends_at > moment
            ]
            assert len(live) <= 1
            claims = Claim.objects.filter(citizen=person, until__gt=moment)
            assert [claim.booking_id for claim in claims] == [booking.pk for booking in live]

    @invariant()
    def the_line_never_starves_beside_free_seats_after_upkeep(self) -> None:
        actions.write_down_expired()
        for entry in WaitEntry.objects.filter(state="waiting"):
            for slot in Slot.objects.filter(date=entry.date, group=entry.group_id, closed=False):
                actions.advance(slot)
                entry.refresh_from_db()
                free = slot.seats.filter(until__lte=now(), pool=Pool.GENERAL, slot__closes_at__gt=now())
                assert entry.state != "waiting" or not free.exists()


def test_capacity_and_one_booking_hold_after_each_step() -> None:
    desk = make_desk()
    people = [make_person() for _ in range(PEOPLE)]
    machine = type("OfThisTest", (Rush,), {"desk": desk, "people": people})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=40,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
        ),
    )
