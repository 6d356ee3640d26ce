"""What a change does, before anybody does it: slots and seats gained and lost, and who loses their place."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet

from zhijian.appointments.models import Booking, Schedule, Seat
from zhijian.appointments.queries.supply.changes import Change, Pair
from zhijian.appointments.queries.supply.names import item_names
from zhijian.appointments.queries.supply.plans import existing_slots
from zhijian.appointments.rules import supply_change
from zhijian.appointments.rules.states import BookingState
from zhijian.appointments.rules.supply import POOLS, Plan, PlannedSlot, last_day, slots_between
from zhijian.appointments.rules.supply_change import Step
from zhijian.core.clock import local_date, now
from zhijian.core.workdays import Workdays

_LENGTH = timedelta(days=1)  # no slot is longer


@dataclass(frozen=True, slots=True)
class Work:
    """A step, and the schedule that takes it."""

    schedule: Schedule
    step: Step


@dataclass(frozen=True, slots=True)
class Hit:
    """A live booking that loses its place; ``drops_seat``: its slot stays, with fewer seats."""

    booking: Booking
    drops_seat: bool
    item_name: str


@dataclass(frozen=True, slots=True)
class Impact:
    slots_added: int
    slots_removed: int
    seats_added: int
    seats_removed: int
    hits: tuple[Hit, ...]
    digest: str

    @property
    def nothing(self) -> bool:
        return not (
            self.slots_added or self.slots_removed or self.seats_added or self.seats_removed or self.hits
        )


@dataclass(frozen=True, slots=True)
class Course:
    """Everything that a change has to do; ``stamp`` tells the state of the schedules that it starts from."""

    works: tuple[Work, ...]
    stamp: str


def impact_of(change: Change) -> Impact:
    """What ``change`` would do now. Writes nothing; ``apply_change`` takes its digest."""
    at = now()
    return survey(course_of(change, at, Workdays.load()), at)


def course_of(change: Change, at: datetime, calendar: Workdays) -> Course:
    """The steps of all schedules that ``change`` touches, for slots that start after ``at``."""
    pairs = change.pairs(at)
    old, new = change.calendars(calendar)
    after, before = at, None
    if span := change.span:
        after, before = max(at, span.starts_at - _LENGTH), span.ends_at
    existing = existing_slots([_key(pair) for pair in pairs], after=after, before=before)
    found: list[Work] = []
    for pair in pairs:
        then = _planned(pair.before, old, after, before)
        wanted = _planned(pair.after, new, after, before)
        steps = supply_change.steps(then, wanted, existing[_key(pair)])
        found += [Work(pair.schedule, step) for step in steps]
    stamp = " ".join(f"{pair.schedule.public_id}.{pair.schedule.version}" for pair in pairs if pair.before)
    return Course(tuple(found), stamp)


def survey(course: Course, at: datetime) -> Impact:
    """What ``course`` comes to. Inside ``apply_change`` the seats concerned are locked by now."""
    hits = _hits(course.works, at)
    steps = [work.step for work in course.works]
    return Impact(
        slots_added=sum(step.opens for step in steps),
        slots_removed=sum(step.closes for step in steps),
        seats_added=supply_change.gained(steps),
        seats_removed=supply_change.lost(steps),
        hits=hits,
        digest=_digest(course, hits),
    )


def live(at: datetime) -> Q:
    """Bookings that keep a seat and whose person has not arrived."""
    return Q(state=BookingState.CONFIRMED) | Q(state=BookingState.HELD, hold_until__gt=at)


def _key(pair: Pair) -> tuple[int, str]:
    return pair.schedule.group_id, pair.schedule.item_code


def _planned(
    plan: Plan | None, calendar: Workdays, after: datetime, before: datetime | None
) -> dict[datetime, PlannedSlot]:
    if plan is None:
        return {}
    last = last_day(plan, local_date(now()), calendar)
    if before is not None:
        last = min(last, local_date(before))
    found = slots_between(local_date(after), last, plan, calendar, after=after)
    return {start: slot for start, slot in found.items() if before is None or start < before}


def _hits(works: Iterable[Work], at: datetime) -> tuple[Hit, ...]:
    closing: set[int] = set()
    cuts: dict[tuple[int, str], int] = {}
    for work in works:
        slot = work.step.existing
        if slot is None:
            continue
        if work.step.closes:
            closing.add(slot.id)
        elif not slot.closed:
            pairs = zip(POOLS, work.step.change, strict=True)
            cuts |= {(slot.id, pool.value): -count for pool, count in pairs if count < 0}
    if not closing and not cuts:
        return ()
    slots = closing | {slot for slot, _ in cuts}
    bookings = Booking.objects.filter(live(at), slot__in=slots, slot__starts_at__gt=at)
    lose = _over(cuts, at)
    found = [
        (booking, booking.slot_id not in closing)
        for booking in _latest_first(bookings)
        if booking.slot_id in closing or _take(lose, (booking.slot_id, booking.pool))
    ]
    found.sort(key=lambda pair: (pair[0].slot.starts_at, pair[0].pk))
    names = item_names({booking.item_code for booking, _ in found})
    return tuple(
        Hit(booking, drops, names.get(booking.item_code, booking.item_code)) for booking, drops in found
    )


def _latest_first(bookings: QuerySet[Booking]) -> QuerySet[Booking]:
    """Who booked last loses their place first."""
    return bookings.select_related("slot", "citizen").order_by("-created_at", "-pk")


def _over(cuts: dict[tuple[int, str], int], at: datetime) -> dict[tuple[int, str], int]:
    """How many of each cut cannot be met by seats that nobody holds."""
    loose = defaultdict(int)
    rows = Seat.objects.filter(slot__in={slot for slot, _ in cuts}).filter(unheld(at))
    for row in rows.values("slot_id", "pool").annotate(count=Count("pk")).order_by():
        loose[row["slot_id"], row["pool"]] = row["count"]
    return {key: max(0, count - loose[key]) for key, count in cuts.items()}


def unheld(at: datetime) -> Q:
    """Seats that are nobody's: free, or shut away with a closed slot."""
    return Q(until__lte=at) | Q(booking=None)


def _take(lose: dict[tuple[int, str], int], key: tuple[int, str]) -> bool:
    if lose.get(key, 0) <= 0:
        return False
    lose[key] -= 1
    return True


def _digest(course: Course, hits: Iterable[Hit]) -> str:
    lines = [course.stamp]
    lines += [
        f"{work.schedule.group_id} {work.schedule.item_code} {work.step.starts_at.isoformat()} "
        f"{work.step.opens} {work.step.closes} {work.step.seats_after}"
        for work in course.works
    ]
    lines += [f"{hit.booking.public_id} {hit.drops_seat}" for hit in hits]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
