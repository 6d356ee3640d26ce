"""Plans, special days, closures and capacity on PostgreSQL: what was shown is what is done."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from appointments.factories import make_person
from appointments.supply_factories import (
    ITEM,
    Place,
    at,
    book,
    fill,
    free,
    make_group,
    make_line,
    make_place,
    make_schedule,
    make_spec,
    slots_on,
)
from catalog.factories import make_published
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from organizations.factories import DepartmentFactory, HallFactory, StaffFactory

from zhijian.appointments import errors
from zhijian.appointments.actions import supply, waiting
from zhijian.appointments.models import (
    Booking,
    Claim,
    Closure,
    Displacement,
    NoShowRule,
    Schedule,
    Seat,
    Slot,
)
from zhijian.appointments.queries.supply.changes import (
    Change,
    ClosureChange,
    DayChange,
    LiftChange,
    PlanChange,
)
from zhijian.appointments.queries.supply.impact import impact_of
from zhijian.appointments.specs import GroupSpec, NoShowSpec, PlanSpec
from zhijian.audit.models import AuditEntry
from zhijian.core.clock import now, today
from zhijian.core.workdays import Workdays
from zhijian.organizations.models import Staff
from zhijian.organizations.rules import Post

pytestmark = pytest.mark.django_db

EVERY_DAY = range(1, 8)


@pytest.fixture
def place() -> Place:
    return make_place()


@pytest.fixture
def schedule(place: Place) -> Schedule:
    return make_schedule(place.group)


def _apply(place: Place, change: Change) -> supply.Applied:
    return supply.apply_change(place.manager.actor, change=change, expected=impact_of(change).digest)


def _shape() -> dict[Any, tuple[int, int]]:
    """Open slots and their seats."""
    open_slots = Slot.objects.filter(closed=False)
    return {
        (slot.group_id, slot.item_code, slot.starts_at): (slot.pk, slot.seats.count()) for slot in open_slots
    }


def _closure(
    place: Place, days: int, *, first: int = 0, last: int = 23, group: bool = False
) -> ClosureChange:
    shut = place.group if group else None
    return ClosureChange(place.hall, shut, at(days, first), at(days, last), "消防检修")


def test_the_seeded_calendar_is_that_of_the_rules() -> None:
    from appointments.test_supply_rules import MAKE_UP, REST

    days = Workdays.load().days
    assert {day: days.get(day) for day in REST} == dict.fromkeys(REST, False)
    assert {day: days.get(day) for day in MAKE_UP} == dict.fromkeys(MAKE_UP, True)


# making slots


def test_slots_are_made_a_week_beyond_the_bookable_days(schedule: Schedule) -> None:
    dates = set(Slot.objects.values_list("date", flat=True))
    assert max(dates) == today() + timedelta(days=17)
    slot = slots_on(schedule, 3)[0]
    assert slot.opens_at == at(3 - 10, 8)
    assert slot.closes_at == at(3, 8)
    seats = list(slot.seats.order_by("number").values_list("number", "pool", "booking"))
    assert seats == [(1, "general", None), (2, "general", None), (3, "priority", None), (4, "walk_in", None)]
    assert free(slot) == 2


def test_making_them_again_makes_none(schedule: Schedule) -> None:
    before = (Slot.objects.count(), Seat.objects.count())
    assert supply.open_slots(schedule=schedule) == 0
    assert supply.open_all() == 0
    assert (Slot.objects.count(), Seat.objects.count()) == before


def test_a_deleted_slot_is_made_again_and_no_other(schedule: Schedule) -> None:
    slots_on(schedule, 5)[0].delete()
    assert supply.open_all() == 1


def test_the_next_day_adds_its_slots(schedule: Schedule) -> None:
    with time_machine.travel(now() + timedelta(days=1), tick=False):
        assert supply.open_slots(schedule=schedule) == 2


def test_up_to_a_day(place: Place) -> None:
    schedule = make_schedule(place.group, opened=False)
    supply.open_slots(schedule=schedule, until=today() + timedelta(days=2))
    assert max(Slot.objects.values_list("date", flat=True)) == today() + timedelta(days=2)


def test_slots_of_a_closed_time_are_made_shut(place: Place) -> None:
    Closure.objects.create(hall=place.hall, starts_at=at(2, 0), ends_at=at(2, 23), reason="停电检修")
    schedule = make_schedule(place.group)
    shut = slots_on(schedule, 2)
    assert [slot.closed for slot in shut] == [True, True]
    assert free(shut[0]) == 0
    assert [slot.closed for slot in slots_on(schedule, 3)] == [False, False]


def test_generation_asks_few_questions(schedule: Schedule, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(10):  # savepoint ×2, hall, calendar ×2, closures, slots, plan ×3
        supply.open_slots(schedule=schedule)


# changing a plan


def _proposals() -> dict[str, Callable[[Place, Schedule], Change]]:
    def lines(**values: Any) -> PlanSpec:
        return make_spec([make_line(weekday, **values) for weekday in EVERY_DAY])

    return {
        "more seats": lambda p, s: PlanChange(s, lines(capacity=5)),
        "fewer seats": lambda p, s: PlanChange(s, lines(capacity=1)),
        "other lengths": lambda p, s: PlanChange(s, lines(slot_minutes=20)),
        "one long slot": lambda p, s: PlanChange(s, lines(slot_minutes=60)),
        "no walk-ins": lambda p, s: PlanChange(s, lines(walk_in=0)),
        "some days": lambda p, s: PlanChange(s, make_spec([make_line(d) for d in (1, 3, 5)])),
        "ends soon": lambda p, s: PlanChange(s, make_spec(valid_to=today() + timedelta(days=4))),
        "a longer horizon": lambda p, s: PlanChange(s, make_spec(horizon_days=20)),
        "a shorter horizon": lambda p, s: PlanChange(s, make_spec(horizon_days=2)),
        "only terms": lambda p, s: PlanChange(s, make_spec(hold_minutes=9)),
        "a free day": lambda p, s: DayChange(s, today() + timedelta(days=3), 0, "全员培训"),
        "closed hall": lambda p, s: _closure(p, 3),
        "closed group": lambda p, s: _closure(p, 3, group=True),
        "closed for an hour": lambda p, s: _closure(p, 3, first=9, last=10),
    }


@pytest.mark.parametrize("name", list(_proposals()))
def test_what_is_shown_is_what_is_done(place: Place, schedule: Schedule, name: str) -> None:
    for slot in slots_on(schedule, 3) + slots_on(schedule, 4):
        fill(slot)
    change = _proposals()[name](place, schedule)
    shown, before = impact_of(change), _shape()
    assert _shape() == before, "looking changes nothing"
    supply.apply_change(place.manager.actor, change=change, expected=shown.digest)
    after = _shape()
    assert len(after.keys() - before.keys()) == shown.slots_added
    assert len(before.keys() - after.keys()) == shown.slots_removed
    supply.settle_waiting()
    total = sum(seats for _, seats in _shape().values()) - sum(seats for _, seats in before.values())
    assert total == shown.seats_added - shown.seats_removed
    assert set(Displacement.objects.values_list("booking", flat=True)) == {
        hit.booking.pk for hit in shown.hits
    }
    assert _sound()


@settings(max_examples=8, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_change_of_lines_is_done_as_shown(place: Place, data: st.DataObject) -> None:
    with transaction.atomic():
        _change_at_will(place, data)
        transaction.set_rollback(True)  # the next example begins with nothing


def _change_at_will(place: Place, data: st.DataObject) -> None:
    def lines() -> PlanSpec:
        days = data.draw(st.sets(st.integers(1, 7), min_size=1))
        seats = {name: data.draw(st.integers(0, 3)) for name in ("capacity", "priority", "walk_in")}
        minutes = data.draw(st.sampled_from([10, 15, 20, 30, 60]))
        return make_spec(
            [make_line(day, slot_minutes=minutes, overbook=1, **seats) for day in days], horizon_days=3
        )

    schedule = make_schedule(place.group, lines())
    for slot in schedule.slots.filter(starts_at__gt=at(1, 0), opens_at__lte=now()).order_by("starts_at")[:6]:
        for _ in range(data.draw(st.integers(0, free(slot)))):
            book(slot)
    change = PlanChange(schedule, lines())
    shown, before = impact_of(change), _shape()
    supply.apply_change(place.manager.actor, change=change, expected=shown.digest)
    supply.settle_waiting()
    after = _shape()
    assert len(after.keys() - before.keys()) == shown.slots_added
    assert len(before.keys() - after.keys()) == shown.slots_removed
    gained = sum(seats for _, seats in after.values()) - sum(seats for _, seats in before.values())
    assert gained == shown.seats_added - shown.seats_removed
    assert _sound()
    assert impact_of(PlanChange(schedule, change.spec)).nothing


def _sound() -> bool:
    """Every live booking sits on exactly one seat of its own slot until its end, and its claim agrees."""
    for booking in Booking.objects.filter(state="confirmed").select_related("slot"):
        seat = Seat.objects.get(booking=booking)
        assert seat.slot_id == booking.slot_id
        assert seat.until == booking.slot.ends_at
        assert seat.pool == booking.pool
        assert not booking.slot.closed
        assert Claim.objects.get(booking=booking).until == booking.slot.ends_at
    for booking in Booking.objects.filter(state="cancelled"):
        assert not Seat.objects.filter(booking=booking).exists()
        assert Claim.objects.get(booking=booking).until <= now()
    return True


def test_a_changed_plan_is_stored_and_audited(place: Place, schedule: Schedule) -> None:
    _apply(place, PlanChange(schedule, make_spec([make_line(2, capacity=7)], hold_minutes=8)))
    stored = Schedule.objects.get()
    assert (stored.version, stored.hold_minutes, stored.lines.get().capacity) == (2, 8, 7)
    entry = AuditEntry.objects.get(action="supply.plan_changed")
    assert entry.actor_label.endswith("大厅主管")
    assert entry.facts["version"] == 2


def test_a_new_plan_opens_its_slots_at_once(place: Place) -> None:
    DepartmentFactory(code="ga")
    HallFactory(code="south")
    version = make_published()
    change = PlanChange(Schedule(group=place.group, item_code=version.code), make_spec())
    shown = impact_of(change)
    assert shown.slots_added > 30
    _apply(place, change)
    assert Slot.objects.count() == shown.slots_added
    assert Schedule.objects.get().lines.count() == 7


def test_a_new_plan_is_for_an_item_in_force(place: Place) -> None:
    change = PlanChange(Schedule(group=place.group, item_code="nothing"), make_spec())
    with pytest.raises(errors.SupplyWrong) as refused:
        _apply(place, change)
    assert [fault.path for fault in refused.value.fields] == ["/item_code"]
    assert not Schedule.objects.exists()


@pytest.mark.parametrize(
    ("spec", "path"),
    [
        (make_spec([]), "/lines"),
        (make_spec([make_line(1), make_line(1, starts="09:30", ends="11:00")]), "/lines/1"),
        (make_spec([make_line(1, capacity=0, priority=0, walk_in=0)]), "/lines/0"),
        (make_spec([make_line(1, ends="09:00")]), "/lines/0"),
        (make_spec(valid_from=date(2026, 5, 1), valid_to=date(2026, 4, 1)), "/valid_to"),
    ],
)
def test_a_wrong_plan_is_refused_by_the_row(
    place: Place, schedule: Schedule, spec: PlanSpec, path: str
) -> None:
    with pytest.raises(errors.SupplyWrong) as refused:
        _apply(place, PlanChange(schedule, spec))
    assert [fault.path for fault in refused.value.fields] == [path]
    assert Schedule.objects.get().version == 1


def test_two_plans_of_one_item_do_not_overlap(place: Place) -> None:
    make_schedule(place.group, make_spec(valid_to=date(2026, 6, 30)), opened=False)
    later = make_schedule(place.group, make_spec(valid_from=date(2026, 7, 1)), opened=False)
    with pytest.raises(errors.PlanOverlaps):
        _apply(place, PlanChange(later, make_spec(valid_from=date(2026, 6, 30))))


def test_what_has_changed_since_it_was_shown_is_not_done(place: Place, schedule: Schedule) -> None:
    change = _closure(place, 3)
    shown = impact_of(change)
    book(slots_on(schedule, 3)[0])
    with pytest.raises(errors.ImpactChanged):
        supply.apply_change(place.manager.actor, change=change, expected=shown.digest)
    assert not Closure.objects.exists()
    assert not Slot.objects.filter(closed=True).exists()
    assert free(slots_on(schedule, 3)[0]) == 1


def test_a_plan_that_somebody_else_changed_meanwhile_is_not_overwritten(
    place: Place, schedule: Schedule
) -> None:
    mine = PlanChange(schedule, make_spec(hold_minutes=7))
    shown = impact_of(mine)
    _apply(place, PlanChange(schedule, make_spec(hold_minutes=9)))
    with pytest.raises(errors.ImpactChanged):
        supply.apply_change(place.manager.actor, change=mine, expected=shown.digest)
    assert Schedule.objects.get().hold_minutes == 9


def test_seats_added_by_hand_stay_when_the_plan_changes(place: Place, schedule: Schedule) -> None:
    slot = slots_on(schedule, 3)[0]
    supply.add_capacity(place.manager.actor, slot=slot, pool="general", count=3)
    _apply(place, PlanChange(schedule, make_spec([make_line(day, capacity=3) for day in EVERY_DAY])))
    assert free(slot) == 6
    assert free(slots_on(schedule, 3)[1]) == 3


def test_a_slot_that_comes_back_is_the_same_row(place: Place, schedule: Schedule) -> None:
    slot = slots_on(schedule, 3)[0]
    _apply(place, PlanChange(schedule, make_spec([make_line(day, starts="09:30") for day in EVERY_DAY])))
    assert Slot.objects.get(pk=slot.pk).closed
    assert free(slot) == 0
    _apply(place, PlanChange(schedule, make_spec()))
    assert not Slot.objects.get(pk=slot.pk).closed
    assert free(slot) == 2


def test_a_shorter_plan_moves_whoever_booked_last(place: Place, schedule: Schedule) -> None:
    slot = slots_on(schedule, 3)[0]
    first, last = fill(slot)
    change = PlanChange(schedule, make_spec([make_line(day, capacity=1) for day in EVERY_DAY]))
    assert [hit.booking for hit in impact_of(change).hits] == [last]
    _apply(place, change)
    assert supply.settle_waiting() == {"moved": 1}
    first.refresh_from_db()
    last.refresh_from_db()
    assert first.slot == slot
    assert last.slot == slots_on(schedule, 3)[1]
    assert Seat.objects.filter(slot=slot, pool="general").count() == 1


# moving people


def test_people_go_to_the_nearest_free_slot_of_their_group(place: Place, schedule: Schedule) -> None:
    booked = book(slots_on(schedule, 3)[1])
    for slot in slots_on(schedule, 4):
        fill(slot)
    _apply(place, _closure(place, 3))
    assert supply.settle_waiting() == {"moved": 1}
    booked.refresh_from_db()
    assert booked.slot.starts_at == at(2, 9, 30)  # the day after is full
    assert (booked.state, booked.reason) == ("confirmed", "消防检修")
    assert _sound()
    assert (
        AuditEntry.objects.filter(action="booking.rebooked", actor_key=place.manager.public_id).count() == 1
    )


def test_then_to_another_hall_that_offers_the_item(place: Place, schedule: Schedule) -> None:
    booked = book(slots_on(schedule, 3)[0])
    other = make_place("south")
    elsewhere = make_schedule(other.group)
    _apply(place, ClosureChange(place.hall, None, now(), at(30, 0), "大厅搬迁"))
    assert supply.settle_waiting() == {"moved": 1}
    booked.refresh_from_db()
    assert booked.slot == slots_on(elsewhere, 3)[0]


def test_without_a_place_the_booking_is_cancelled_with_the_reason(place: Place, schedule: Schedule) -> None:
    booked = book(slots_on(schedule, 3)[0])
    _apply(place, ClosureChange(place.hall, None, now(), at(30, 0), "大厅搬迁"))
    assert supply.settle_waiting() == {"cancelled": 1}
    booked.refresh_from_db()
    assert (booked.state, booked.reason) == ("cancelled", "大厅搬迁")
    assert _sound()


def test_a_hold_is_dropped_and_an_arrived_person_stays(place: Place, schedule: Schedule) -> None:
    slot = slots_on(schedule, 3)[0]
    held, arrived = book(slot, state="held"), book(slot)
    Booking.objects.filter(pk=arrived.pk).update(state="arrived")
    shown = impact_of(_closure(place, 3))
    assert [hit.booking for hit in shown.hits] == [held]
    _apply(place, _closure(place, 3))
    assert supply.settle_waiting() == {"cancelled": 1}
    arrived.refresh_from_db()
    assert (arrived.state, arrived.slot) == ("arrived", slot)


def test_an_expired_hold_is_nobodys(place: Place, schedule: Schedule) -> None:
    book(slots_on(schedule, 3)[0], state="held")
    with time_machine.travel(now() + timedelta(minutes=6), tick=False):
        assert impact_of(_closure(place, 3)).hits == ()


def test_an_ordinary_booking_never_gets_a_priority_seat(place: Place, schedule: Schedule) -> None:
    ordinary = book(slots_on(schedule, 3)[0])
    elder = book(slots_on(schedule, 3)[0], pool="priority")
    for slot in schedule.slots.exclude(date=today() + timedelta(days=3)):
        Seat.objects.filter(slot=slot, pool="general").update(until=slot.ends_at)
    _apply(place, _closure(place, 3))
    assert supply.settle_waiting() == {"moved": 1, "cancelled": 1}
    ordinary.refresh_from_db()
    elder.refresh_from_db()
    assert (ordinary.state, elder.state, elder.pool) == ("cancelled", "confirmed", "priority")


def test_an_elder_may_get_an_ordinary_seat(place: Place, schedule: Schedule) -> None:
    elder = book(slots_on(schedule, 3)[0], pool="priority")
    for slot in schedule.slots.exclude(date=today() + timedelta(days=3)):
        Seat.objects.filter(slot=slot, pool="priority").update(until=slot.ends_at)
    _apply(place, _closure(place, 3))
    supply.settle_waiting()
    elder.refresh_from_db()
    assert (elder.state, elder.pool) == ("confirmed", "general")


def test_settling_again_moves_nobody_twice(place: Place, schedule: Schedule) -> None:
    for slot in slots_on(schedule, 3):
        fill(slot)
    _apply(place, _closure(place, 3))
    assert supply.settle_waiting(limit=1) == {"moved": 1}
    assert supply.settle_waiting() == {"moved": 3}
    assert supply.settle_waiting() == {}
    assert _sound()


def test_lifted_before_it_was_settled_keeps_people_where_they_are(place: Place, schedule: Schedule) -> None:
    booked = book(slots_on(schedule, 3)[0])
    _apply(place, _closure(place, 3))
    _apply(place, LiftChange(Closure.objects.get()))
    assert supply.settle_waiting() == {"kept": 1}
    booked.refresh_from_db()
    assert booked.slot == slots_on(schedule, 3)[0]
    assert _sound()


def test_the_event_moves_people_in_the_background(place: Place, schedule: Schedule, run_tasks: Any) -> None:
    booked = book(slots_on(schedule, 3)[0])
    _apply(place, _closure(place, 3))
    assert run_tasks() == 1
    booked.refresh_from_db()
    assert booked.slot.date != today() + timedelta(days=3)


def test_a_seat_given_up_and_taken_again_still_goes(place: Place, schedule: Schedule) -> None:
    """Fewer seats, and before the last one is moved they cancel and somebody else takes the seat."""
    slot = slots_on(schedule, 3)[0]
    stays, last = fill(slot)
    _apply(place, PlanChange(schedule, make_spec([make_line(day, capacity=1) for day in EVERY_DAY])))
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
    _apply(place, _closure(place, 3))
    _apply(place, LiftChange(Closure.objects.get()))
    _apply(place, PlanChange(schedule, make_spec([make_line(day, capacity=1) for day in EVERY_DAY])))
    assert supply.settle_waiting() == {"moved": 1, "kept": 1}
    assert Seat.objects.filter(slot=slot, pool="general").count() == 1
    assert _sound()


# closures


def test_a_closure_of_an_hour_closes_what_it_touches(place: Place, schedule: Schedule) -> None:
    _apply(place, ClosureChange(place.hall, None, at(3, 9, 15), at(3, 9, 20), "系统升级"))
    assert [slot.closed for slot in slots_on(schedule, 3)] == [True, False]


def test_a_groups_closure_leaves_the_others_open(place: Place, schedule: Schedule) -> None:
    other = make_schedule(make_group(place.hall, place.department, code="other", prefix="B"))
    _apply(place, _closure(place, 3, group=True))
    assert all(slot.closed for slot in slots_on(schedule, 3))
    assert not any(slot.closed for slot in slots_on(other, 3))


def test_lifting_opens_the_slots_again(place: Place, schedule: Schedule) -> None:
    before = _shape()
    _apply(place, _closure(place, 3))
    change = LiftChange(Closure.objects.get())
    assert impact_of(change).slots_added == 2
    _apply(place, change)
    assert _shape() == before
    assert free(slots_on(schedule, 3)[0]) == 2
    with pytest.raises(errors.ClosureLifted):
        _apply(place, change)


def test_lifting_one_of_two_closures_keeps_the_other(place: Place, schedule: Schedule) -> None:
    _apply(place, _closure(place, 3))
    _apply(place, _closure(place, 3, group=True))
    _apply(place, LiftChange(Closure.objects.get(group=None)))
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
        _apply(place, change)
    assert [fault.path for fault in refused.value.fields] == [path]


# special days


def test_a_special_day_takes_other_lines_and_goes_back(place: Place) -> None:
    day = today() + timedelta(days=3)
    spec = make_spec([make_line(d) for d in EVERY_DAY if d != day.isoweekday()] + [])
    schedule = make_schedule(place.group, spec)
    assert slots_on(schedule, 3) == []
    other = day.isoweekday() % 7 + 1
    _apply(place, DayChange(schedule, day, other, "加开一天"))
    assert len(slots_on(schedule, 3)) == 2
    _apply(place, DayChange(schedule, day, None, "恢复正常"))
    assert [slot.closed for slot in slots_on(schedule, 3)] == [True, True]


# capacity


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
    _apply(place, _closure(place, 3))
    with pytest.raises(errors.SlotClosed):
        supply.add_capacity(place.manager.actor, slot=slot, pool="general", count=1)


# groups, counters, rules


def _group(**values: Any) -> GroupSpec:
    return GroupSpec.model_validate({"code": "id", "name": "身份证", "prefix": "B"} | values)


def test_groups_and_counters(place: Place) -> None:
    actor = place.manager.actor
    group = supply.save_group(actor, hall=place.hall, department=place.department, spec=_group())
    changed = supply.save_group(
        actor, hall=place.hall, department=place.department, spec=_group(name="身份证办理"), group=group
    )
    assert (changed.pk, changed.name) == (group.pk, "身份证办理")
    counter = supply.save_counter(actor, hall=place.hall, number=" 8 ", groups=[group, place.group])
    assert counter.number == "8"
    supply.save_counter(actor, hall=place.hall, number="9", groups=[group], counter=counter)
    assert list(counter.groups.all()) == [group]
    with pytest.raises(errors.GroupTaken):
        supply.save_counter(actor, hall=place.hall, number="9", groups=[])
    with pytest.raises(errors.GroupTaken):
        supply.save_group(
            actor, hall=place.hall, department=place.department, spec=_group(prefix="A", code="x")
        )
    other = make_place("south")
    with pytest.raises(errors.SupplyWrong):
        supply.save_counter(actor, hall=place.hall, number="10", groups=[other.group])


def test_the_halls_own_no_show_rule(place: Place) -> None:
    actor = place.manager.actor
    supply.set_no_show_rule(
        actor, hall=place.hall, spec=NoShowSpec(misses=3, within_days=90, blocked_days=30)
    )
    supply.set_no_show_rule(
        actor, hall=place.hall, spec=NoShowSpec(misses=2, within_days=60, blocked_days=15)
    )
    assert NoShowRule.objects.get().misses == 2
    supply.set_no_show_rule(actor, hall=place.hall, spec=None)
    assert not NoShowRule.objects.exists()


# who may


def _acts(place: Place, schedule: Schedule) -> dict[str, Callable[[Staff], Any]]:
    slot = slots_on(schedule, 3)[0]

    def applying(change: Change) -> Callable[[Staff], Any]:
        return lambda staff: supply.apply_change(
            staff.actor, change=change, expected=impact_of(change).digest
        )

    closure = Closure.objects.create(hall=place.hall, starts_at=at(5, 0), ends_at=at(6, 0), reason="检修")
    return {
        "plan": applying(PlanChange(schedule, make_spec(hold_minutes=6))),
        "day": applying(DayChange(schedule, today() + timedelta(days=2), 0, "培训")),
        "close group": applying(_closure(place, 4, group=True)),
        "more": lambda staff: supply.add_capacity(staff.actor, slot=slot, pool="general", count=1),
        "fewer": lambda staff: supply.remove_capacity(staff.actor, slot=slot, pool="general", count=1),
        "group": lambda staff: supply.save_group(
            staff.actor,
            hall=place.hall,
            department=place.department,
            spec=_group(code="marriage", prefix="A"),
            group=place.group,
        ),
        "close hall": applying(_closure(place, 3)),
        "lift": applying(LiftChange(closure)),
        "new group": lambda staff: supply.save_group(
            staff.actor, hall=place.hall, department=place.department, spec=_group()
        ),
        "counter": lambda staff: supply.save_counter(staff.actor, hall=place.hall, number="7", groups=[]),
        "misses": lambda staff: supply.set_no_show_rule(staff.actor, hall=place.hall, spec=None),
    }


GROUPS_OWN = {"plan", "day", "close group", "more", "fewer", "group"}
"""What the manager of a department may do with its own group in somebody else's hall."""


