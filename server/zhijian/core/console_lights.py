"""A traffic light as an officer reads it: colour, icon, what is due and the time that is left in the limit's unit."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from zhijian.core.clock import local_date
from zhijian.core.deadlines import LimitUnit
from zhijian.core.lights import Light
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


def lamp(
    light: Light, due_at: datetime | None, *, unit: str, now: datetime, calendar: Workdays, step: str = ""
) -> Lamp:
    """``step`` names what is due when several things may be, for example 联系 or 答复."""
    if due_at is None or light in {Light.PAUSED, Light.NONE}:
        return Lamp(light.value, ICONS[light], str(light.label))
    overdue = now > due_at
    start, end = (due_at, now) if overdue else (now, due_at)
    count, measure = _span(start, end, unit, calendar)
    if count:
        words = f"{'超期' if overdue else '还剩'} {count} {measure}"
    elif overdue:
        words = "刚刚超期"
    else:
        words = "不到 1 小时" if unit == LimitUnit.HOUR else "今天到期"
    return Lamp(light.value, ICONS[light], step + words)


def _span(start: datetime, end: datetime, unit: str, calendar: Workdays) -> tuple[int, str]:
    if unit == LimitUnit.HOUR:
        return int((end - start).total_seconds() // 3600), "小时"
    if unit == LimitUnit.WORKING_DAY:
        try:
            return calendar.between(start, end), "个工作日"
        except CalendarYearMissing:
            pass  # days of the calendar are better than no words at all
    return (local_date(end) - local_date(start)).days, "天"
