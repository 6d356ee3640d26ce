"""What is free, for everybody to see: read in one statement, kept for a second."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any, TypeVar

from django.core.cache import cache
from django.db import connection

from zhijian.appointments.models import CounterGroup, Slot
from zhijian.core.clock import now

KEPT = 1
"""Seconds for which an answer is given again."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Day:
    """``opens_at`` is set while all of the day's slots are still to be released."""

    date: date
    free: int
    priority_free: int
    opens_at: datetime | None
    closed: bool
    rush: str


@dataclass(frozen=True, slots=True)
class Time:
    """``state`` is open, full, not_open, past or closed."""

    slot: str
    starts_at: datetime
    ends_at: datetime
    free: int
    priority_free: int
    opens_at: datetime
    state: str
    rush: str


_FREE = """
SELECT slot.public_id, slot.date, slot.starts_at, slot.ends_at, slot.opens_at, slot.closes_at, slot.closed,
    coalesce(rush.public_id, ''),
    coalesce(slot.outside_free,
        count(seat.id) FILTER (WHERE seat.pool IN ('general', 'overbook') AND seat.until <= %(now)s)),
    count(seat.id) FILTER (WHERE seat.pool = 'priority' AND seat.until <= %(now)s)
FROM appointments_slot slot
LEFT JOIN appointments_seat seat ON seat.slot_id = slot.id
LEFT JOIN appointments_rush rush ON rush.id = slot.rush_id
WHERE slot.group_id = %(group)s AND slot.item_code = %(item)s AND slot.date BETWEEN %(first)s AND %(last)s
GROUP BY slot.id, rush.public_id ORDER BY slot.starts_at
"""


def days(group: CounterGroup, item_code: str, *, first: date, last: date) -> list[Day]:
    """The dates between ``first`` and ``last`` on which the group offers the item."""
    times = _kept(
        f"days:{group.pk}:{item_code}:{first}:{last}", lambda: _times(group, item_code, first, last)
    )
    by_date: dict[date, list[Time]] = {}
    for day, time in times:
        by_date.setdefault(day, []).append(time)
    return [_day(day, rows) for day, rows in by_date.items()]


def times(group: CounterGroup, item_code: str, day: date) -> list[Time]:
    """The slots of one date in their order."""
    rows = _kept(f"times:{group.pk}:{item_code}:{day}", lambda: _times(group, item_code, day, day))
    return [time for _, time in rows]


def _times(group: CounterGroup, item_code: str, first: date, last: date) -> list[tuple[date, Time]]:
    moment = now()
    with connection.cursor() as cursor:
        cursor.execute(
            _FREE, {"group": group.pk, "item": item_code, "first": first, "last": last, "now": moment}
        )
        return [(row[1], _time(row, moment)) for row in cursor.fetchall()]


def _time(row: tuple[Any, ...], moment: datetime) -> Time:
    public_id, _, starts_at, ends_at, opens_at, closes_at, closed, rush, free, priority = row
    if closed:
        state = "closed"
    elif closes_at <= moment:
        state = "past"
    elif opens_at > moment:
        state = "not_open"
    else:
        state = "open" if free or priority else "full"
    shown = state == "open"
    return Time(
        public_id,
        starts_at,
        ends_at,
        free if shown else 0,
        priority if shown else 0,
        opens_at,
        state,
        rush,
    )


def _day(day: date, rows: list[Time]) -> Day:
    waiting = [row.opens_at for row in rows if row.state == "not_open"]
    return Day(
        date=day,
        free=sum(row.free for row in rows),
        priority_free=sum(row.priority_free for row in rows),
        opens_at=min(waiting) if waiting and len(waiting) == len(rows) else None,
        closed=all(row.state == "closed" for row in rows),
        rush=next((row.rush for row in rows if row.rush), ""),
    )


def group_of(public_id: str) -> CounterGroup | None:
    return _kept(f"group:{public_id}", lambda: _group(public_id))


def _group(public_id: str) -> CounterGroup | None:
    return CounterGroup.objects.select_related("hall").filter(public_id=public_id, active=True).first()


def outside_groups() -> list[CounterGroup]:
    """Groups whose times an outside system owns."""
    return list(CounterGroup.objects.filter(active=True).exclude(source="").order_by("pk"))


def elsewhere(slot: Slot, *, limit: int = 3) -> list[Slot]:
    """The nearest free slots for the same item: this hall's other times first in doubt, then other halls, soonest first."""
    moment = now()
    return list(
        Slot.objects.raw(
            """
            SELECT * FROM (
                SELECT DISTINCT ON (near.group_id) near.* FROM appointments_slot near
                JOIN appointments_countergroup place ON place.id = near.group_id AND place.active
                WHERE near.item_code = %(item)s AND near.id <> %(slot)s AND NOT near.closed AND near.rush_id IS NULL
                  AND near.opens_at <= %(now)s AND near.closes_at > %(now)s
                  AND EXISTS (SELECT 1 FROM appointments_seat seat WHERE seat.slot_id = near.id
                              AND seat.pool IN ('general', 'overbook') AND seat.until <= %(now)s)
                ORDER BY near.group_id, abs(extract(epoch FROM near.starts_at - %(wanted)s)), near.starts_at
            ) nearest ORDER BY abs(extract(epoch FROM starts_at - %(wanted)s)), id LIMIT %(limit)s
            """,
            {
                "item": slot.item_code,
                "slot": slot.pk,
                "now": moment,
                "wanted": slot.starts_at,
                "limit": limit,
            },
        )
    )


def next_free(item_code: str) -> dict[int, datetime]:
    """Group → start of its first free slot, for the halls that offer the item. One statement."""
    return _kept(f"next:{item_code}", lambda: _next_free(item_code))


def _next_free(item_code: str) -> dict[int, datetime]:
    moment = now()
    rows = (
        Slot.objects.filter(item_code=item_code, closed=False, opens_at__lte=moment, closes_at__gt=moment)
        .filter(seats__until__lte=moment, seats__pool__in=["general", "overbook"])
        .order_by("group_id", "starts_at")
        .distinct("group_id")
    )
    return dict(rows.values_list("group_id", "starts_at"))


def _kept(key: str, read: Callable[[], T]) -> T:
    name = f"appointments:{sha256(key.encode()).hexdigest()}"  # keys hold what people sent
    found: T | None = cache.get(name)
    if found is None:
        found = read()
        cache.set(name, found, KEPT)
    return found
