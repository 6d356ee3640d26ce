"""A changed plan does what was shown, or nothing."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from appointments.supply_factories import (
    EVERY_DAY,
    Place,
    apply,
    at,
    book,
    closure,
    fill,
    free,
    make_line,
    make_place,
    make_schedule,
    make_spec,
    shape,
    slots_on,
    sound,
)
from catalog.factories import make_published
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from organizations.factories import DepartmentFactory, HallFactory

from zhijian.appointments import errors
from zhijian.appointments.actions import supply
from zhijian.appointments.models import (
    Closure,
    Displacement,
    Schedule,
    Seat,
    Slot,
)
from zhijian.appointments.queries.supply.changes import (
    Change,
    DayChange,
    PlanChange,
)
from zhijian.appointments.queries.supply.impact import impact_of
from zhijian.appointments.specs import PlanSpec
from zhijian.audit.models import AuditEntry
from zhijian.core.clock import now, today

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    return make_place()


@pytest.fixture
def schedule(place: Place) -> Schedule:
    return make_schedule(place.group)


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
        "closed hall": lambda p, s: closure(p, 3),
        "closed group": lambda p, s: closure(p, 3, group=True),
        "closed for an hour": lambda p, s: closure(p, 3, first=9, last=10),
    }


@pytest.mark.parametrize("name", list(_proposals()))
def test_what_is_shown_is_what_is_done(place: Place, schedule: Schedule, name: str) -> None:
    for slot in slots_on(schedule, 3) + slots_on(schedule, 4):
        fill(slot)
    change = _proposals()[name](place, schedule)
    shown, before = impact_of(change), shape()
    assert shape() == before, "looking changes nothing"
    supply.apply_change(place.manager.actor, change=change, expected=shown.digest)
    after = shape()
    assert len(after.keys() - before.keys()) == shown.slots_added
    assert len(before.keys() - after.keys()) == shown.slots_removed
    supply.settle_waiting()
    total = sum(seats for _, seats in shape().values()) - sum(seats for _, seats in before.values())
    assert total == shown.seats_added - shown.seats_removed
    assert set(Displacement.objects.values_list("booking", flat=True)) == {
        hit.booking.pk for hit in shown.hits
    }
    assert sound()


@settings(max_examples=8, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
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
    shown, before = impact_of(change), shape()
    supply.apply_change(place.manager.actor, change=change, expected=shown.digest)
    supply.settle_waiting()
    after = shape()
    assert len(after.keys() - before.keys()) == shown.slots_added
    assert len(before.keys() - after.keys()) == shown.slots_removed
    gained = sum(seats for _, seats in after.values()) - sum(seats for _, seats in before.values())
    assert gained == shown.seats_added - shown.seats_removed
    assert sound()
    assert impact_of(PlanChange(schedule, change.spec)).nothing


def test_a_changed_plan_is_stored_and_audited(place: Place, schedule: Schedule) -> None:
    apply(place, PlanChange(schedule, make_spec([make_line(2, capacity=7)], hold_minutes=8)))
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
    apply(place, change)
    assert Slot.objects.count() == shown.slots_added
    assert Schedule.objects.get().lines.count() == 7


def test_a_new_plan_is_for_an_item_in_force(place: Place) -> None:
    change = PlanChange(Schedule(group=place.group, item_code="nothing"), make_spec())
    with pytest.raises(errors.SupplyWrong) as refused:
        apply(place, change)
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
        apply(place, PlanChange(schedule, spec))
    assert [fault.path for fault in refused.value.fields] == [path]
    assert Schedule.objects.get().version == 1


def test_two_plans_of_one_item_do_not_overlap(place: Place) -> None:
    make_schedule(place.group, make_spec(valid_to=date(2026, 6, 30)), opened=False)
    later = make_schedule(place.group, make_spec(valid_from=date(2026, 7, 1)), opened=False)
    with pytest.raises(errors.PlanOverlaps):
        apply(place, PlanChange(later, make_spec(valid_from=date(2026, 6, 30))))


def test_what_has_changed_since_it_was_shown_is_not_done(place: Place, schedule: Schedule) -> None:
    change = closure(place, 3)
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
    apply(place, PlanChange(schedule, make_spec(hold_minutes=9)))
    with pytest.raises(errors.ImpactChanged):
        supply.apply_change(place.manager.actor, change=mine, expected=shown.digest)
    assert Schedule.objects.get().hold_minutes == 9


def test_seats_added_by_hand_stay_when_the_plan_changes(place: Place, schedule: Schedule) -> None:
    slot = slots_on(schedule, 3)[0]
    supply.add_capacity(place.manager.actor, slot=slot, pool="general", count=3)
    apply(place, PlanChange(schedule, make_spec([make_line(day, capacity=3) for day in EVERY_DAY])))
    assert free(slot) == 6
    assert free(slots_on(schedule, 3)[1]) == 3


def test_a_slot_that_comes_back_is_the_same_row(place: Place, schedule: Schedule) -> None:
    slot = slots_on(schedule, 3)[0]
    apply(place, PlanChange(schedule, make_spec([make_line(day, starts="09:30") for day in EVERY_DAY])))
    assert Slot.objects.get(pk=slot.pk).closed
    assert free(slot) == 0
    apply(place, PlanChange(schedule, make_spec()))
    assert not Slot.objects.get(pk=slot.pk).closed
    assert free(slot) == 2


def test_a_shorter_plan_moves_whoever_booked_last(place: Place, schedule: Schedule) -> None:
    slot = slots_on(schedule, 3)[0]
    first, last = fill(slot)
    change = PlanChange(schedule, make_spec([make_line(day, capacity=1) for day in EVERY_DAY]))
    assert [hit.booking for hit in impact_of(change).hits] == [last]
    apply(place, change)
    assert supply.settle_waiting() == {"moved": 1}
    first.refresh_from_db()
    last.refresh_from_db()
    assert first.slot == slot
    assert last.slot == slots_on(schedule, 3)[1]
    assert Seat.objects.filter(slot=slot, pool="general").count() == 1
