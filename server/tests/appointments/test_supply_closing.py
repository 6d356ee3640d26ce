"""Closures, special days and the capacity of one slot."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from appointments.factories import make_person
from appointments.supply_factories import (
    EVERY_DAY,
    ITEM,
    Place,
    apply,
    at,
    book,
    closure,
    fill,
    free,
    make_group,
    make_line,
    make_place,
    make_schedule,
    make_spec,
    shape,
    slots_on,
)

from zhijian.appointments import errors
from zhijian.appointments.actions import supply, waiting
from zhijian.appointments.models import (
    Closure,
    Schedule,
    Seat,
)
from zhijian.appointments.queries.supply.changes import (
    ClosureChange,
    DayChange,
    LiftChange,
)
from zhijian.appointments.queries.supply.impact import impact_of
from zhijian.core.clock import today

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    return make_place()


@pytest.fixture
def schedule(place: Place) -> Schedule:
    return make_schedule(place.group)


def test_a_closure_of_an_hour_closes_what_it_touches(place: Place, schedule: Schedule) -> None:
    apply(place, ClosureChange(place.hall, None, at(3, 9, 15), at(3, 9, 20), "系统升级"))
    assert [slot.closed for slot in slots_on(schedule, 3)] == [True, False]


def test_a_groups_closure_leaves_the_others_open(place: Place, schedule: Schedule) -> None:
    other = make_schedule(make_group(place.hall, place.department, code="other", prefix="B"))
    apply(place, closure(place, 3, group=True))
    assert all(slot.closed for slot in slots_on(schedule, 3))
    assert not any(slot.closed for slot in slots_on(other, 3))


def test_lifting_opens_the_slots_again(place: Place, schedule: Schedule) -> None:
    before = shape()
    apply(place, closure(place, 3))
    change = LiftChange(Closure.objects.get())
    assert impact_of(change).slots_added == 2
    apply(place, change)
    assert shape() == before
    assert free(slots_on(schedule, 3)[0]) == 2
    with pytest.raises(errors.ClosureLifted):
        apply(place, change)


def test_lifting_one_of_two_closures_keeps_the_other(place: Place, schedule: Schedule) -> None:
    apply(place, closure(place, 3))
    apply(place, closure(place, 3, group=True))
    apply(place, LiftChange(Closure.objects.get(group=None)))
    assert all(slot.closed for slot in slots_on(schedule, 3))


@pytest.mark.parametrize(
    ("first", "last", "reason", "path"),
    [
        (3, 2, "消防检修", "/ends_at"),
        (-3, -2, "消防检修", "/ends_at"),
        (1, 400, "消防检修", "/ends_at"),
        (2, 3, " ", "/reason"),
        (2, 3, "长" * 201, "/reason"),
    ],
)
def test_a_wrong_closure_is_refused(place: Place, first: int, last: int, reason: str, path: str) -> None:
    change = ClosureChange(place.hall, None, at(first, 0), at(last, 0), reason)
    with pytest.raises(errors.SupplyWrong) as refused:
        apply(place, change)
    assert [fault.path for fault in refused.value.fields] == [path]


def test_a_special_day_takes_other_lines_and_goes_back(place: Place) -> None:
    day = today() + timedelta(days=3)
    spec = make_spec([make_line(d) for d in EVERY_DAY if d != day.isoweekday()] + [])
    schedule = make_schedule(place.group, spec)
    assert slots_on(schedule, 3) == []
    other = day.isoweekday() % 7 + 1
    apply(place, DayChange(schedule, day, other, "加开一天"))
    assert len(slots_on(schedule, 3)) == 2
    apply(place, DayChange(schedule, day, None, "恢复正常"))
    assert [slot.closed for slot in slots_on(schedule, 3)] == [True, True]


def test_more_seats_now_are_offered_to_who_waits(place: Place, schedule: Schedule) -> None:
    slot, person = slots_on(schedule, 3)[0], make_person()
    for _ in range(free(slot)):
        book(slot)
    entry = waiting.join(
        person.actor,
        citizen=person,
        booked_by=person,
        group=place.group,
        item_code=slot.item_code,
        day=slot.date,
    )
    supply.add_capacity(place.manager.actor, slot=slot, pool="general", count=2)
    entry.refresh_from_db()
    assert entry.state == "offered"
    assert free(slot) == 1
    assert list(slot.seats.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]


def test_only_free_seats_are_removed(place: Place, schedule: Schedule) -> None:
    slot = slots_on(schedule, 3)[0]
    booked = book(slot)
    with pytest.raises(errors.SeatsTaken) as refused:
        supply.remove_capacity(place.manager.actor, slot=slot, pool="general", count=2)
    assert "只有1个空号" in refused.value.detail
    assert free(slot) == 1
    supply.remove_capacity(place.manager.actor, slot=slot, pool="general", count=1)
    assert free(slot) == 0
    assert Seat.objects.get(booking=booked)


@pytest.mark.parametrize(("pool", "count"), [("general", 0), ("general", 51), ("general", -1), ("gold", 1)])
def test_wrong_capacity_is_refused(place: Place, schedule: Schedule, pool: str, count: int) -> None:
    for action in (supply.add_capacity, supply.remove_capacity):
        with pytest.raises(errors.SupplyWrong):
            action(place.manager.actor, slot=slots_on(schedule, 3)[0], pool=pool, count=count)


def test_a_past_or_closed_slot_has_no_capacity_to_change(place: Place, schedule: Schedule) -> None:
    slot = slots_on(schedule, 3)[0]
    with time_machine.travel(slot.ends_at, tick=False), pytest.raises(errors.SlotPast):
        supply.add_capacity(place.manager.actor, slot=slot, pool="general", count=1)
    apply(place, closure(place, 3))
    with pytest.raises(errors.SlotClosed):
        supply.add_capacity(place.manager.actor, slot=slot, pool="general", count=1)


def test_showing_a_closure_asks_few_questions(
    place: Place, schedule: Schedule, django_assert_num_queries: Any
) -> None:
    for n in range(5):
        make_schedule(make_group(place.hall, place.department, code=f"g{n}", prefix="BCDEF"[n]))
    for slot in slots_on(schedule, 3):
        fill(slot)
    change = closure(place, 3)
    with django_assert_num_queries(9):
        assert len(impact_of(change).hits) == 4
    assert schedule.item_code == ITEM
