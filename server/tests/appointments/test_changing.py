"""Move, cancel, stand in line."""

from datetime import timedelta

import pytest
import time_machine
from appointments.factories import Desk, booked, desk_in, held, live, make_desk, make_person
from organizations.factories import HallFactory
from support.rows import changed, stored

from zhijian.appointments import actions, errors
from zhijian.appointments.models import Booking, Seat, Slot, WaitEntry
from zhijian.appointments.rules.states import BookingState, DayPart, WaitState
from zhijian.core.clock import now
from zhijian.identity.models import Citizen

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return make_desk()


def wait(desk: Desk, slot: Slot, citizen: Citizen | None = None, part: str = DayPart.ANY) -> WaitEntry:
    person = citizen or make_person()
    return actions.join(
        person.actor,
        citizen=person,
        booked_by=person,
        group=desk.group,
        item_code=desk.item_code,
        day=slot.date,
        part=part,
    )


def test_a_change_moves_seat_and_claim(desk: Desk) -> None:
    former, wanted = desk.slot(), desk.slot()
    booking = booked(former)
    changed = actions.change(booking.citizen.actor, booking=booking, slot=wanted)
    assert changed.slot == wanted
    assert (live(former), live(wanted)) == (0, 1)
    assert changed.claim.until == wanted.ends_at


def test_a_change_to_another_hall(desk: Desk) -> None:
    other = desk_in(desk.world, HallFactory())
    booking = booked(desk.slot())
    changed = actions.change(booking.citizen.actor, booking=booking, slot=other.slot())
    assert changed.slot.group == other.group


def test_a_change_that_fails_leaves_everything(desk: Desk) -> None:
    former, taken = desk.slot(), desk.slot()
    booked(taken)
    booking = booked(former)
    with pytest.raises(errors.SlotFull):
        actions.change(booking.citizen.actor, booking=booking, slot=taken)
    assert Seat.objects.get(booking=booking).slot == former
    assert Booking.objects.get(pk=booking.pk).slot == former


def test_three_changes_are_enough(desk: Desk) -> None:
    slots = [desk.slot() for _ in range(5)]
    booking = booked(slots[0])
    for slot in slots[1:4]:
        booking = actions.change(booking.citizen.actor, booking=booking, slot=slot)
    with pytest.raises(errors.TooManyChanges):
        actions.change(booking.citizen.actor, booking=booking, slot=slots[4])


def test_a_booking_is_not_moved_once_its_time_has_begun(desk: Desk) -> None:
    booking, later = booked(desk.slot()), desk.slot(starts_at=now() + timedelta(days=9))
    before = stored(booking)
    with time_machine.travel(booking.slot.starts_at, tick=False), pytest.raises(errors.NotNow):
        actions.change(booking.citizen.actor, booking=booking, slot=later)
    assert changed(before, booking) == {}
    with time_machine.travel(booking.slot.starts_at - timedelta(seconds=1), tick=False):
        actions.change(booking.citizen.actor, booking=booking, slot=later)
        moment = now()
    assert changed(before, booking) == {"slot_id": later.pk, "changes": 1, "moves": 1, "moved_at": moment}


def test_a_hold_cannot_be_moved(desk: Desk) -> None:
    booking = held(desk.slot())
    with pytest.raises(errors.NotNow):
        actions.change(booking.citizen.actor, booking=booking, slot=desk.slot())


def test_cancelling_frees_seat_and_person(desk: Desk) -> None:
    slot = desk.slot()
    booking = booked(slot)
    actions.cancel(booking.citizen.actor, booking=booking, reason="改天再来")
    assert live(slot) == 0
    assert booked(slot, booking.citizen).state == BookingState.CONFIRMED


def test_cancelling_again_changes_nothing(desk: Desk) -> None:
    booking = booked(desk.slot())
    actions.cancel(booking.citizen.actor, booking=booking)
    assert actions.cancel(booking.citizen.actor, booking=booking).state == BookingState.CANCELLED


def test_what_is_over_cannot_be_cancelled(desk: Desk) -> None:
    booking = booked(desk.slot())
    with time_machine.travel(booking.slot.ends_at + timedelta(seconds=1)), pytest.raises(errors.NotNow):
        actions.cancel(booking.citizen.actor, booking=booking)


