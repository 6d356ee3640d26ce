"""Halls that offer slots, and people who booked them."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from identity.factories import CitizenFactory
from organizations.factories import DepartmentFactory, HallFactory, RegionFactory, StaffFactory

from zhijian.appointments.actions import supply
from zhijian.appointments.actions.reservation import Wanted, reserve
from zhijian.appointments.actions.supply import open_slots
from zhijian.appointments.models import Booking, Claim, CounterGroup, Schedule, ScheduleLine, Seat, Slot
from zhijian.appointments.queries.supply.changes import Change, ClosureChange
from zhijian.appointments.queries.supply.impact import impact_of
from zhijian.appointments.specs import PlanSpec
from zhijian.core.actor import SYSTEM
from zhijian.core.clock import now, today
from zhijian.core.zone import CHINA
from zhijian.organizations.actions import grant_post
from zhijian.organizations.models import Department, Hall, Region, Staff
from zhijian.organizations.rules import Post

ITEM = "990100MZ0011000"


@dataclass
class Place:
    region: Region
    department: Department
    hall: Hall
    group: CounterGroup
    manager: Staff


def make_place(code: str = "city") -> Place:
    region = RegionFactory()
    department = DepartmentFactory(region=region)
    hall = HallFactory(code=code, region=region)
    manager = StaffFactory(department=department)
    grant_post(SYSTEM, staff=manager, post=Post.HALL_MANAGER, region=region)
    return Place(region, department, hall, make_group(hall, department), manager)


def make_group(
    hall: Hall, department: Department, *, code: str = "marriage", prefix: str = "A"
) -> CounterGroup:
    return CounterGroup.objects.create(
        hall=hall, department=department, code=code, name="婚姻登记", prefix=prefix
    )


def make_line(weekday: int = 1, **values: Any) -> dict[str, Any]:
    return {
        "weekday": weekday,
        "starts": time(9),
        "ends": time(10),
        "slot_minutes": 30,
        "capacity": 2,
        "priority": 1,
        "walk_in": 1,
    } | values


def make_spec(lines: list[dict[str, Any]] | None = None, **terms: Any) -> PlanSpec:
    """By default two slots every day of the week, whatever the calendar says: tests run on any day."""
    values = {"valid_from": date(2026, 1, 1), "horizon_days": 10, "follows_calendar": False} | terms
    lines = [make_line(weekday) for weekday in range(1, 8)] if lines is None else lines
    return PlanSpec.model_validate(values | {"lines": lines})


def make_schedule(
    group: CounterGroup, spec: PlanSpec | None = None, *, item: str = ITEM, opened: bool = True
) -> Schedule:
    spec = spec or make_spec()
    schedule = Schedule.objects.create(group=group, item_code=item, **spec.terms())
    ScheduleLine.objects.bulk_create(
        ScheduleLine(schedule=schedule, **line.model_dump()) for line in spec.lines
    )
    if opened:
        open_slots(schedule=schedule)
    return schedule


def slots_on(schedule: Schedule, days: int) -> list[Slot]:
    """The slots ``days`` from today, in the order of time."""
    day = today() + timedelta(days=days)
    return list(
        Slot.objects.filter(group=schedule.group, item_code=schedule.item_code, date=day).order_by(
            "starts_at"
        )
    )


def at(days: int, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(today() + timedelta(days=days), time(hour, minute), CHINA)


def book(slot: Slot, *, state: str = "confirmed", pool: str = "general") -> Booking:
    """A booking by somebody new, made by the one statement that reserves."""
    citizen = CitizenFactory(real_named=True)
    moment = now()
    hold_until = None if state == "confirmed" else moment + timedelta(minutes=5)
    wanted = Wanted(
        citizen.pk, citizen.pk, slot.pk, (pool,), moment, hold_until=hold_until, key=citizen.public_id
    )
    made = reserve(wanted)
    assert made is not None
    return Booking.objects.get(pk=made)


def fill(slot: Slot, *, pool: str = "general") -> list[Booking]:
    return [book(slot, pool=pool) for _ in range(free(slot, pool))]


def free(slot: Slot, pool: str = "general") -> int:
    return Seat.objects.filter(slot=slot, pool=pool, until__lte=now()).count()


EVERY_DAY = range(1, 8)


def apply(place: Place, change: Change) -> supply.Applied:
    """Show, then do."""
    return supply.apply_change(place.manager.actor, change=change, expected=impact_of(change).digest)


def closure(place: Place, days: int, *, first: int = 0, last: int = 23, group: bool = False) -> ClosureChange:
    shut = place.group if group else None
    return ClosureChange(place.hall, shut, at(days, first), at(days, last), "消防检修")


def shape() -> dict[Any, tuple[int, int]]:
    """Open slots and their seats."""
    open_slots = Slot.objects.filter(closed=False)
    return {
        (slot.group_id, slot.item_code, slot.starts_at): (slot.pk, slot.seats.count()) for slot in open_slots
    }


def sound() -> bool:
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
