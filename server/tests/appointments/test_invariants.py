"""Random sequences of what people, halls and time do: the invariants hold after each step."""

from datetime import timedelta

import pytest
from appointments.factories import Desk, make_desk, make_person
from appointments.machine import HallMachine, live, walk
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from zhijian.appointments import actions
from zhijian.appointments.models import Booking, Claim, Seat, Slot, WaitEntry
from zhijian.appointments.rules.states import Pool
from zhijian.core.clock import now
from zhijian.identity.models import Citizen

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PEOPLE, SLOTS = 5, 3


class Rush(HallMachine):
    """A hall with three small slots and five people."""

    desk: Desk
    people: list[Citizen]

    def __init__(self) -> None:
        super().__init__()
        self.slots = [self.desk.slot(general=2, priority=1) for _ in range(SLOTS)]

    def bookings(self) -> list[Booking]:
        return list(Booking.objects.order_by("pk"))

    @rule(who=st.integers(0, PEOPLE - 1), where=st.integers(0, SLOTS - 1))
    def hold(self, who: int, where: int) -> None:
        person = self.people[who]
        slot = Slot.objects.select_related("schedule", "group__hall").get(pk=self.slots[where].pk)
        self.attempt(actions.hold, self.people[0].actor, citizen=person, booked_by=person, slot=slot)

    @precondition(lambda self: Booking.objects.exists())
    @rule(data=st.data())
    def confirm(self, data: st.DataObject) -> None:
        self.attempt(
            actions.confirm, self.people[0].actor, booking=data.draw(st.sampled_from(self.bookings()))
        )

    @precondition(lambda self: Booking.objects.exists())
    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        self.attempt(
            actions.cancel, self.people[0].actor, booking=data.draw(st.sampled_from(self.bookings()))
        )

    @precondition(lambda self: Booking.objects.exists())
    @rule(data=st.data(), where=st.integers(0, SLOTS - 1))
    def change(self, data: st.DataObject, where: int) -> None:
        booking = data.draw(st.sampled_from(self.bookings()))
        slot = Slot.objects.select_related("schedule", "group__hall").get(pk=self.slots[where].pk)
        self.attempt(actions.change, self.people[0].actor, booking=booking, slot=slot)

    @rule(who=st.integers(0, PEOPLE - 1), where=st.integers(0, SLOTS - 1))
    def wait(self, who: int, where: int) -> None:
        person, slot = self.people[who], self.slots[where]
        self.attempt(
            actions.join,
            self.people[0].actor,
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
            holding = live(slot=slot)
            taken = set(slot.seats.filter(until__gt=moment).values_list("booking_id", flat=True))
            assert {booking.pk for booking in holding} == taken
            assert len(holding) <= slot.seats.count()

    @invariant()
    def one_live_booking_per_person(self) -> None:
        moment = now()
        for person in self.people:
            mine = live(citizen=person)
            assert len(mine) <= 1
            claims = Claim.objects.filter(citizen=person, until__gt=moment)
            assert [claim.booking_id for claim in claims] == [booking.pk for booking in mine]

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
    walk(Rush, examples=40, steps=25, desk=desk, people=people)