def test_a_freed_place_is_held_for_the_first_in_line(desk: Desk) -> None:
    slot = desk.slot()
    booking = booked(slot)
    first, second = wait(desk, slot), wait(desk, slot)
    actions.cancel(booking.citizen.actor, booking=booking)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (WaitState.OFFERED, WaitState.WAITING)
    taken = actions.confirm(first.citizen.actor, booking=first.booking)
    first.refresh_from_db()
    assert (taken.state, first.state) == (BookingState.CONFIRMED, WaitState.TAKEN)


def test_a_stranger_does_not_pass_the_line_when_an_offer_runs_out(desk: Desk) -> None:
    """No worker ran: the stranger's own request lets the line advance."""
    slot = desk.slot()
    booking = booked(slot)
    first, second = wait(desk, slot), wait(desk, slot)
    actions.cancel(booking.citizen.actor, booking=booking)
    with time_machine.travel(now() + timedelta(minutes=61)):
        with pytest.raises(errors.SlotFull) as refused:
            held(slot)
        refused.value.tell()
        second.refresh_from_db()
        assert second.state == WaitState.OFFERED
        first.refresh_from_db()
        with pytest.raises(errors.HoldExpired):
            actions.confirm(first.citizen.actor, booking=first.booking)


def test_declining_an_offer_passes_it_on(desk: Desk) -> None:
    slot = desk.slot()
    booking = booked(slot)
    first, second = wait(desk, slot), wait(desk, slot)
    actions.cancel(booking.citizen.actor, booking=booking)
    first.refresh_from_db()
    actions.leave(first.citizen.actor, entry=first)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (WaitState.LEFT, WaitState.OFFERED)


def test_the_line_of_an_afternoon_is_not_offered_a_morning(desk: Desk) -> None:
    slot = desk.slot()  # 9:00
    booking = booked(slot)
    entry = wait(desk, slot, part=DayPart.PM)
    actions.cancel(booking.citizen.actor, booking=booking)
    entry.refresh_from_db()
    assert entry.state == WaitState.WAITING
    assert booked(slot).state == BookingState.CONFIRMED


def test_one_place_in_line_per_person_and_item(desk: Desk) -> None:
    slot, person = desk.slot(), make_person()
    booked(slot)
    wait(desk, slot, person)
    with pytest.raises(errors.AlreadyWaiting):
        wait(desk, slot, person)


def test_whoever_has_a_booking_does_not_stand_in_line(desk: Desk) -> None:
    slot = desk.slot()
    booking = booked(slot)
    with pytest.raises(errors.AlreadyBooked):
        wait(desk, slot, booking.citizen)


def test_time_is_written_down_and_the_line_advances(desk: Desk) -> None:
    slot = desk.slot()
    hold = held(slot)
    entry = wait(desk, slot)
    with time_machine.travel(now() + timedelta(minutes=6)):
        actions.write_down_expired()
        hold.refresh_from_db()
        entry.refresh_from_db()
    assert (hold.state, entry.state) == (BookingState.EXPIRED, WaitState.OFFERED)


def test_people_are_reminded_once_the_day_before(desk: Desk) -> None:
    booking = booked(desk.slot())
    assert actions.remind() == 0
    with time_machine.travel(booking.slot.starts_at - timedelta(hours=20)):
        assert actions.remind() == 1
        assert actions.remind() == 0


def test_people_are_not_reminded_of_today(desk: Desk) -> None:
    booking = booked(desk.slot())
    before = stored(booking)
    with time_machine.travel(booking.slot.starts_at - timedelta(hours=8)):
        assert actions.remind() == 0
    assert changed(before, booking) == {}


def test_an_offer_that_ran_out_lets_its_person_join_again_though_no_worker_runs(desk: Desk) -> None:
    slot = desk.slot()
    booking = booked(slot)
    first = wait(desk, slot)
    actions.cancel(booking.citizen.actor, booking=booking)
    before = stored(first)
    assert before["state"] == WaitState.OFFERED
    with time_machine.travel(now() + timedelta(minutes=61), tick=False):
        again = wait(desk, slot, first.citizen)
        assert again.state == WaitState.WAITING
        assert changed(before, first) == {"state": WaitState.LAPSED, "ended_at": now()}
