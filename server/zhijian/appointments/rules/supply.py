"""From a weekly plan to the exact slots of a date, and what is wrong with a plan. Pure.

Seats are counted by pool, always in the order of :data:`POOLS`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol

from zhijian.appointments.rules.states import Pool
from zhijian.core.dates import WEEKDAYS
from zhijian.core.zone import CHINA

POOLS = (Pool.GENERAL, Pool.PRIORITY, Pool.WALK_IN, Pool.OVERBOOK)
Seats = tuple[int, int, int, int]
NO_SEATS: Seats = (0, 0, 0, 0)

AHEAD = timedelta(days=7)
"""How far beyond the bookable days slots are made: a week in which no worker runs takes nothing from anybody."""

_DAY = timedelta(days=1)
_NOTHING = 0


class Calendar(Protocol):
    """The working calendar, as :class:`zhijian.core.workdays.Workdays` knows it."""

    @property
    def days(self) -> Mapping[date, bool]:
        """Days that differ from the week: a holiday (False) or a make-up working day 调休 (True)."""

    @property
    def years(self) -> frozenset[int]: ...

    def is_working(self, day: date) -> bool:
        """Raises for a year that nobody entered."""


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of a weekday (1 Monday to 7) cut into slots, each with ``seats``."""

    weekday: int
    starts: time
    ends: time
    slot_minutes: int
    seats: Seats


@dataclass(frozen=True, slots=True)
class Span:
    """From ``starts_at`` until before ``ends_at`` nobody is served."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Plan:
    """All that decides which slots there are. ``special_days``: date → weekday whose lines count, 0 for none."""

    valid_from: date
    valid_to: date | None
    horizon_days: int
    release_at: time
    lead_minutes: int
    follows_calendar: bool
    makeup_weekday: int
    lines: tuple[Line, ...]
    special_days: Mapping[date, int]
    closures: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedSlot:
    date: date
    starts_at: datetime
    ends_at: datetime
    opens_at: datetime
    closes_at: datetime
    seats: Seats
    closed: bool


def weekday_on(day: date, plan: Plan, calendar: Calendar) -> int:
    """The weekday whose lines count on ``day``; 0 when nothing is offered.

    A special day goes before the calendar; the calendar's holidays 放假 rest, and its make-up days 调休 take
    ``makeup_weekday``. An ordinary Saturday is a Saturday. Raises CalendarYearMissing for an unknown year.
    """
    if day < plan.valid_from or (plan.valid_to is not None and day > plan.valid_to):
        return _NOTHING
    if day in plan.special_days:
        return plan.special_days[day]
    if plan.follows_calendar:
        working = calendar.is_working(day)
        if day in calendar.days:
            makes_up = day.isoweekday() > 5
            if not working:
                return _NOTHING
            return plan.makeup_weekday if makes_up else day.isoweekday()
    return day.isoweekday()


def slots_of(day: date, plan: Plan, calendar: Calendar) -> list[PlannedSlot]:
    """The slots of ``day`` in the order of time."""
    weekday = weekday_on(day, plan, calendar)
    found = [slot for line in plan.lines if line.weekday == weekday for slot in _cut(day, line, plan)]
    return sorted(found, key=lambda slot: slot.starts_at)


def slots_between(
    first: date, last: date, plan: Plan, calendar: Calendar, *, after: datetime
) -> dict[datetime, PlannedSlot]:
    """By their start, the slots of these days that begin later than ``after``."""
    days = (first + _DAY * n for n in range((last - first).days + 1))
    slots = (slot for day in days for slot in slots_of(day, plan, calendar))
    return {slot.starts_at: slot for slot in slots if slot.starts_at > after}


def last_day(plan: Plan, today: date, calendar: Calendar) -> date:
    """Up to when slots are made: the bookable days and :data:`AHEAD`, but never into a year that the calendar
    doesn't know. Before ``today`` when there is nothing to make."""
    last = today + timedelta(days=plan.horizon_days) + AHEAD
    while plan.follows_calendar and last >= today and last.year not in calendar.years:
        last = date(last.year - 1, 12, 31)
    return last


def _cut(day: date, line: Line, plan: Plan) -> Iterable[PlannedSlot]:
    """A last piece shorter than a slot is dropped: nobody can be served in it."""
    length = timedelta(minutes=line.slot_minutes)
    starts, end = datetime.combine(day, line.starts, CHINA), datetime.combine(day, line.ends, CHINA)
    opens_at = datetime.combine(day - timedelta(days=plan.horizon_days), plan.release_at, CHINA)
    while starts + length <= end:
        yield PlannedSlot(
            date=day,
            starts_at=starts,
            ends_at=starts + length,
            opens_at=opens_at,
            closes_at=starts - timedelta(minutes=plan.lead_minutes),
            seats=line.seats,
            closed=any(span.starts_at < starts + length and starts < span.ends_at for span in plan.closures),
        )
        starts += length


def line_faults(lines: Sequence[Line]) -> list[tuple[int, str]]:
    """What is wrong with a plan's lines, as (row, Chinese words)."""
    faults = []
    for row, line in enumerate(lines):
        minutes = _minutes(line.ends) - _minutes(line.starts)
        if minutes <= 0:
            faults.append((row, "结束时间要晚于开始时间"))
        elif minutes < line.slot_minutes:
            faults.append((row, f"从开始到结束不足一段（{line.slot_minutes}分钟）"))
        if not sum(line.seats):
            faults.append((row, "各种号的数量都是0，至少填一种，或清空这一行"))
        if any(_overlap(line, other) for other in lines[:row]):
            faults.append((row, "与前面的行在同一天重叠"))
    return faults


def hours_warnings(lines: Sequence[Line], hours: Sequence[Mapping[str, str]]) -> list[str]:
    """Lines outside a hall's opening hours, in words. They may be meant (an early opening), so they don't forbid."""
    found = []
    for line in lines:
        open_spans = [
            (part["from"], part["to"]) for part in hours if line.weekday in weekdays(part.get("days", ""))
        ]
        if not any(
            opens <= f"{line.starts:%H:%M}" and f"{line.ends:%H:%M}" <= closes for opens, closes in open_spans
        ):
            words = f"周{WEEKDAYS[line.weekday - 1]} {line.starts:%H:%M}–{line.ends:%H:%M}"
            found.append(f"{words} 不在大厅开放时间内")
    return found


def _overlap(one: Line, other: Line) -> bool:
    return one.weekday == other.weekday and one.starts < other.ends and other.starts < one.ends


def _minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def weekdays(days: str) -> set[int]:
    """ "1-5,7" as numbers."""
    found: set[int] = set()
    for span in filter(None, days.split(",")):
        first, _, last = span.partition("-")
        found |= set(range(int(first), int(last or first) + 1))
    return found
