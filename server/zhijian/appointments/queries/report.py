"""A hall's day in figures: for its manager, and for settling it."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Avg, Count, F, Q

from zhijian.appointments.models import Booking, Counter, CounterGroup, Slot, Visit
from zhijian.appointments.models.supply import BY_NUMBER
from zhijian.appointments.queries.hall import item_names, minutes
from zhijian.appointments.rules.states import BookingState, Pool, VisitKind, VisitState
from zhijian.core.clock import today
from zhijian.organizations.models import Hall

_COMING = (BookingState.CONFIRMED, BookingState.ARRIVED, BookingState.SERVED, BookingState.MISSED)


@dataclass(frozen=True, slots=True)
class SlotLine:
    """One slot: ``seats`` for bookings, ``booked`` of them taken for good, and what became of those."""

    starts_at: datetime
    ends_at: datetime
    item_name: str
    closed: bool
    seats: int
    booked: int
    arrived: int
    served: int
    missed: int


@dataclass(slots=True)
class GroupDayReport:
    """One group. Mean wait and service in whole minutes, None without anybody."""

    name: str
    waiting: int = 0
    walk_ins: int = 0
    served: int = 0
    skipped: int = 0
    left: int = 0
    mean_wait: int | None = None
    mean_service: int | None = None
    slots: list[SlotLine] = field(default_factory=list)

    @property
    def booked(self) -> int:
        return sum(line.booked for line in self.slots)

    @property
    def missed(self) -> int:
        return sum(line.missed for line in self.slots)


@dataclass(frozen=True, slots=True)
class CounterLoad:
    number: str
    staff: str
    paused: bool
    current: str
    served: int
    mean_service: int | None


def groups_report(hall: Hall, day: date) -> list[GroupDayReport]:
    """Every group of the hall with the slots of ``day``. Four queries, whatever the length."""
    groups = list(CounterGroup.objects.filter(hall=hall).order_by("prefix"))
    reports = {group.pk: GroupDayReport(group.name) for group in groups}
    for group, line in _slot_lines(groups, day):
        reports[group].slots.append(line)
    visits = Visit.objects.filter(group__in=groups, day=day).order_by().values("group_id")
    for row in visits.annotate(
        waiting=Count("pk", filter=Q(state=VisitState.WAITING)),
        walk_ins=Count("pk", filter=Q(kind=VisitKind.WALK_IN, booking=None)),
        served=Count("pk", filter=Q(state=VisitState.DONE)),
        skipped=Count("pk", filter=Q(state=VisitState.SKIPPED)),
        left=Count("pk", filter=Q(state=VisitState.LEFT)),
        wait=Avg(F("called_at") - F("arrived_at")),
        service=Avg(F("finished_at") - F("served_at"), filter=Q(state=VisitState.DONE)),
    ):
        report = reports[row["group_id"]]
        for name in ("waiting", "walk_ins", "served", "skipped", "left"):
            setattr(report, name, row[name])
        report.mean_wait, report.mean_service = _minutes(row["wait"]), _minutes(row["service"])
    return list(reports.values())


def _slot_lines(groups: list[CounterGroup], day: date) -> list[tuple[int, SlotLine]]:
    slots = list(Slot.objects.filter(group__in=groups, date=day).order_by("starts_at", "item_code"))
    seats = dict(
        Slot.objects.filter(group__in=groups, date=day)
        .order_by()
        .values_list("pk")
        .annotate(count=Count("seats", filter=~Q(seats__pool=Pool.WALK_IN)))
    )
    states: dict[int, dict[str, int]] = defaultdict(dict)
    bookings = Booking.objects.filter(slot__in=[slot.pk for slot in slots], state__in=_COMING).order_by()
    for slot_id, state, count in bookings.values_list("slot_id", "state").annotate(Count("pk")):
        states[slot_id][state] = count
    names = item_names({slot.item_code for slot in slots})
    return [
        (
            slot.group_id,
            _line(slot, names.get(slot.item_code, "事项"), seats.get(slot.pk, 0), states[slot.pk]),
        )
        for slot in slots
    ]


def _line(slot: Slot, name: str, seats: int, states: dict[str, int]) -> SlotLine:
    served = states.get(BookingState.SERVED, 0)
    return SlotLine(
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        item_name=name,
        closed=slot.closed,
        seats=seats,
        booked=sum(states.values()),
        arrived=states.get(BookingState.ARRIVED, 0) + served,
        served=served,
        missed=states.get(BookingState.MISSED, 0),
    )


def counter_loads(hall: Hall, day: date) -> list[CounterLoad]:
    """Every counter of the hall: who sits there today, whom it serves, how many it served on ``day``. Two queries."""
    at = Q(visits__day=day)
    done = at & Q(visits__state=VisitState.DONE)
    counters = Counter.objects.filter(hall=hall).select_related("staff").order_by(*BY_NUMBER)
    rows = counters.annotate(
        served=Count("visits", filter=done),
        service=Avg(F("visits__finished_at") - F("visits__served_at"), filter=done),
    )
    busy = Visit.objects.filter(
        counter__hall=hall, day=day, state__in=(VisitState.CALLED, VisitState.SERVING)
    )
    current = dict(busy.values_list("counter_id", "number"))
    present = day == today()
    return [
        CounterLoad(
            number=row.number,
            staff=row.staff.name if row.staff and present else "",
            paused=row.paused and present,
            current=current.get(row.pk, ""),
            served=row.served,
            mean_service=_minutes(row.service),
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class BookingLine:
    """One booking of the day for the list that is exported: the name is masked, nothing else is of the person."""

    starts_at: datetime
    group: str
    item_name: str
    number: str
    name: str
    pool: str
    state: str
    ticket: str
    arrived_at: datetime | None
    called_at: datetime | None
    counter: str


def booking_lines(hall: Hall, day: date) -> list[BookingLine]:
    """Whoever was to come on ``day``, by time. Two queries."""
    found = Booking.objects.filter(slot__group__hall=hall, slot__date=day, state__in=_COMING)
    rows = list(
        found.select_related("slot__group", "citizen", "visit__counter").order_by("slot__starts_at", "number")
    )
    names = item_names({row.item_code for row in rows})
    return [_booking_line(row, names.get(row.item_code, "事项")) for row in rows]


def _booking_line(row: Booking, item_name: str) -> BookingLine:
    visit: Visit | None = getattr(row, "visit", None)
    return BookingLine(
        starts_at=row.slot.starts_at,
        group=row.slot.group.name,
        item_name=item_name,
        number=row.number,
        name=row.citizen.masked_name,
        pool=row.get_pool_display(),
        state=row.get_state_display(),
        ticket=visit.number if visit else "",
        arrived_at=visit.arrived_at if visit else None,
        called_at=visit.called_at if visit else None,
        counter=str(visit.counter) if visit and visit.counter else "",
    )


def unsettled_days() -> list[tuple[CounterGroup, date]]:
    """Past days of groups in which somebody is still expected or waiting. Three queries."""
    bookings = Booking.objects.filter(
        state=BookingState.CONFIRMED, slot__date__lt=today(), slot__closed=False
    ).values_list("slot__group_id", "slot__date")
    open_states = (VisitState.WAITING, VisitState.CALLED, VisitState.SERVING, VisitState.SKIPPED)
    visits = Visit.objects.filter(day__lt=today(), state__in=open_states).values_list("group_id", "day")
    keys = sorted({*bookings.distinct(), *visits.distinct()})
    groups = CounterGroup.objects.in_bulk({group for group, _ in keys})
    return [(groups[group], day) for group, day in keys]


def _minutes(span: timedelta | None) -> int | None:
    return None if span is None else minutes(span)
