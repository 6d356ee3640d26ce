"""A light as an officer reads it: colour, icon, what is due, and the time that is left in the limit's unit."""

from datetime import datetime

from zhijian.cases.console.lamps import ICONS, Lamp
from zhijian.cases.rules.lights import Light
from zhijian.catalog.codes import LimitUnit
from zhijian.core.clock import local_date
from zhijian.core.workdays import CalendarYearMissing, Workdays
from zhijian.tickets.models import Ticket
from zhijian.tickets.queries.standing import Standing, standing

_STEPS = {"contact": "联系", "answer": "答复"}


def lamp(ticket: Ticket, *, now: datetime, calendar: Workdays) -> Lamp:
    stands = standing(ticket, now)
    return Lamp(stands.light.value, ICONS[stands.light], _words(stands, now, calendar))


def _words(stands: Standing, now: datetime, calendar: Workdays) -> str:
    if stands.due_at is None or stands.light in {Light.PAUSED, Light.NONE}:
        return str(stands.light.label)
    overdue = now > stands.due_at
    start, end = (stands.due_at, now) if overdue else (now, stands.due_at)
    count, unit = _span(start, end, stands.unit, calendar)
    step = _STEPS[stands.step]
    if count == 0 and unit == "小时":
        return f"{step}刚超期" if overdue else f"{step}不到1小时"
    if count == 0:
        return f"{step}刚超期" if overdue else f"{step}今天到期"
    return f"{step}超期{count}{unit}" if overdue else f"{step}还剩{count}{unit}"


def _span(start: datetime, end: datetime, unit: str, calendar: Workdays) -> tuple[int, str]:
    if unit == LimitUnit.HOUR:
        return int((end - start).total_seconds() // 3600), "小时"
    if unit == LimitUnit.WORKING_DAY:
        try:
            return calendar.between(start, end), "个工作日"
        except CalendarYearMissing:
            pass  # days of the calendar are better than no words at all
    return (local_date(end) - local_date(start)).days, "天"
