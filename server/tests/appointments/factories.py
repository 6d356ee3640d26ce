"""Halls with counters, slots with seats, and bookings in every state. Usable by other domains' tests."""

import itertools
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from cases.factories import World, make_world
from identity.factories import CitizenFactory

from zhijian.appointments import actions
from zhijian.appointments.models import Booking, Counter, CounterGroup, Schedule, ScheduleLine, Seat, Slot
from zhijian.appointments.rules.states import Pool
from zhijian.core.clock import now
from zhijian.core.zone import CHINA
from zhijian.identity.models import Citizen
from zhijian.organizations.models import Department, Hall

_serial = itertools.count(100)


@dataclass
class Desk:
    """A counter group of the hall ``city`` that offers the item of the world."""

    world: World
    hall: Hall
    group: CounterGroup
    schedule: Schedule

    @property
    def item_code(self) -> str:
        return self.schedule.item_code

    def slot(self, *, general: int = 1, priority: int = 0, walk_in: int = 0, **changes: Any) -> Slot:
        return make_slot(self.schedule, general=general, priority=priority, walk_in=walk_in, **changes)


def make_desk(**changes: Any) -> Desk:
    world = make_world()
    return desk_in(world, Hall.objects.get(code="city"), **changes)


def desk_in(world: World, hall: Hall, **changes: Any) -> Desk:
    """One more group of ``hall`` for the same item."""
    group = make_group(hall, world.office.department)
    Counter.objects.create(hall=hall, number=f"A{next(_serial)}").groups.add(group)
    return Desk(world, hall, group, make_schedule(group, world.version.code, **changes))


def make_group(hall: Hall, department: Department, **changes: Any) -> CounterGroup:
    prefix = chr(ord("A") + hall.counter_groups.count())
    values = {"code": f"group{prefix.lower()}", "name": f"综合窗口{prefix}", "prefix": prefix}
    return CounterGroup.objects.create(hall=hall, department=department, **(values | changes))


def make_schedule(group: CounterGroup, item_code: str, **changes: Any) -> Schedule:
    values: dict[str, Any] = {"valid_from": date(2026, 1, 1), "release_at": time(8, 0)}
    schedule = Schedule.objects.create(group=group, item_code=item_code, **(values | changes))
    ScheduleLine.objects.create(
        schedule=schedule, weekday=1, starts=time(9), ends=time(12), slot_minutes=30, capacity=4
    )
    return schedule


def make_slot(
    schedule: Schedule,
    *,
    general: int = 1,
    priority: int = 0,
    walk_in: int = 0,
    starts_at: datetime | None = None,
    minutes: int = 30,
    **changes: Any,
) -> Slot:
    """A slot that can be booked now, the day after tomorrow by default, each at a time of its own."""
    if starts_at is None:
        day = now().date() + timedelta(days=2)
        begin = datetime.combine(day, time(9), CHINA)
        starts_at = begin + timedelta(minutes=minutes * schedule.slots.filter(date=day).count())
    values: dict[str, Any] = {
        "date": starts_at.astimezone(CHINA).date(),
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=minutes),
        "opens_at": now() - timedelta(days=1),
        "closes_at": starts_at - timedelta(minutes=60),
    }
    slot = Slot.objects.create(
        schedule=schedule, group=schedule.group, item_code=schedule.item_code, **(values | changes)
    )
    pools = [Pool.GENERAL] * general + [Pool.PRIORITY] * priority + [Pool.WALK_IN] * walk_in
    Seat.objects.bulk_create(
        Seat(slot=slot, number=number, pool=pool, until=now() - timedelta(seconds=1))
        for number, pool in enumerate(pools, start=1)
    )
    return slot


def make_person(**changes: Any) -> Citizen:
    citizen: Citizen = CitizenFactory(real_named=True, **changes)
    return citizen


def make_elder() -> Citizen:
    from identity.factories import id_number

    number = id_number(next(_serial) % 900 + 50, born="19480305")
    return make_person(id_number=number)


def held(slot: Slot, citizen: Citizen | None = None, **details: Any) -> Booking:
    person = citizen or make_person()
    return actions.hold(person.actor, citizen=person, booked_by=person, slot=slot, **details)


def booked(slot: Slot, citizen: Citizen | None = None, **details: Any) -> Booking:
    booking = held(slot, citizen, **details)
    return actions.confirm(booking.citizen.actor, booking=booking)


def live(slot: Slot) -> int:
    """Seats that are taken now."""
    return slot.seats.filter(until__gt=now()).count()
