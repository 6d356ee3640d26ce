"""The clock of a case in words and numbers."""

from datetime import datetime

from zhijian.cases.models import Case, CasePause
from zhijian.cases.presenting import shapes
from zhijian.cases.queries.stages import Standing, paused
from zhijian.cases.rules.grounds import Ground
from zhijian.cases.rules.states import State
from zhijian.core.clock import local_date
from zhijian.core.deadlines import Calendar, LimitUnit
from zhijian.core.workdays import CalendarYearMissing


def clock_view(case: Case, stands: Standing, moment: datetime, calendar: Calendar) -> shapes.Clock | None:
    """None where no clock runs. Days are of the limit's own kind; hours and 即办 count 0."""
    if stands.started_at is None or stands.due_at is None or stands.state is State.CORRECTION:
        return None
    asked = case.extensions.all() if case.accepted_at else ()
    granted = sum(extension.days for extension in asked if extension.status == "approved")
    told = list(case.pauses.all()) if paused(case) else []
    pauses = [pause for pause in told if pause.started_at >= stands.started_at]
    in_days = stands.limit_unit in {LimitUnit.WORKING_DAY, LimitUnit.DAY}
    decision = case.decided_at is None and case.accepted_at is not None
    return shapes.Clock(
        started_at=stands.started_at,
        due_at=stands.due_at,
        rule=stands.rule,
        law=stands.law,
        unit=LimitUnit(stands.limit_unit) if stands.limit_unit else "",
        total_days=(stands.limit_value or 0) + (granted if decision else 0) if in_days else 0,
        used_days=_used(stands, pauses, moment, calendar) if in_days else 0,
        pauses=[pause_view(pause) for pause in told],
        extended=bool(granted),
    )


def pause_view(pause: CasePause) -> shapes.Pause:  # type: ignore[valid-type]
    words = str(Ground(pause.ground).label)
    reason = f"{words}：{pause.reason}" if pause.reason else words
    return shapes.Pause(**{"from": pause.started_at, "to": pause.ended_at, "reason": reason})


def _used(stands: Standing, pauses: list[CasePause], moment: datetime, calendar: Calendar) -> int:
    assert stands.started_at is not None
    try:
        whole = _span(stands.started_at, moment, stands.limit_unit, calendar)
        stopped = sum(
            _span(pause.started_at, pause.ended_at or moment, stands.limit_unit, calendar) for pause in pauses
        )
    except CalendarYearMissing:
        return 0
    return max(0, whole - stopped)


def _span(start: datetime, end: datetime, unit: str, calendar: Calendar) -> int:
    if unit == LimitUnit.WORKING_DAY:
        return calendar.between(start, end)
    return (local_date(end) - local_date(start)).days
