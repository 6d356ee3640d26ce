"""Working days 工作日, from the table: weekends rest, except as an entered holiday or make-up day says.

A year that is not in the table is an error for whoever asks, never a silent guess. A provisional year computes,
and :attr:`Workdays.provisional` tells that the State Council's notice is still to be entered.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import cast

from django.db import connection
from django.utils.functional import SimpleLazyObject

from zhijian.core import locks
from zhijian.core.clock import local_date
from zhijian.core.deadlines import Calendar
from zhijian.core.errors import Unavailable
from zhijian.core.locks import Lock
from zhijian.core.zone import CHINA

_DAY = timedelta(days=1)
_AS_ENTERED = """
    SELECT (SELECT string_agg(concat_ws(' ', year, provisional::int), ',') FROM core_calendaryear),
           (SELECT string_agg(concat_ws(' ', to_char(date, 'YYYY-MM-DD'), working::int), ',') FROM core_calendarday)
"""


class CalendarYearMissing(Unavailable):
    code = "core.calendar_year_missing"
    title = "工作日历缺少所需年度，请系统管理员在“工作日历”页录入"


@dataclass(frozen=True)
class Workdays:
    """A snapshot of the calendar: pure arithmetic, no database."""

    days: Mapping[date, bool]
    years: frozenset[int]
    provisional: frozenset[int] = frozenset()

    @classmethod
    def load(cls) -> "Workdays":
        """The calendar as entered: one statement, understood anew only when it reads otherwise than before."""
        with connection.cursor() as cursor:
            cursor.execute(_AS_ENTERED)
            return _understood(*cursor.fetchone())

    @classmethod
    def for_writing(cls, *, held: bool = False) -> "Workdays":
        """The calendar for whoever stores what it gives: no year is replaced until their transaction ends, so that
        no date computed on the old one comes to light after its recomputing has passed. ``held``: the transaction
        took the shared lock already, with another."""
        if not held:
            locks.share(Lock.CALENDAR)
        return cls.load()

    def with_year(self, year: int, days: Mapping[date, bool], *, provisional: bool = False) -> "Workdays":
        """As it would be with these days as the whole of ``year``."""
        rest = {day: working for day, working in self.days.items() if day.year != year}
        marked = self.provisional - {year} | ({year} if provisional else set())
        return replace(self, days=rest | dict(days), years=self.years | {year}, provisional=frozenset(marked))

    def without_year(self, year: int) -> "Workdays":
        """As it was before anybody entered ``year``."""
        rest = {day: working for day, working in self.days.items() if day.year != year}
        return replace(self, days=rest, years=self.years - {year}, provisional=self.provisional - {year})

    def is_working(self, day: date) -> bool:
        """Raises :class:`CalendarYearMissing` for a year that nobody entered."""
        if day.year not in self.years:
            raise CalendarYearMissing(extra={"year": day.year})
        return self.days.get(day, day.weekday() < 5)

    def add(self, start: datetime, count: int) -> datetime:
        """The end of the ``count``-th working day after the day of ``start`` (the first day does not count,
        民法典 art. 201); with 0, the end of that day itself or of the next working day."""
        day = local_date(start)
        while count > 0 or not self.is_working(day):
            day += _DAY
            if self.is_working(day):
                count -= 1
                if count <= 0:
                    break
        return end_of(day)

    def between(self, start: datetime, end: datetime) -> int:
        """Working days after the day of ``start`` up to and including that of ``end``; negative if it is earlier."""
        first, last = local_date(start), local_date(end)
        if last < first:
            return -self.between(end, start)
        span = (first + _DAY * n for n in range(1, (last - first).days + 1))
        return sum(self.is_working(day) for day in span)


def when_asked() -> Calendar:
    """The calendar as entered, read when the first day is asked for."""
    return cast(Calendar, SimpleLazyObject(Workdays.load))


@lru_cache(maxsize=4)
def _understood(years: str | None, days: str | None) -> Workdays:
    """What is kept can't be out of date: it is found by the whole of what the tables say."""
    marked = {int(year): mark == "1" for year, mark in _pairs(years)}
    return Workdays(
        days=MappingProxyType({date.fromisoformat(day): mark == "1" for day, mark in _pairs(days)}),
        years=frozenset(marked),
        provisional=frozenset(year for year, provisional in marked.items() if provisional),
    )


def _pairs(rows: str | None) -> Iterator[list[str]]:
    return (row.split() for row in rows.split(",")) if rows else iter(())


def hold_calendar() -> None:
    """Wait for all who are storing dates, and let nobody begin until this transaction ends."""
    locks.take(Lock.CALENDAR)


def end_of(day: date) -> datetime:
    """The last second of a day in China."""
    return datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=CHINA)
