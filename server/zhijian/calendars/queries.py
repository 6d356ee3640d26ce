"""What is entered, what is missing, what would change."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from zhijian.calendars.dependants import Change, Dependant, Shift, all_dependants
from zhijian.calendars.rules.year import Difference, Source, YearPlan, days_from, differences
from zhijian.core.calendar_seed import LIBRARY_TITLE, library_days
from zhijian.core.clock import now, today
from zhijian.core.models import CalendarDay, CalendarVersion, CalendarYear
from zhijian.core.workdays import Workdays
from zhijian.organizations.models import Region, Staff
from zhijian.organizations.queries import regions_in_scope
from zhijian.organizations.rules import Post

NEXT_YEAR_FROM_MONTH = 10
"""From October on the next year is looked for: its notice comes in late autumn, and deadlines begin to reach it."""


def plan_of(year: int) -> YearPlan | None:
    """The year as it is in force; None if nobody entered it."""
    row = CalendarYear.objects.filter(year=year).first()
    if row is None:
        return None
    last = CalendarVersion.objects.filter(year=year).order_by("number").last()
    source = Source(row.source)
    if last is not None and last.title == row.source:
        source = Source(last.title, last.document_number, last.issued_on, last.url)
    days = CalendarDay.objects.filter(date__year=year).order_by("date").values("date", "working", "name")
    rows = [{**day, "date": day["date"].isoformat()} for day in days]
    return YearPlan(year, days_from(rows), source, row.provisional)


def versions(year: int) -> list[CalendarVersion]:
    """The latest first."""
    return list(CalendarVersion.objects.filter(year=year).order_by("-number"))


def version_number(year: int) -> int:
    """Of the version in force; 0 when there is none."""
    last = CalendarVersion.objects.filter(year=year).order_by("number").last()
    return last.number if last else 0


def library_offer(year: int) -> YearPlan | None:
    """Official days that this release brings for a year that is missing or provisional."""
    row = CalendarYear.objects.filter(year=year).first()
    if row is not None and not row.provisional:
        return None
    days = library_days(year)
    return YearPlan(year, days_from(days), Source(LIBRARY_TITLE)) if days else None


def change_to(plan: YearPlan) -> Change | None:
    """What entering ``plan`` would change for whoever computes; None if nothing."""
    before = Workdays.load()
    after = before.with_year(plan.year, plan.marks, provisional=plan.provisional)
    first = first_difference(before, after, plan.year)
    return Change(before, after, first, reason_of(plan.source)) if first else None


def first_difference(before: Workdays, after: Workdays, year: int) -> date | None:
    """The first day that is marked otherwise; New Year's when the year was missing. Marks count, not only working or
    not: a hall's Saturday plan rests on a named holiday."""
    if (year in before.years) != (year in after.years):
        return date(year, 1, 1)
    was = {day: mark for day, mark in before.days.items() if day.year == year}
    becomes = {day: mark for day, mark in after.days.items() if day.year == year}
    return min((day for day in was.keys() | becomes.keys() if was.get(day) != becomes.get(day)), default=None)


def reason_of(source: Source) -> str:
    return f"工作日历变更（{source.document_number or source.title}）"


@dataclass(frozen=True, slots=True)
class Effect:
    """What one dependant would move."""

    label: str
    shifts: tuple[Shift, ...]
    late: int
    relieved: int
    moved: int


@dataclass(frozen=True, slots=True)
class Impact:
    """All that a plan would do. ``shifts`` are counted whole, and shown as far as a page goes."""

    differences: tuple[Difference, ...] = ()
    effects: tuple[Effect, ...] = field(default=())

    @property
    def moved(self) -> int:
        return sum(effect.moved for effect in self.effects)

    @property
    def late(self) -> int:
        return sum(effect.late for effect in self.effects)

    @property
    def relieved(self) -> int:
        return sum(effect.relieved for effect in self.effects)


def impact_of(plan: YearPlan) -> Impact:
    """Writes nothing."""
    current, change = plan_of(plan.year), change_to(plan)
    changed = tuple(differences(current.days if current else None, plan.days))
    if change is None:
        return Impact(changed)
    at = now()
    return Impact(changed, tuple(_effect(one, change, at) for one in all_dependants()))


def _effect(dependant: Dependant, change: Change, at: datetime) -> Effect:
    survey = dependant.survey(change)
    return Effect(
        label=dependant.label,
        shifts=tuple(survey.shifts),
        late=sum(
            _late(shift.after, shift, at) and not _late(shift.before, shift, at) for shift in survey.shifts
        ),
        relieved=sum(
            _late(shift.before, shift, at) and not _late(shift.after, shift, at) for shift in survey.shifts
        ),
        moved=len(survey.keys),
    )


def _late(due: datetime | None, shift: Shift, at: datetime) -> bool:
    return shift.runs and due is not None and due < at


@dataclass(frozen=True, slots=True)
class Lack:
    """A year that is needed and not there, or only provisional."""

    year: int
    missing: bool
    offered: bool = False


def lacks() -> list[Lack]:
    """Years that deadlines need now or soon: this one, from October the next, and any that work already runs into."""
    calendar, day = Workdays.load(), today()
    wanted = {day.year} | ({day.year + 1} if day.month >= NEXT_YEAR_FROM_MONTH else set())
    later = frozenset({day.year + 1, day.year + 2} - wanted)
    wanted |= {
        year for year in later if any(one.reaching(None, frozenset({year})) for one in all_dependants())
    }
    unsure = [year for year in sorted(wanted) if year not in calendar.years or year in calendar.provisional]
    return [Lack(year, year not in calendar.years, library_offer(year) is not None) for year in unsure]


@dataclass(frozen=True, slots=True)
class Reaching:
    label: str
    count: int


def reaching(staff: Staff) -> tuple[list[int], list[Reaching]]:
    """Years not yet certain, and how much of this person's open work ends in one."""
    calendar, day = Workdays.load(), today()
    years = {day.year, day.year + 1, day.year + 2}
    unsure = frozenset(years - calendar.years | (years & calendar.provisional))
    if not unsure:
        return [], []
    found = [Reaching(one.label, one.reaching(staff, unsure)) for one in all_dependants()]
    hit = [
        year
        for year in sorted(unsure)
        if any(one.reaching(staff, frozenset({year})) for one in all_dependants())
    ]
    return hit, [each for each in found if each.count]


def governs_city(staff: Staff) -> bool:
    """Whether the person's post of system administrator covers every region: the calendar is the whole city's."""
    covered = regions_in_scope(staff, Post.SYSTEM_ADMIN).values("pk")
    return Region.objects.exists() and not Region.objects.exclude(pk__in=covered).exists()


def unsettled() -> list[CalendarVersion]:
    """Versions whose recomputing has not come to its end; the first first."""
    return list(CalendarVersion.objects.filter(settled_at=None).order_by("pk"))


def shown_years() -> list[int]:
    """Entered years and the next one, the latest first."""
    known: Iterable[int] = CalendarYear.objects.values_list("year", flat=True)
    return sorted({*known, today().year, today().year + 1}, reverse=True)
