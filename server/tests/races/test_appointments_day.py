"""Races of the day, with real threads and connections."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from appointments.day_factories import (
    ITEM,
    World,
    add_counter,
    arrive,
    called,
    make_booking,
    make_group,
    make_slot,
    make_world,
    ticket,
)
from django.db import connection, transaction
from support.threads import at_once
from time_machine import travel

from zhijian.appointments import errors
from zhijian.appointments.actions import day as actions
from zhijian.appointments.models import Booking, Counter, GroupDay, NoShow, Visit, VisitStep
from zhijian.appointments.rules.states import BookingState, VisitState
from zhijian.core.actor import SYSTEM
from zhijian.core.errors import Problem

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _monday_at_nine() -> Iterator[None]:
    with travel("2026-11-02T09:00:00+08:00"):
        yield


def _calls(world: World) -> list[Callable[[], Any]]:
    return [
        partial(actions.call_next, officer.actor, counter=counter)
        for officer, counter in zip(world.officers, world.counters, strict=True)
    ]


def test_eight_counters_call_eight_people() -> None:
    world = make_world(counters=8)
    tickets = {ticket(world).pk for _ in range(8)}
    assert {visit.pk for visit in at_once(_calls(world))} == tickets
    assert VisitStep.objects.filter(action="call").count() == 8


def test_eight_counters_and_three_people() -> None:
    world = make_world(counters=8)
    for _ in range(3):
        arrive(world)
    results = at_once(_calls(world))
    called_to = [result for result in results if isinstance(result, Visit)]
    assert len({visit.pk for visit in called_to}) == len(called_to) == 3
    assert sum(isinstance(result, errors.NobodyWaits) for result in results) == 5


def test_counters_of_crossing_groups_never_wait_for_each_other_in_a_ring() -> None:
    world = make_world(counters=8)
    other = make_group(world.hall, world.department, prefix="B")
    make_slot(other)
    for counter in world.counters:
        counter.groups.add(other)
    for _ in range(4):
        ticket(world)
        actions.take_ticket(SYSTEM, group=other, item_code=ITEM)
    results = at_once(_calls(world))
    assert len({visit.pk for visit in results}) == 8


def test_one_counter_pressed_eight_times_calls_one() -> None:
    world = make_world()
    for _ in range(8):
        ticket(world)
    results = at_once([partial(called, world)] * 8)
    assert sum(isinstance(result, Visit) for result in results) == 1
    assert sum(isinstance(result, errors.CounterBusy) for result in results) == 7


def test_one_code_at_two_kiosks_is_one_check_in() -> None:
    world = make_world()
    booking = make_booking(world)
    results = at_once([partial(actions.check_in, SYSTEM, booking=booking, hall=world.hall)] * 8)
    assert sum(isinstance(result, Visit) for result in results) == 1
    assert sum(isinstance(result, errors.AlreadyCheckedIn) for result in results) == 7
    assert Visit.objects.count() == VisitStep.objects.count() == 1


def test_sixteen_numbers_are_sixteen() -> None:
    world = make_world()
    bookings = [make_booking(world) for _ in range(8)]
    results = at_once(
        [partial(ticket, world)] * 8
        + [partial(actions.check_in, SYSTEM, booking=each, hall=world.hall) for each in bookings]
    )
    assert sorted(visit.number for visit in results) == [f"A{number:03d}" for number in range(1, 17)]
    assert GroupDay.objects.get().issued == 16


def test_the_last_walk_in_number_is_given_once() -> None:
    world = make_world()
    world.slot.seats.filter(pool="walk_in", number__gte=5).delete()
    results = at_once([partial(ticket, world)] * 8)
    assert sum(isinstance(result, Visit) for result in results) == 1
    assert sum(isinstance(result, errors.NoWalkIns) for result in results) == 7


def test_a_caller_that_dies_on_the_way_leaves_nothing() -> None:
    world = make_world(counters=2)
    visit = ticket(world)

    def dies() -> None:
        with transaction.atomic():
            called(world)
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    (died,) = at_once([dies])
    assert isinstance(died, Exception)
    visit.refresh_from_db()
    assert (visit.state, visit.steps.count()) == (VisitState.WAITING, 1)
    assert actions.call_next(world.officers[1].actor, counter=world.counters[1]) == visit


def test_two_sit_down_at_one_counter_and_one_at_two() -> None:
    world = make_world()
    free = add_counter(world, opened=False)
    another = add_counter(world, opened=False)
    first, second = world.officers[1:]
    results = at_once(
        [partial(actions.open_counter, who.actor, counter=free, staff=who) for who in (first, second)]
    )
    assert sum(isinstance(result, errors.CounterTaken) for result in results) == 1
    Counter.objects.filter(pk=free.pk).update(staff=None, opened_at=None)
    results = at_once(
        [partial(actions.open_counter, first.actor, counter=one, staff=first) for one in (free, another)]
    )
    assert sum(isinstance(result, errors.AtOtherCounter) for result in results) == 1
    assert Counter.objects.filter(staff=first).count() == 1


def test_a_call_and_somebody_leaving_at_once() -> None:
    world = make_world()
    for _ in range(6):
        visit = ticket(world)
        result, left = at_once([partial(called, world), partial(actions.leave, SYSTEM, visit=visit)])
        assert isinstance(left, Visit)
        assert isinstance(result, Visit | errors.NobodyWaits | errors.VisitNotNow)
        visit.refresh_from_db()
        assert visit.state == VisitState.LEFT


def test_check_in_and_finish_and_calls_together() -> None:
    """Acts that lock the same rows from different ends all get through."""
    world = make_world(counters=4)
    bookings = [make_booking(world) for _ in range(8)]
    for booking in bookings[:4]:
        actions.check_in(SYSTEM, booking=booking, hall=world.hall)
    visits = [call() for call in _calls(world)]
    for visit, officer in zip(visits, world.officers, strict=True):
        actions.serve(officer.actor, visit=visit)

    def again(visit: Visit, place: int) -> Visit:
        actions.finish(world.officers[place].actor, visit=visit)
        return actions.call_next(world.officers[place].actor, counter=world.counters[place])

    results = at_once(
        [partial(again, visit, place) for place, visit in enumerate(visits)]
        + [partial(actions.check_in, SYSTEM, booking=each, hall=world.hall) for each in bookings[4:]]
    )
    assert all(isinstance(result, Visit | Problem) for result in results)
    assert Booking.objects.filter(state=BookingState.SERVED).count() == 4


def test_a_day_settled_by_two_workers_is_settled_once() -> None:
    world = make_world()
    for _ in range(5):
        make_booking(world)
    with travel("2026-11-03T01:10:00+08:00"):
        counts = at_once([partial(actions.close_day, SYSTEM, group=world.group, day=world.slot.date)] * 4)
    assert sorted(counts) == [0, 0, 0, 5]
    assert NoShow.objects.count() == 5


def test_a_pairing_code_pairs_one_machine() -> None:
    world = make_world()
    device = actions.create_device(SYSTEM, hall=world.hall, kind="kiosk", name="一楼")
    code = actions.make_code(SYSTEM, device=device)
    results = at_once([partial(actions.pair, code=code)] * 4)
    assert sum(isinstance(result, tuple) for result in results) == 1
    assert sum(isinstance(result, errors.PairingWrong) for result in results) == 3
