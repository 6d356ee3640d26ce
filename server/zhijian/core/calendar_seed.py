"""Enters the working calendar: official years from the chinesecalendar library, later ones from our files."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import chinese_calendar
from chinese_calendar.constants import holidays, workdays
from django.db import transaction

from zhijian.core.actor import SYSTEM
from zhijian.core.clock import now
from zhijian.core.models import CalendarDay, CalendarVersion, CalendarYear
from zhijian.core.workdays import hold_calendar

_FILES = Path(__file__).parent / "calendars"
_FIRST_YEAR = 2024
LIBRARY_TITLE = "国务院办公厅节假日安排通知"

Days = list[dict[str, Any]]
"""Days that differ from the week, as JSON: date, working, name."""


@transaction.atomic
def seed_calendar() -> list[int]:
    """Enter each known year that is not in the table yet; returns those entered. What people entered stays, and so
    does a provisional year: ``library_days`` offers what has come out since."""
    hold_calendar()
    known = set(CalendarYear.objects.values_list("year", flat=True))
    entered = [year for year in library_years() if year not in known]
    for year in entered:
        _enter(year, LIBRARY_TITLE, library_days(year), provisional=False)
    for file in sorted(_FILES.glob("*.json")):
        content = json.loads(file.read_text(encoding="utf-8"))
        if content["year"] not in known | set(entered):
            _enter(content["year"], content["source"], content["days"], provisional=content["provisional"])
            entered.append(content["year"])
    return entered


def library_years() -> list[int]:
    """Years that the library knows whole: it raises for the others."""
    years: list[int] = []
    year = _FIRST_YEAR
    while True:
        try:
            chinese_calendar.is_workday(date(year, 12, 31) - timedelta(days=1))
        except NotImplementedError:
            return years
        years.append(year)
        year += 1


def library_days(year: int) -> Days:
    """The official days that this release knows; empty for a year that it doesn't."""
    if year not in library_years():
        return []
    found = [(day, False, holidays[day]) for day in holidays] + [
        (day, True, workdays[day]) for day in workdays
    ]
    return [
        {"date": day.isoformat(), "working": working, "name": chinese_calendar.Holiday(name).chinese}
        for day, working, name in sorted(found)
        if day.year == year
    ]


def store_days(year: int, title: str, days: Days, *, provisional: bool) -> None:
    """Make these the days of ``year``, in the caller's transaction."""
    CalendarYear.objects.update_or_create(year=year, defaults={"source": title, "provisional": provisional})
    CalendarDay.objects.filter(date__year=year).delete()
    CalendarDay.objects.bulk_create(
        CalendarDay(date=date.fromisoformat(day["date"]), working=day["working"], name=day["name"])
        for day in days
    )


def _enter(year: int, title: str, days: Days, *, provisional: bool) -> None:
    store_days(year, title, days, provisional=provisional)
    last = CalendarVersion.objects.filter(year=year).order_by("number").last()
    CalendarVersion.objects.create(
        year=year,
        number=last.number + 1 if last else 1,
        provisional=provisional,
        title=title,
        days=days,
        origin=CalendarVersion.Origin.LIBRARY,
        actor_kind=SYSTEM.kind,
        actor_key=SYSTEM.key,
        actor_label=SYSTEM.label,
        at=now(),
    )
