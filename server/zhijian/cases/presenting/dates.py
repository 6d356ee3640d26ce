"""Dates as the app writes them: ``12月3日（周四）`` and ``Thu 3 Dec``."""

from datetime import date, datetime

from zhijian.core.clock import local_date

_DAYS = "一二三四五六日"
_DAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_of(moment: datetime | None) -> date | None:
    return local_date(moment) if moment else None


def spoken(day: date, *, this_year: int) -> str:
    """With the year only when it isn't this one."""
    year = "" if day.year == this_year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日（周{_DAYS[day.weekday()]}）"


def spoken_en(day: date, *, this_year: int) -> str:
    year = "" if day.year == this_year else f" {day.year}"
    return f"{_DAYS_EN[day.weekday()]} {day.day} {_MONTHS_EN[day.month - 1]}{year}"


def written(day: date) -> str:
    """For documents: ``2026年11月22日``."""
    return f"{day.year}年{day.month}月{day.day}日"
