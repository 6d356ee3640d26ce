"""A hall on its day: groups, counters with people at them, slots with seats, bookings, tickets."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from django.test import Client
from identity.factories import CitizenFactory
from organizations.factories import DepartmentFactory, HallFactory, StaffFactory

from zhijian.appointments.actions import day as actions
from zhijian.appointments.models import (
    Booking,
    Counter,
    CounterGroup,
    Schedule,
    Seat,
    Slot,
    Visit,
)
from zhijian.appointments.rules.states import BookingState, Pool
from zhijian.core.actor import SYSTEM
from zhijian.core.clock import now
from zhijian.core.zone import CHINA
from zhijian.identity.models import Citizen
from zhijian.organizations.actions import grant_post
from zhijian.organizations.models import Department, Hall, Staff
from zhijian.organizations.rules import Post

ITEM = "990100000709002001"
PLACE = (30.1200, 120.3400)


@dataclass
class World:
    hall: Hall
    department: Department
    group: CounterGroup
    slot: Slot
    counters: list[Counter] = field(default_factory=list)
    officers: list[Staff] = field(default_factory=list)

    @property
    def counter(self) -> Counter:
        return self.counters[0]

    @property
    def officer(self) -> Staff:
        return self.officers[0]


def make_group(hall: Hall, department: Department, *, prefix: str = "A", **fields: Any) -> CounterGroup:
    return CounterGroup.objects.create(
        hall=hall,
        department=department,
        code=f"group-{prefix.lower()}",
        name=f"{prefix}类综合窗口",
        prefix=prefix,
        **fields,
    )


def make_slot(
    group: CounterGroup,
    *,
    starts: datetime | None = None,
    seats: int = 4,
    walk_in: int = 50,
    item: str = ITEM,
) -> Slot:
    """Half an hour from ``starts`` (now); ``walk_in`` numbers for who comes without a booking."""
    begins = (starts or now()).replace(second=0, microsecond=0)
    schedule, _ = Schedule.objects.get_or_create(
        group=group,
        item_code=item,
        defaults={"valid_from": begins.date() - timedelta(days=60), "release_at": time(8)},
    )
    slot = Slot.objects.create(
        schedule=schedule,
        group=group,
        item_code=item,
        date=begins.astimezone(CHINA).date(),
        starts_at=begins,
        ends_at=begins + timedelta(minutes=30),
        opens_at=begins - timedelta(days=14),
        closes_at=begins - timedelta(minutes=1),
    )
    pools = [Pool.GENERAL] * seats + [Pool.WALK_IN] * walk_in
    Seat.objects.bulk_create(
        Seat(slot=slot, number=number, pool=pool, until=begins - timedelta(days=15))
        for number, pool in enumerate(pools)
    )
    return slot


def add_counter(world: World, *, opened: bool = True) -> Counter:
    number = str(len(world.counters) + 1)
    counter = Counter.objects.create(hall=world.hall, number=number)
    counter.groups.add(world.group)
    officer = StaffFactory(department=world.department, posts=[Post.WINDOW_OFFICER])
    if opened:
        actions.open_counter(officer.actor, counter=counter, staff=officer)
    world.counters.append(counter)
    world.officers.append(officer)
    return counter


def make_world(*, counters: int = 1, **group: Any) -> World:
    hall = HallFactory(code="city", name="市民大厅", latitude=PLACE[0], longitude=PLACE[1])
    department = DepartmentFactory(code="ga", region=hall.region)
    made = make_group(hall, department, **group)
    world = World(hall, department, made, make_slot(made))
    for _ in range(counters):
        add_counter(world)
    return world


def make_manager(world: World) -> Staff:
    staff = StaffFactory(department=world.department)
    grant_post(SYSTEM, staff=staff, post=Post.HALL_MANAGER, region=world.hall.region)
    return staff


def make_booking(world: World, *, citizen: Citizen | None = None, **fields: Any) -> Booking:
    """Confirmed for the world's slot unless ``fields`` say otherwise."""
    who = citizen or CitizenFactory(real_named=True)
    content: dict[str, Any] = {
        "citizen": who,
        "booked_by": who,
        "slot": world.slot,
        "item_code": ITEM,
        "state": BookingState.CONFIRMED,
        "created_at": now() - timedelta(days=2),
        "confirmed_at": now() - timedelta(days=2),
    } | fields
    return Booking.objects.create(**content)


def arrive(world: World, **fields: Any) -> Visit:
    """Somebody with a booking who has checked in."""
    booking = make_booking(world, **fields)
    return actions.check_in(booking.citizen.actor, booking=booking, hall=world.hall)


def ticket(world: World, **fields: Any) -> Visit:
    return actions.take_ticket(SYSTEM, group=world.group, item_code=ITEM, **fields)


def called(world: World) -> Visit:
    """The next person, called to the first counter."""
    return actions.call_next(world.officer.actor, counter=world.counter)


def serving(world: World) -> Visit:
    return actions.serve(world.officer.actor, visit=called(world))


def log_in(staff: Staff) -> Client:
    client = Client()
    client.force_login(staff, backend="zhijian.organizations.backends.StaffBackend")
    return client
