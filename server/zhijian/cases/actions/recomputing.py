"""Dates of open cases after the working calendar has changed."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from zhijian.calendars.dependants import Change, Shift, Survey
from zhijian.cases import errors
from zhijian.cases.actions import clocks, turn
from zhijian.cases.models import Case
from zhijian.cases.queries.calendar import touched
from zhijian.cases.rules.acts import Action
from zhijian.cases.rules.states import PAUSED, State
from zhijian.core.actor import SYSTEM
from zhijian.core.clock import local_date, now
from zhijian.core.dates import long_date

_NAMES = {
    State.SUBMITTED: "受理答复期限",
    State.CORRECTION: "补正期限",
    State.APPROVED: "送达期限",
    State.REFUSED: "送达期限",
    State.ISSUING: "送达期限",
}
_DECISION = "最晚办结日"
_STORED = ("due_at", "warn_at", "decision_due_at", "decision_warn_at", "calendar_gap")


def survey(change: Change) -> Survey:
    """What would move, case by case. Writes nothing."""
    shifts: list[Shift] = []
    keys: list[str] = []
    at = now()
    for case in touched(change).iterator(chunk_size=500):
        _settle(case, at)
        before = _dates(case)
        stored = [getattr(case, name) for name in _STORED]
        clocks.wind(case, State(case.state), calendar=change.after)
        if stored != [getattr(case, name) for name in _STORED]:
            keys.append(str(case.pk))
            shifts += _shifts(case, before, _dates(case))
    return Survey(shifts, keys)


@transaction.atomic
def recompute(change: Change, key: str) -> None:
    """Compute the dates of one case anew, as they would be from the beginning, and tell the applicant in its history.

    What has been decided or has ended meanwhile stays as it is.
    """
    case = Case.objects.filter(pk=key).first()
    if case is None:
        return
    try:
        move = turn.begin(SYSTEM, case, Action.RECOMPUTE)
    except errors.StateForbids:
        return
    fresh = move.row
    before, stored = _dates(fresh), [getattr(fresh, name) for name in _STORED]
    clocks.wind(fresh, State(fresh.state))
    if stored == [getattr(fresh, name) for name in _STORED]:
        return
    if fresh.state == State.CORRECTION:
        fresh.correction.save(update_fields=["due_at"])
    words = _words(before, _dates(fresh))
    turn.finish(move, note=f"{change.reason}，{words}" if words else "", facts={"gap": fresh.calendar_gap})


def _settle(case: Case, at: datetime) -> None:
    """What time has decided by the calendar in force stays decided, also where no worker has long_date it yet."""
    if case.state == State.SUBMITTED and case.due_at is not None and at > case.due_at:
        case.state, case.accepted_at = State.ACCEPTED, case.received_at
        case.due_at, case.warn_at = case.decision_due_at, case.decision_warn_at


def _dates(case: Case) -> dict[str, datetime | None]:
    """What the applicant reads, each date once, by its name."""
    state = State(case.state)
    if state in _NAMES:
        shown = {_NAMES[state]: case.due_at}
        return shown | ({_DECISION: case.decision_due_at} if state is State.SUBMITTED else {})
    return {_DECISION: case.due_at}


def _moves(
    before: dict[str, datetime | None], after: dict[str, datetime | None]
) -> Iterator[tuple[str, datetime | None, datetime | None]]:
    for name, due in after.items():
        if before.get(name) != due:
            yield name, before.get(name), due


def _shifts(
    case: Case, before: dict[str, datetime | None], after: dict[str, datetime | None]
) -> Iterator[Shift]:
    runs = case.state not in PAUSED
    for name, was, becomes in _moves(before, after):
        yield Shift(case.number or "", f"{case.department.short_name}{name}", was, becomes, runs=runs)


def _words(before: dict[str, datetime | None], after: dict[str, datetime | None]) -> str:
    return "；".join(
        f"{name}{_day('由', was)}改为{_day('', becomes) or '待定'}"
        for name, was, becomes in _moves(before, after)
    )


def _day(word: str, moment: datetime | None) -> str:
    return f"{word}{long_date(local_date(moment))}" if moment else ""
