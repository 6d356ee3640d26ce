"""Periods in working days, days or hours: when one ends and when it turns yellow. Pure. All moments are aware; all ends of days are China's.

行政许可法 art. 82: periods counted in days are working days and leave out the day they begin on. Days of
other laws may be calendar days: the item says which. A calendar that doesn't know a year raises.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Protocol

from django.db.models import TextChoices

from zhijian.core.zone import CHINA

YELLOW_SHARE: Final = 5  # a fifth of the limit left


class LimitUnit(TextChoices):
    """Unit of a time limit; 即办 means at once, at the counter or on submission."""

    WORKING_DAY = "working_day", "工作日"
    DAY = "day", "日"
    HOUR = "hour", "小时"
    INSTANT = "instant", "即办"


class Calendar(Protocol):
    """Working days, as :class:`zhijian.core.workdays.Workdays` knows them."""

    def add(self, start: datetime, n: int) -> datetime: ...

    def between(self, a: datetime, b: datetime) -> int: ...


@dataclass(frozen=True, slots=True)
class Limit:
    """How long something may take."""

    value: int
    unit: str

    @property
    def words(self) -> str:
        if self.unit == LimitUnit.INSTANT:
            return "即办"
        measure = "" if self.unit == LimitUnit.DAY else "个"
        return f"{self.value}{measure}{LimitUnit(self.unit).label}"


@dataclass(frozen=True, slots=True)
class Clock:
    """A running period: yellow from ``warn_at``, red after ``due_at``; ``rule`` and ``law`` say why."""

    started_at: datetime
    due_at: datetime
    warn_at: datetime
    limit: Limit
    rule: str
    law: str


def end_of_day(moment: datetime) -> datetime:
    return moment.astimezone(CHINA).replace(hour=23, minute=59, second=59, microsecond=0)


def run(limit: Limit, started_at: datetime, calendar: Calendar, *, rule: str, law: str) -> Clock:
    """Start a period. Raises what ``calendar`` raises for a year that it doesn't know."""
    due_at = after(limit, started_at, calendar)
    return Clock(started_at, due_at, _warn_at(limit, started_at, due_at, calendar), limit, rule, law)


def after(limit: Limit, start: datetime, calendar: Calendar) -> datetime:
    match limit.unit:
        case LimitUnit.WORKING_DAY:
            return end_of_day(calendar.add(start, limit.value))
        case LimitUnit.DAY:
            return end_of_day(start + timedelta(days=limit.value))
        case LimitUnit.HOUR:
            return start + timedelta(hours=limit.value)
        case _:
            return end_of_day(start)


def _warn_at(limit: Limit, start: datetime, due_at: datetime, calendar: Calendar) -> datetime:
    """The moment from which a fifth of the limit, or one working day, is left."""
    match limit.unit:
        case LimitUnit.WORKING_DAY:
            left = max(1, limit.value // YELLOW_SHARE)
            return start if left >= limit.value else end_of_day(calendar.add(start, limit.value - left))
        case LimitUnit.DAY:
            share = timedelta(days=max(1, limit.value // YELLOW_SHARE))
            return max(start, due_at - share)
        case LimitUnit.HOUR:
            return due_at - timedelta(hours=limit.value) / YELLOW_SHARE
        case _:
            return start


def run_with(
    limit: Limit,
    started_at: datetime,
    calendar: Calendar,
    *,
    rule: str,
    law: str,
    pauses: Sequence[tuple[datetime, datetime]] = (),
    extension: int = 0,
) -> Clock:
    """A period with its ended pauses left out (art. 45) and the working days granted under art. 42."""
    clock = run(limit, started_at, calendar, rule=rule, law=law)
    for paused_at, resumed_at in pauses:
        clock = resumed(clock, paused_at, resumed_at, calendar)
    return _moved_by_working_days(clock, extension, calendar)


def resumed(clock: Clock, paused_at: datetime, resumed_at: datetime, calendar: Calendar) -> Clock:
    """Leave a pause out (art. 45): both ends move by what the pause took, in the limit's own unit."""
    unit = clock.limit.unit
    if unit == LimitUnit.WORKING_DAY:
        days = calendar.between(paused_at, resumed_at)
        return _moved_by_working_days(clock, days, calendar)
    if unit == LimitUnit.DAY:
        whole = (resumed_at.astimezone(CHINA).date() - paused_at.astimezone(CHINA).date()).days
        return replace(
            clock,
            due_at=end_of_day(clock.due_at + timedelta(days=whole)),
            warn_at=clock.warn_at + timedelta(days=whole),
        )
    taken = resumed_at - paused_at
    return replace(clock, due_at=clock.due_at + taken, warn_at=clock.warn_at + taken)


def _moved_by_working_days(clock: Clock, days: int, calendar: Calendar) -> Clock:
    if days <= 0:
        return clock
    return replace(
        clock,
        due_at=end_of_day(calendar.add(clock.due_at, days)),
        warn_at=end_of_day(calendar.add(clock.warn_at, days)),
    )
