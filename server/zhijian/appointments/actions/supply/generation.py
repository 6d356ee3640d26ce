"""Makes the slots that the plans ask for, each once, however often and from wherever it is asked."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from zhijian.appointments.actions.supply.guard import hold
from zhijian.appointments.models import Schedule, Slot
from zhijian.appointments.queries.supply.plans import closures_of, plan_of, with_plan
from zhijian.appointments.rules.supply import PlannedSlot, last_day, slots_between
from zhijian.core.clock import local_date, now
from zhijian.core.ids import new_id
from zhijian.core.workdays import Workdays
from zhijian.organizations.models import Hall

# A slot that is there already is left as it is, with its seats: the unique constraint decides who makes it.
# One whose item and date are given out in a rush belongs to it from the start, or it would be open before it.
_INSERT = """
WITH wanted AS (
    SELECT * FROM unnest(
        %(public_id)s::text[], %(schedule)s::bigint[], %(group)s::bigint[], %(item)s::text[], %(date)s::date[],
        %(starts)s::timestamptz[], %(ends)s::timestamptz[], %(opens)s::timestamptz[], %(closes)s::timestamptz[],
        %(closed)s::boolean[], %(general)s::int[], %(priority)s::int[], %(walk_in)s::int[], %(overbook)s::int[]
    ) AS w(public_id, schedule_id, group_id, item_code, date, starts_at, ends_at, opens_at, closes_at, closed,
           general, priority, walk_in, overbook)
), fresh AS (
    INSERT INTO appointments_slot (
        public_id, schedule_id, group_id, item_code, date, starts_at, ends_at, opens_at, closes_at, closed, rush_id)
    SELECT public_id, schedule_id, group_id, item_code, date, starts_at, ends_at,
        coalesce(rush.opens_at, wanted.opens_at), closes_at, closed, rush.id
    FROM wanted LEFT JOIN LATERAL (
        SELECT marked.id, marked.opens_at FROM appointments_rush marked
        WHERE marked.item_code = wanted.item_code AND wanted.date BETWEEN marked.first_date AND marked.last_date
            AND marked.region_id IN (
                WITH RECURSIVE above(id) AS (
                    SELECT hall.region_id FROM appointments_countergroup place
                    JOIN organizations_hall hall ON hall.id = place.hall_id WHERE place.id = wanted.group_id
                    UNION SELECT region.parent_id FROM organizations_region region JOIN above ON region.id = above.id
                ) SELECT id FROM above)
        ORDER BY marked.id LIMIT 1
    ) rush ON true
    ORDER BY group_id, item_code, starts_at
    ON CONFLICT (group_id, item_code, starts_at) DO NOTHING
    RETURNING id, public_id
), seated AS (
    INSERT INTO appointments_seat (slot_id, number, pool, until)
    SELECT fresh.id, n, CASE
            WHEN n <= general THEN 'general' WHEN n <= general + priority THEN 'priority'
            WHEN n <= general + priority + walk_in THEN 'walk_in' ELSE 'overbook' END,
        CASE WHEN closed THEN ends_at ELSE %(now)s END
    FROM fresh JOIN wanted USING (public_id)
    CROSS JOIN LATERAL generate_series(1, general + priority + walk_in + overbook) n
)
SELECT count(*) FROM fresh
"""


@transaction.atomic
def open_slots(*, schedule: Schedule, until: date | None = None) -> int:
    """Make the slots of ``schedule`` up to ``until`` (by default as far ahead as its plan goes) that are not there
    yet; returns how many were."""
    hold(schedule.group.hall)
    return _open(Schedule.objects.filter(pk=schedule.pk), [schedule.group.hall_id], until)


@transaction.atomic
def open_hall(*, hall: Hall) -> int:
    """Make the missing slots of all plans of ``hall``; returns how many were missing."""
    hold(hall)
    return _open(Schedule.objects.filter(group__hall=hall), [hall.pk], None)


def open_all() -> int:
    """The same for every hall that has a plan, each in a transaction of its own."""
    halls = Hall.objects.filter(counter_groups__schedules__isnull=False).distinct()
    return sum(open_hall(hall=hall) for hall in halls)


def insert_slots(wanted: Sequence[tuple[Schedule, PlannedSlot]], *, at: datetime) -> int:
    """Slots and their seats in one statement; returns how many were new."""
    if not wanted:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, _columns(wanted) | {"now": at})
        return int(cursor.fetchone()[0])


def _open(schedules: QuerySet[Schedule], halls: Sequence[int], until: date | None) -> int:
    at = now()
    today, calendar = local_date(at), Workdays.for_writing()
    closures = closures_of(halls, after=at)
    there = set(
        Slot.objects.filter(group__hall__in=halls, starts_at__gt=at).values_list(
            "group_id", "item_code", "starts_at"
        )
    )
    wanted: list[tuple[Schedule, PlannedSlot]] = []
    for schedule in with_plan(schedules):
        plan = plan_of(schedule, closures)
        last = last_day(plan, today, calendar)
        last = min(last, until) if until else last
        planned = slots_between(today, last, plan, calendar, after=at)
        wanted += [
            (schedule, slot)
            for start, slot in planned.items()
            if (schedule.group_id, schedule.item_code, start) not in there
        ]
    return insert_slots(wanted, at=at)


def _columns(wanted: Sequence[tuple[Schedule, PlannedSlot]]) -> dict[str, list[Any]]:
    slots = [slot for _, slot in wanted]
    general, priority, walk_in, overbook = zip(*(slot.seats for slot in slots), strict=True)
    return {
        "public_id": [new_id() for _ in wanted],
        "schedule": [schedule.pk for schedule, _ in wanted],
        "group": [schedule.group_id for schedule, _ in wanted],
        "item": [schedule.item_code for schedule, _ in wanted],
        "date": [slot.date for slot in slots],
        "starts": [slot.starts_at for slot in slots],
        "ends": [slot.ends_at for slot in slots],
        "opens": [slot.opens_at for slot in slots],
        "closes": [slot.closes_at for slot in slots],
        "closed": [slot.closed for slot in slots],
        "general": list(general),
        "priority": list(priority),
        "walk_in": list(walk_in),
        "overbook": list(overbook),
    }