@pytest.mark.parametrize("post", list(Post))
@pytest.mark.parametrize("own", [True, False])
def test_who_may_do_what(place: Place, schedule: Schedule, post: Post, own: bool) -> None:
    department = place.department if own else DepartmentFactory()
    staff = StaffFactory(department=department, posts=[post])
    allowed = GROUPS_OWN if own and post is Post.HALL_MANAGER else set()
    done = set()
    for name, act in _acts(place, schedule).items():
        try:
            act(staff)
        except errors.OutOfScope as refused:
            refused.tell()
        else:
            done.add(name)
    assert done == allowed
    refused_count = AuditEntry.objects.filter(action="supply.out_of_scope", outcome="refused").count()
    assert refused_count == len(_acts(place, schedule)) - len(allowed)


def test_the_regions_manager_may_do_everything(place: Place, schedule: Schedule) -> None:
    for act in _acts(place, schedule).values():
        act(place.manager)


def test_a_citizen_and_who_has_left_may_do_nothing(place: Place, schedule: Schedule) -> None:
    slot = slots_on(schedule, 3)[0]
    person = book(slot).citizen
    with pytest.raises(errors.OutOfScope):
        supply.add_capacity(person.actor, slot=slot, pool="general", count=1)
    Staff.objects.filter(pk=place.manager.pk).update(is_active=False)
    with pytest.raises(errors.OutOfScope):
        supply.add_capacity(place.manager.actor, slot=slot, pool="general", count=1)


def test_showing_a_closure_asks_few_questions(
    place: Place, schedule: Schedule, django_assert_num_queries: Any
) -> None:
    for n in range(5):
        make_schedule(make_group(place.hall, place.department, code=f"g{n}", prefix="BCDEF"[n]))
    for slot in slots_on(schedule, 3):
        fill(slot)
    change = _closure(place, 3)
    with django_assert_num_queries(10):
        assert len(impact_of(change).hits) == 4
    assert schedule.item_code == ITEM
