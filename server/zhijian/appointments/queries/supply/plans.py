"""Plans as the rules read them, from the tables."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from zhijian.appointments.models import Closure, Schedule, ScheduleLine, Seat, Slot
from zhijian.appointments.rules.supply import NO_SEATS, POOLS, Line, Plan, Seats, Span
from zhijian.appointments.rules.supply_change import ExistingSlot
from zhijian.appointments.specs import LineSpec, PlanSpec

Key = tuple[int, str]
"""Group and item: slots are unique by these and their start."""


def with_plan(schedules: QuerySet[Schedule]) -> QuerySet[Schedule]:
    """Schedules with all that their plan is made of, but the closures: three statements whatever their number."""
    return schedules.select_related("group__hall").prefetch_related("lines", "special_days")


def closures_of(halls: Iterable[int], *, after: datetime) -> list[Closure]:
    """Closures in force that have not ended."""
    return list(Closure.objects.filter(hall__in=list(halls), lifted_at=None, ends_at__gt=after))


def spans_for(schedule: Schedule, closures: Iterable[Closure]) -> tuple[Span, ...]:
    return tuple(
        Span(closure.starts_at, closure.ends_at)
        for closure in closures
        if closure.hall_id == schedule.group.hall_id and closure.group_id in (None, schedule.group_id)
    )


def plan_of(schedule: Schedule, closures: Iterable[Closure]) -> Plan:
    """``schedule`` is one of :func:`with_plan`."""
    return Plan(
        valid_from=schedule.valid_from,
        valid_to=schedule.valid_to,
        horizon_days=schedule.horizon_days,
        release_at=schedule.release_at,
        lead_minutes=schedule.lead_minutes,
        follows_calendar=schedule.follows_calendar,
        makeup_weekday=schedule.makeup_weekday,
        lines=tuple(_line(line) for line in schedule.lines.all()),
        special_days={day.date: day.as_weekday for day in schedule.special_days.all()},
        closures=spans_for(schedule, closures),
    )


def plan_from(spec: PlanSpec, special_days: Mapping[date, int], closures: tuple[Span, ...]) -> Plan:
    """The plan that ``spec`` would make."""
    return Plan(
        valid_from=spec.valid_from,
        valid_to=spec.valid_to,
        horizon_days=spec.horizon_days,
        release_at=spec.release_at,
        lead_minutes=spec.lead_minutes,
        follows_calendar=spec.follows_calendar,
        makeup_weekday=spec.makeup_weekday,
        lines=tuple(line.line() for line in spec.lines),
        special_days=special_days,
        closures=closures,
    )


def spec_of(schedule: Schedule) -> PlanSpec:
    """A stored schedule as the values that made it."""
    terms = {name: getattr(schedule, name) for name in PlanSpec.model_fields if name != "lines"}
    lines = tuple(
        LineSpec(**{name: getattr(line, name) for name in LineSpec.model_fields})
        for line in schedule.lines.all()
    )
    return PlanSpec(**terms, lines=lines)


def existing_slots(
    keys: Sequence[Key], *, after: datetime, before: datetime | None = None
) -> dict[Key, dict[datetime, ExistingSlot]]:
    """The slots of these groups and items that start later than ``after``: two statements."""
    wanted = Q(group__in={group for group, _ in keys}, item_code__in={code for _, code in keys})
    slots = Slot.objects.filter(wanted, starts_at__gt=after)
    if before is not None:
        slots = slots.filter(starts_at__lt=before)
    seats = _seats(slots)
    found: dict[Key, dict[datetime, ExistingSlot]] = {key: {} for key in keys}
    for slot in slots:
        if (slot.group_id, slot.item_code) in found:
            found[slot.group_id, slot.item_code][slot.starts_at] = ExistingSlot(
                id=slot.pk,
                starts_at=slot.starts_at,
                ends_at=slot.ends_at,
                opens_at=slot.opens_at,
                closes_at=slot.closes_at,
                closed=slot.closed,
                seats=seats.get(slot.pk, NO_SEATS),
            )
    return found


def _seats(slots: QuerySet[Slot]) -> dict[int, Seats]:
    counts = [Count("pk", filter=Q(pool=pool)) for pool in POOLS]
    rows = (
        Seat.objects.filter(slot__in=slots.values("pk"))
        .order_by()
        .values("slot_id")
        .annotate(general=counts[0], priority=counts[1], walk_in=counts[2], overbook=counts[3])
    )
    return {
        row["slot_id"]: (row["general"], row["priority"], row["walk_in"], row["overbook"]) for row in rows
    }


def _line(line: ScheduleLine) -> Line:
    seats = (line.capacity, line.priority, line.walk_in, line.overbook)
    return Line(line.weekday, line.starts, line.ends, line.slot_minutes, seats)
