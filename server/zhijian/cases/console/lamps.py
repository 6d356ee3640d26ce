"""A light as an officer reads it: colour, icon and the time that is left, in the unit that the limit has."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from zhijian.cases.queries.stages import Standing
from zhijian.cases.rules.lights import Light
from zhijian.catalog.codes import LimitUnit
from zhijian.core.clock import local_date
from zhijian.core.workdays import CalendarYearMissing, Workdays

ICONS: Final = {
    Light.GREEN: "clock",
    Light.YELLOW: "triangle-alert",
    Light.RED: "octagon-alert",
    Light.PAUSED: "circle-pause",
    Light.NONE: "circle-dot",
}


@dataclass(frozen=True, slots=True)
class Lamp:
    light: str
    icon: str
    words: str


def lamp(standing: Standing, *, now: datetime, calendar: Workdays) -> Lamp:
    return Lamp(standing.light.value, ICONS[standing.light], _words(standing, now, calendar))


def _words(standing: Standing, now: datetime, calendar: Workdays) -> str:
    if standing.due_at is None or standing.light in {Light.PAUSED, Light.NONE}:
        return str(standing.light.label)
    overdue = now > standing.due_at
    start, end = (standing.due_at, now) if overdue else (now, standing.due_at)
    count, unit = _span(start, end, standing.limit_unit, calendar)
    if count == 0:
        return "刚刚超期" if overdue else "今天到期"
    return f"超期 {count} {unit}" if overdue else f"还剩 {count} {unit}"


def _span(start: datetime, end: datetime, unit: str, calendar: Workdays) -> tuple[int, str]:
    if unit == LimitUnit.HOUR:
        return int((end - start).total_seconds() // 3600), "小时"
    if unit == LimitUnit.WORKING_DAY:
        try:
            return calendar.between(start, end), "个工作日"
        except CalendarYearMissing:
            pass  # days of the calendar are better than no words at all
    return (local_date(end) - local_date(start)).days, "天"
