"""Dates in words, in Chinese and English. The caller names the present year where it may be left out. Pure."""

from datetime import date, datetime
from typing import Annotated, Final

from pydantic import BeforeValidator

from zhijian.core import numbers
from zhijian.core.zone import CHINA

WEEKDAYS: Final = "一二三四五六日"
_AS_WRITTEN = BeforeValidator(lambda given: numbers.day(given) if isinstance(given, str) else given)
Day = Annotated[date, _AS_WRITTEN]
"""A date in a record that people write by hand."""
DayOrNone = Annotated[date | None, _AS_WRITTEN]
_DAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_of(moment: datetime | None) -> date | None:
    """The calendar day in China on which ``moment`` falls."""
    return moment.astimezone(CHINA).date() if moment else None


def read_day(text: str) -> date:
    """The date that ``text`` names in any of the ways people write one. Raises ValueError."""
    found = numbers.day(text)
    if not numbers.is_day(found):
        raise ValueError(f"no day of the calendar: {found[:30]}")
    return date.fromisoformat(found)


def long_date(day: date) -> str:
    """``2026年11月22日``, for documents."""
    return f"{day.year}年{short_date(day)}"


def short_date(day: date) -> str:
    """``11月22日``."""
    return f"{day.month}月{day.day}日"


def weekday_date(day: date, *, this_year: int) -> str:
    """``12月3日（周四）``, with the year when it isn't ``this_year``."""
    written = short_date(day) if day.year == this_year else long_date(day)
    return f"{written}（周{WEEKDAYS[day.weekday()]}）"


def weekday_date_en(day: date, *, this_year: int) -> str:
    """``Thu 3 Dec``, with the year when it isn't ``this_year``."""
    year = "" if day.year == this_year else f" {day.year}"
    return f"{_DAYS_EN[day.weekday()]} {day.day} {_MONTHS_EN[day.month - 1]}{year}"


def time_of_day(moment: datetime) -> str:
    """``12月3日 14:05`` in China."""
    local = moment.astimezone(CHINA)
    return f"{short_date(local)} {local:%H:%M}"
