"""What a manager sees: halls with their plans, and one day's slots with who has taken how much."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from zhijian.appointments.models import Closure, CounterGroup, Displacement, Schedule, Seat, Slot
from zhijian.appointments.queries.supply.names import item_names
from zhijian.appointments.rules.states import BookingState, Pool
from zhijian.core.clock import now
from zhijian.organizations.models import Hall


@dataclass(frozen=True, slots=True)
class PoolCount:
    """Seats of one pool: ``total`` is the sum of the rest."""

    pool: str
    label: str
    total: int = 0
    free: int = 0
    held: int = 0
    booked: int = 0


@dataclass(frozen=True, slots=True)
class BoardRow:
    public_id: str
    item_code: str
    item_name: str
    starts_at: datetime
    ends_at: datetime
    opens_at: datetime
    closed: bool
    over: bool
    pools: tuple[PoolCount, ...]

    @property
    def changeable(self) -> bool:
        return not (self.closed or self.over)


def board(group: CounterGroup, day: date) -> list[BoardRow]:
    """The slots of ``day`` in the order of time: three statements."""
    return _rows(Slot.objects.filter(group=group, date=day))


def board_row(slot: Slot) -> BoardRow:
    return _rows(Slot.objects.filter(pk=slot.pk))[0]


def plan_counts(halls: QuerySet[Hall], groups: QuerySet[CounterGroup]) -> list[Hall]:
    """``halls`` with ``groups_count`` and ``plans_count``, of the groups in scope only. One statement."""
    mine = Q(counter_groups__in=groups.order_by().values("pk"))
    return list(
        halls.select_related("region")
        .annotate(
            groups_count=Count("counter_groups", filter=mine, distinct=True),
            plans_count=Count("counter_groups__schedules", filter=mine, distinct=True),
        )
        .order_by("code")
    )


def groups_with_plans(groups: QuerySet[CounterGroup], hall: Hall) -> list[CounterGroup]:
    """The groups of ``hall`` with their plans and lines. Three statements."""
    return list(groups.filter(hall=hall).prefetch_related("schedules__lines").order_by("prefix"))


def closures(hall: Hall, groups: QuerySet[CounterGroup]) -> list[Closure]:
    """Closures of the hall or of a group in scope, in force or ahead, the next first."""
    mine = Q(group=None) | Q(group__in=groups.order_by().values("pk"))
    rows = Closure.objects.filter(mine, hall=hall, lifted_at=None, ends_at__gt=now())
    return list(rows.select_related("hall", "group").order_by("starts_at"))


def waiting_to_move(hall: Hall) -> int:
    """Bookings of ``hall`` whose place is gone and that have no other yet."""
    return Displacement.objects.filter(slot__group__hall=hall, outcome=Displacement.Outcome.WAITING).count()


def names_of(groups: list[CounterGroup]) -> dict[str, str]:
    """Names of the items that these groups (with prefetched plans) offer."""
    schedules: list[Schedule] = [schedule for group in groups for schedule in group.schedules.all()]
    return item_names({schedule.item_code for schedule in schedules})


def _rows(slots: QuerySet[Slot]) -> list[BoardRow]:
    at = now()
    found = list(slots.order_by("starts_at", "item_code"))
    counts = _counts(slots, at)
    names = item_names({slot.item_code for slot in found})
    return [
        BoardRow(
            public_id=slot.public_id,
            item_code=slot.item_code,
            item_name=names.get(slot.item_code, ""),
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            opens_at=slot.opens_at,
            closed=slot.closed,
            over=slot.ends_at <= at,
            pools=tuple(counts[slot.pk].get(pool.value) or PoolCount(pool, pool.label) for pool in Pool),
        )
        for slot in found
    ]


def _counts(slots: QuerySet[Slot], at: datetime) -> dict[int, dict[str, PoolCount]]:
    taken = Q(until__gt=at, booking__isnull=False)
    held = taken & Q(booking__state=BookingState.HELD)
    rows = (
        Seat.objects.filter(slot__in=slots.order_by().values("pk"))
        .order_by()
        .values("slot_id", "pool")
        .annotate(
            total=Count("pk"),
            free=Count("pk", filter=Q(until__lte=at)),
            held=Count("pk", filter=held),
            booked=Count("pk", filter=taken & ~Q(booking__state=BookingState.HELD)),
        )
    )
    found: dict[int, dict[str, PoolCount]] = defaultdict(dict)
    for row in rows:
        pool = Pool(row["pool"])
        found[row["slot_id"]][pool.value] = PoolCount(
            pool, pool.label, row["total"], row["free"], row["held"], row["booked"]
        )
    return found
