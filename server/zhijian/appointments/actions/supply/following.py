"""Halls follow the working calendar: days that became rest days close, days that became working days open."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime

from zhijian.appointments.actions.supply.applying import Written, apply_change, check, write
from zhijian.appointments.models import Schedule
from zhijian.appointments.queries.supply.changes import CalendarChange
from zhijian.appointments.queries.supply.impact import Course, Impact, course_of, survey
from zhijian.appointments.queries.supply.plans import plan_of, with_plan
from zhijian.appointments.rules.supply import last_day, slots_of
from zhijian.calendars.dependants import Change, Shift, Survey
from zhijian.core.actor import SYSTEM
from zhijian.core.clock import local_date, now
from zhijian.core.dates import short_date
from zhijian.organizations.models import Hall


@check.register
def check_calendar(change: CalendarChange, at: datetime) -> None:
    """Nothing can be wrong with it: the days were checked when they were entered."""


@write.register
def write_calendar(change: CalendarChange, at: datetime) -> Written:
    return Written("supply.calendar_followed", f"hall:{change.hall.code}", {})


def survey_halls(change: Change) -> Survey:
    """What each hall would close and open, date by date, and whom it hits. Writes nothing."""
    shifts: list[Shift] = []
    keys: list[str] = []
    at = now()
    for hall in _halls():
        proposed = CalendarChange(hall, change.before, change.after, change.reason)
        course = course_of(proposed, at, change.after)
        impact = survey(course, at)
        if not impact.nothing:
            keys.append(hall.code)
        words = _by_date(course, impact) | dict(_without_slots(hall, change, at))
        shifts += [
            Shift(hall.name, "预约", note=f"{short_date(day)}{said}") for day, said in sorted(words.items())
        ]
    return Survey(shifts, keys)


def follow(change: Change, key: str) -> None:
    """Whoever loses a place is moved the way of every closure: told, to the nearest free one."""
    hall = Hall.objects.filter(code=key).first()
    if hall is not None:
        apply_change(SYSTEM, change=CalendarChange(hall, change.before, None, change.reason), expected=None)


def _halls() -> list[Hall]:
    following = Schedule.objects.filter(follows_calendar=True).values("group__hall")
    return list(Hall.objects.filter(pk__in=following).order_by("code"))


def _by_date(course: Course, impact: Impact) -> dict[date, str]:
    closed = Counter(local_date(work.step.starts_at) for work in course.works if work.step.closes)
    opened = Counter(local_date(work.step.starts_at) for work in course.works if work.step.opens)
    hit = Counter(local_date(one.booking.slot.starts_at) for one in impact.hits)
    words = {}
    for day in closed.keys() | opened.keys():
        said = [
            f"{label}{count}个时段"
            for label, count in (("关闭", closed[day]), ("新开", opened[day]))
            if count
        ]
        if hit[day]:
            said.append(f"{hit[day]}个预约要改约")
        words[day] = "，".join(said)
    return words


def _without_slots(hall: Hall, change: Change, at: datetime) -> Iterator[tuple[date, str]]:
    """Days that become working days on which no plan of the hall offers anything."""
    plans = [plan_of(one, ()) for one in with_plan(Schedule.objects.filter(group__hall=hall))]
    days = sorted(day for day, working in change.after.days.items() if working)
    for day in days:
        begins = local_date(at) < day <= max(last_day(plan, local_date(at), change.after) for plan in plans)
        if begins and _newly(day, change) and not any(slots_of(day, plan, change.after) for plan in plans):
            yield day, "调休上班，号源计划没有安排时段"


def _newly(day: date, change: Change) -> bool:
    return day.year not in change.before.years or not change.before.is_working(day)
