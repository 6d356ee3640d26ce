"""Hold and confirm: one seat, one person, one booking; time alone frees what nobody confirms."""

from datetime import timedelta

import pytest
import time_machine
from appointments.factories import Desk, booked, held, live, make_desk, make_elder, make_person
from django.core.cache import cache

from zhijian.appointments import actions, errors
from zhijian.appointments.models import Booking, Claim, NoShow, NoShowRule, Seat
from zhijian.appointments.rules.states import BookingState, Pool
from zhijian.audit.models import AuditEntry
from zhijian.core.clock import now

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return make_desk()


def test_a_hold_takes_one_seat_for_five_minutes(desk: Desk) -> None:
    slot = desk.slot(general=2)
    booking = held(slot)
    seat = Seat.objects.get(booking=booking)
    assert booking.state == BookingState.HELD
    assert seat.until == booking.hold_until
    assert timedelta(minutes=4) < booking.hold_until - now() <= timedelta(minutes=5)
    assert live(slot) == 1


def test_confirming_keeps_the_seat_until_the_slot_ends(desk: Desk) -> None:
    slot = desk.slot()
    booking = booked(slot)
    assert booking.state == BookingState.CONFIRMED
    assert Seat.objects.get(booking=booking).until == slot.ends_at
    assert Claim.objects.get(booking=booking).until == slot.ends_at
    assert AuditEntry.objects.filter(action="booking.confirmed").count() == 1


def test_confirming_twice_is_confirming_once(desk: Desk) -> None:
    booking = booked(desk.slot())
    again = actions.confirm(booking.citizen.actor, booking=booking)
    assert again.confirmed_at == booking.confirmed_at
    assert AuditEntry.objects.filter(action="booking.confirmed").count() == 1


def test_a_full_slot_says_so_and_names_places_elsewhere(desk: Desk) -> None:
    slot, later = desk.slot(), desk.slot()
    booked(slot)
    with pytest.raises(errors.SlotFull) as refused:
        held(slot)
    assert [other["slot"] for other in refused.value.extra["others"]] == [later.public_id]


def test_a_hold_that_ran_out_is_free_though_nothing_ran(desk: Desk) -> None:
    slot = desk.slot()
    first = held(slot)
    with time_machine.travel(now() + timedelta(minutes=5, seconds=1)):
        second = booked(slot)
        with pytest.raises(errors.HoldExpired):
            actions.confirm(first.citizen.actor, booking=first)
    assert Seat.objects.get(slot=slot).booking == second


def test_a_hold_that_ran_out_leaves_its_person_free_to_book(desk: Desk) -> None:
    slot = desk.slot(general=2)
    first = held(slot)
    with time_machine.travel(now() + timedelta(minutes=6)):
        second = booked(slot, first.citizen)
    assert second.pk != first.pk


def test_one_active_booking_per_person_and_item(desk: Desk) -> None:
    person = make_person()
    booked(desk.slot(), person)
    with pytest.raises(errors.AlreadyBooked):
        held(desk.slot(), person)


def test_choosing_another_time_gives_up_the_former_hold(desk: Desk) -> None:
    person, first, second = make_person(), desk.slot(), desk.slot()
    held(first, person)
    held(second, person)
    assert (live(first), live(second)) == (0, 1)


def test_priority_seats_are_for_the_entitled(desk: Desk) -> None:
    slot = desk.slot(general=1, priority=1)
    with pytest.raises(errors.NotEntitled):
        held(slot, priority=True)
    elder = booked(slot, make_elder(), priority=True)
    assert elder.pool == Pool.PRIORITY
    assert booked(slot).pool == Pool.GENERAL


def test_the_entitled_fall_back_on_general_seats(desk: Desk) -> None:
    slot = desk.slot(general=1, priority=0)
    assert booked(slot, make_elder(), priority=True).pool == Pool.GENERAL


def test_everybody_else_leaves_priority_and_walk_in_seats_alone(desk: Desk) -> None:
    slot = desk.slot(general=0, priority=2, walk_in=2)
    with pytest.raises(errors.SlotFull):
        held(slot)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"closed": True}, errors.SlotClosed),
        ({"closes_at": "past"}, errors.SlotPast),
        ({"opens_at": "future"}, errors.SlotNotOpen),
    ],
)
def test_slots_that_cannot_be_had(desk: Desk, changes: dict[str, object], refusal: type[Exception]) -> None:
    moments = {"past": now() - timedelta(seconds=1), "future": now() + timedelta(seconds=30)}
    slot = desk.slot(**{name: moments.get(str(value), value) for name, value in changes.items()})
    with pytest.raises(refusal):
        held(slot)
    assert Booking.objects.count() == 0


def test_the_statement_itself_refuses_a_closed_slot(desk: Desk) -> None:
    """The look before is for the words; closing at the same moment is settled by the statement."""
    slot = desk.slot()
    booking_free_view = actions.slot_of(slot.public_id)
    type(slot).objects.filter(pk=slot.pk).update(closed=True)
    with pytest.raises(errors.SlotFull):
        held(booking_free_view)


def test_misses_close_online_booking_until_excused(desk: Desk) -> None:
    NoShowRule.objects.create(misses=1, within_days=90, blocked_days=30)
    person = make_person()
    missed = booked(desk.slot(), person)
    actions.cancel(person.actor, booking=missed)
    miss = NoShow.objects.create(booking=missed, citizen=person, at=now() - timedelta(days=1))
    with pytest.raises(errors.BlockedByMisses):
        held(desk.slot(), person)
    actions.appeal(person.actor, miss=miss, reason="当天在医院急诊")
    officer = desk.world.office.window
    actions.decide_appeal(officer.actor, miss=miss, staff=officer, excuse=True, decision="")
    assert booked(desk.slot(), person).state == BookingState.CONFIRMED


def test_the_number_of_statements_of_a_hold(desk: Desk, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    slot, person = actions.slot_of(desk.slot().public_id), make_person()
    cache.clear()
    with django_assert_max_num_queries(16):
        held(slot, person)
