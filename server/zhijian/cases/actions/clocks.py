"""Sets the clock of a case for the stage it enters: computed once, from the calendar table, and stored."""

from datetime import datetime

from zhijian.cases.models import FAR_FUTURE, Case, Extension
from zhijian.cases.queries.terms import LICENSING_LAW, terms_of
from zhijian.cases.rules.deadlines import DELIVERY_DAYS, NOTICE_DAYS
from zhijian.cases.rules.states import PAUSED, State
from zhijian.core import deadlines
from zhijian.core.deadlines import Clock, Limit, LimitUnit
from zhijian.core.workdays import CalendarYearMissing, Workdays

# A suspended case keeps its decision's clock, which stands; what the pause took is added when it ends.
_DECISION = {State.ACCEPTED, State.REVIEWING, State.SUSPENDED, State.DECIDING}
_AFTER_DECISION = {State.APPROVED, State.REFUSED, State.ISSUING}


def wind(case: Case, state: State, *, calendar: Workdays | None = None) -> None:
    """Set due dates for ``state`` from what ``case`` says; does not save.

    A year that the calendar lacks leaves the case without a due date and notes the year: the case goes on, a
    task computes the date once the year is entered, and supervision shows the gap meanwhile.
    """
    case.calendar_gap = None
    try:
        _wind(case, state, calendar or Workdays.for_writing())
    except CalendarYearMissing as missing:
        if state is not State.CORRECTION:  # the applicant has been told a date
            _clear(case)
        case.calendar_gap = missing.extra["year"]


def sort(case: Case) -> None:
    """Keep the queue's order: what isn't running sorts last."""
    case.sort_at = FAR_FUTURE if case.due_at is None or case.state in PAUSED else case.due_at


def _wind(case: Case, state: State, calendar: Workdays) -> None:
    if state is State.SUBMITTED:
        _remember_decision(case, _decision(case, _received(case), calendar, fresh=True))
        _show(case, _notice(_received(case), calendar))
    elif state in _DECISION:
        assert case.accepted_at is not None
        clock = _decision(case, case.accepted_at, calendar, fresh=state is State.ACCEPTED)
        _remember_decision(case, clock)
        _show(case, clock)
    elif state in _AFTER_DECISION:
        assert case.decided_at is not None
        _show(case, _delivery(case.decided_at, calendar))
    elif state is State.CORRECTION:
        _await_correction(case, calendar)
        _remember_decision(case, _decision(case, _received(case), calendar, fresh=True))
    else:
        _clear(case)


def correction_due(asked_at: datetime, days: int, calendar: Workdays) -> datetime:
    """The end of the applicant's time."""
    return deadlines.end_of_day(calendar.add(asked_at, days))


def show_correction(case: Case, due_at: datetime) -> None:
    """The stage's end is the applicant's, and its clock stands."""
    case.due_at, case.warn_at, case.due_rule = due_at, None, "等待您补正，补正期间不计入办理时限"


def _await_correction(case: Case, calendar: Workdays) -> None:
    notice = case.correction
    if notice.days is not None:
        computed = correction_due(notice.asked_at, notice.days, calendar)
        notice.due_at = max(computed, notice.told_due_at or computed)
    show_correction(case, notice.due_at)


def _received(case: Case) -> datetime:
    assert case.received_at is not None
    return case.received_at


def _notice(received_at: datetime, calendar: Workdays) -> Clock:
    limit = Limit(NOTICE_DAYS, LimitUnit.WORKING_DAY)
    rule = f"收到申请后{limit.words}内告知是否受理或补正，逾期未告知的视为受理"
    return deadlines.run(limit, received_at, calendar, rule=rule, law=f"{LICENSING_LAW}第三十二条")


def _delivery(decided_at: datetime, calendar: Workdays) -> Clock:
    limit = Limit(DELIVERY_DAYS, LimitUnit.WORKING_DAY)
    rule = f"作出决定之日起{limit.words}内颁发、送达"
    return deadlines.run(limit, decided_at, calendar, rule=rule, law=f"{LICENSING_LAW}第四十四条")


def _decision(case: Case, start: datetime, calendar: Workdays, *, fresh: bool) -> Clock | None:
    """``fresh``: nothing can have paused or extended it yet."""
    terms = terms_of(case)
    if terms.limit is None:
        return None
    if fresh:
        return deadlines.run(terms.limit, start, calendar, rule=terms.rule, law=terms.law)
    # read whole, so that what has been prefetched is used
    pauses = sorted(case.pauses.all(), key=lambda pause: pause.pk)
    approved = [one for one in case.extensions.all() if one.status == Extension.Status.APPROVED]
    granted = approved[0] if approved else None
    return deadlines.run_with(
        terms.limit,
        start,
        calendar,
        rule=terms.rule + (f"，经批准延长{granted.days}个工作日" if granted else ""),
        law=terms.law,
        pauses=[
            (pause.started_at, pause.ended_at)
            for pause in pauses
            if pause.ended_at and pause.started_at >= start
        ],
        extension=granted.days if granted else 0,
    )


def _remember_decision(case: Case, clock: Clock | None) -> None:
    case.decision_due_at = clock.due_at if clock else None
    case.decision_warn_at = clock.warn_at if clock else None


def _show(case: Case, clock: Clock | None) -> None:
    if clock is None:
        _clear(case)
        return
    case.clock_started_at, case.due_at, case.warn_at = clock.started_at, clock.due_at, clock.warn_at
    case.limit_value, case.limit_unit = clock.limit.value, clock.limit.unit
    case.due_rule, case.due_law = clock.rule, clock.law


def _clear(case: Case) -> None:
    case.clock_started_at = case.due_at = case.warn_at = None
    case.limit_value, case.limit_unit, case.due_rule, case.due_law = None, "", "", ""
