"""Groups and counters, and every act of supply by every post."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from appointments.supply_factories import (
    Place,
    at,
    book,
    closure,
    make_place,
    make_schedule,
    make_spec,
    slots_on,
)
from organizations.factories import DepartmentFactory, StaffFactory

from zhijian.appointments import errors
from zhijian.appointments.actions import supply
from zhijian.appointments.models import (
    Closure,
    NoShowRule,
    Schedule,
)
from zhijian.appointments.queries.supply.changes import (
    Change,
    DayChange,
    LiftChange,
    PlanChange,
)
from zhijian.appointments.queries.supply.impact import impact_of
from zhijian.appointments.specs import GroupSpec, NoShowSpec
from zhijian.audit.models import AuditEntry
from zhijian.core.clock import today
from zhijian.organizations.models import Staff
from zhijian.organizations.rules import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    return make_place()


@pytest.fixture
def schedule(place: Place) -> Schedule:
    return make_schedule(place.group)


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


def _acts(place: Place, schedule: Schedule) -> dict[str, Callable[[Staff], Any]]:
    slot = slots_on(schedule, 3)[0]

    def applying(change: Change) -> Callable[[Staff], Any]:
        return lambda staff: supply.apply_change(
            staff.actor, change=change, expected=impact_of(change).digest
        )

    shut = Closure.objects.create(hall=place.hall, starts_at=at(5, 0), ends_at=at(6, 0), reason="检修")
    return {
        "plan": applying(PlanChange(schedule, make_spec(hold_minutes=6))),
        "day": applying(DayChange(schedule, today() + timedelta(days=2), 0, "培训")),
        "close group": applying(closure(place, 4, group=True)),
        "more": lambda staff: supply.add_capacity(staff.actor, slot=slot, pool="general", count=1),
        "fewer": lambda staff: supply.remove_capacity(staff.actor, slot=slot, pool="general", count=1),
        "group": lambda staff: supply.save_group(
            staff.actor,
            hall=place.hall,
            department=place.department,
            spec=_group(code="marriage", prefix="A"),
            group=place.group,
        ),
        "close hall": applying(closure(place, 3)),
        "lift": applying(LiftChange(shut)),
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
