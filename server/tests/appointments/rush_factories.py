"""Invented halls with slots and seats for rushes, persons in their queues, and the lane in the test's own process."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, TypeVar

from identity.factories import CitizenFactory
from organizations.factories import DepartmentFactory, HallFactory

from zhijian.appointments.models import CounterGroup, QueueEntry, Rush, Schedule, Seat, Slot
from zhijian.appointments.rules.draw import digest
from zhijian.core.clock import now
from zhijian.core.crypto import blind_index
from zhijian.identity.models import Citizen, Session
from zhijian.identity.queries import token_hash
from zhijian.organizations.models import Hall

ITEM = "990100MZ0011000"
LONG_AGO = datetime.fromisoformat("2020-01-01T00:00:00+08:00")
Result = TypeVar("Result")


@dataclass
class Place:
    """A hall's group with a schedule of one item."""

    hall: Hall
    group: CounterGroup
    schedule: Schedule

    @property
    def region(self) -> Any:
        return self.hall.region


def make_place(**hall: Any) -> Place:
    found = HallFactory(**hall)
    department = DepartmentFactory(region=found.region)
    group = CounterGroup.objects.create(
        hall=found, department=department, code="marriage", name="婚姻登记", prefix="H"
    )
    schedule = Schedule.objects.create(
        group=group, item_code=ITEM, valid_from=now().date() - timedelta(days=30), release_at=time(8)
    )
    return Place(found, group, schedule)


def make_slot(place: Place, *, number: int = 0, seats: int = 1, pool: str = "general", **fields: Any) -> Slot:
    """The ``number``-th half hour of a day ten days ahead, open since yesterday."""
    starts = now().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(
        days=10, minutes=30 * number
    )
    standard = {
        "schedule": place.schedule,
        "group": place.group,
        "item_code": ITEM,
        "date": starts.date(),
        "starts_at": starts,
        "ends_at": starts + timedelta(minutes=30),
        "opens_at": now() - timedelta(days=1),
        "closes_at": starts,
    }
    slot = Slot.objects.create(**(standard | fields))
    Seat.objects.bulk_create(
        Seat(slot=slot, number=seat, pool=pool, until=LONG_AGO) for seat in range(1, seats + 1)
    )
    return slot


def make_rush(place: Place, *slots: Slot, **fields: Any) -> Rush:
    """A queue that opened a minute ago and lets in ten people a second, for ten minutes each."""
    moment = now()
    day = (moment + timedelta(days=10)).date()
    standard = {
        "name": "5·20结婚登记",
        "item_code": ITEM,
        "region": place.region,
        "first_date": day,
        "last_date": day,
        "joins_from": moment - timedelta(hours=1),
        "opens_at": moment - timedelta(minutes=1),
        "closes_at": moment + timedelta(hours=2),
        "per_second": 10,
    }
    if fields.get("mode") == "draw":
        standard["seed"] = "5eed" * 16
        standard["seed_digest"] = digest("5eed" * 16)
    rush = Rush.objects.create(**(standard | fields))
    Slot.objects.filter(pk__in=[slot.pk for slot in slots]).update(rush=rush)
    return rush


def enter(rush: Rush, citizen: Citizen, *, position: int = 0, **fields: Any) -> QueueEntry:
    rush.joined += 1
    rush.save(update_fields=["joined"])
    return QueueEntry.objects.create(
        rush=rush, citizen=citizen, position=position or rush.joined, joined_at=now(), **fields
    )


def make_people(count: int, *, first: int = 0) -> list[tuple[Citizen, str]]:
    """Real-named people with a session each, made in bulk; the second part is the bearer token."""
    moment = now()
    people = Citizen.objects.bulk_create(
        Citizen(
            phone="",
            phone_index=blind_index("phone", f"rush-{number}"),
            id_index=blind_index("id_number", f"rush-{number}"),
            real_name_level=1,
        )
        for number in range(first, first + count)
    )
    Session.objects.bulk_create(
        Session(
            citizen=citizen,
            token_hash=token_hash(f"token-{citizen.pk}"),
            created_at=moment,
            last_seen_at=moment,
            expires_at=moment + timedelta(days=1),
        )
        for citizen in people
    )
    return [(citizen, f"token-{citizen.pk}") for citizen in people]


def make_person(**fields: Any) -> tuple[Citizen, str]:
    citizen = CitizenFactory(**({"real_named": True} | fields))
    moment = now()
    token = f"token-{citizen.pk}"
    Session.objects.create(
        citizen=citizen,
        token_hash=token_hash(token),
        created_at=moment,
        last_seen_at=moment,
        expires_at=moment + timedelta(days=1),
    )
    return citizen, token


def in_lane(use: Callable[[Any], Awaitable[Result]], *, seconds: float = 10, **options: Any) -> Result:
    """What ``use`` does with a lane of this process on the test's database."""
    from config.lane import connect
    from zhijian.appointments.rush.database import Database
    from zhijian.appointments.rush.lane import Lane

    async def run() -> Result:
        lane = Lane(Database(connect, lines=4, seconds=seconds), **options)
        try:
            return await use(lane)
        finally:
            await lane.close()

    return asyncio.run(run())


def book_all(wishes: Sequence[tuple[str, str, str]], **options: Any) -> list[tuple[int, dict[str, Any]]]:
    """Status and body of each (token, slot, key), all asked at once in one lane."""
    import json

    from zhijian.appointments.rush.lane import Wish

    async def use(lane: Any) -> list[Any]:
        return await asyncio.gather(
            *(lane.book(Wish(token_hash(token), slot, key)) for token, slot, key in wishes)
        )

    return [(answer.status, json.loads(answer.body)) for answer in in_lane(use, **options)]
