"""Enters the working calendar: official years from the chinesecalendar library, later ones from our files."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import chinese_calendar
from chinese_calendar.constants import holidays, workdays
from django.db import transaction

from zhijian.core.models import CalendarDay, CalendarYear

_FILES = Path(__file__).parent / "calendars"
_FIRST_YEAR = 2024


@transaction.atomic
def seed_calendar() -> list[int]:
    """Enter each known year that is not in the table yet; returns those entered. What people entered stays."""
    known = set(CalendarYear.objects.values_list("year", flat=True))
    entered = [year for year in _library_years() if year not in known]
    for year in entered:
        CalendarYear.objects.create(year=year, source="国务院办公厅节假日安排通知")
    differing = [(day, False, holidays[day]) for day in holidays] + [
        (day, True, workdays[day]) for day in workdays
    ]
    CalendarDay.objects.bulk_create(
        [
            CalendarDay(date=day, working=working, name=chinese_calendar.Holiday(name).chinese)
            for day, working, name in differing
            if day.year in entered
        ],
        ignore_conflicts=True,
    )
    for file in sorted(_FILES.glob("*.json")):
        content = json.loads(file.read_text())
        if content["year"] not in known | set(entered):
            _enter_file(content)
            entered.append(content["year"])
    return entered


def _library_years() -> list[int]:
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


def _enter_file(content: dict[str, Any]) -> None:
    CalendarYear.objects.create(
        year=content["year"], source=content["source"], provisional=content["provisional"]
    )
    CalendarDay.objects.bulk_create(
        CalendarDay(date=date.fromisoformat(day["date"]), working=day["working"], name=day["name"])
        for day in content["days"]
    )
