"""A case in a list."""

from datetime import datetime
from typing import Any, Literal

from zhijian.cases.models import Case
from zhijian.cases.presenting.sentences import Scene, sentence
from zhijian.cases.presenting.shapes import CaseSummary, ItemRef, Todo
from zhijian.cases.queries.stages import Standing, may_rate, standing
from zhijian.cases.rules.states import State, label, label_en
from zhijian.core.clock import local_date
from zhijian.core.dates import day_of
from zhijian.core.deadlines import Calendar
from zhijian.core.workdays import CalendarYearMissing

_TODOS: dict[State, tuple[Literal["draft", "correction", "collect"], str, str]] = {
    State.DRAFT: ("draft", "继续填写", "Continue"),
    State.CORRECTION: ("correction", "补正材料", "Correct"),
    State.DELIVERING: ("collect", "领取结果", "Collect the result"),
}


def present_summary(case: Case, moment: datetime, calendar: Calendar) -> CaseSummary:
    """``case`` with its department; no query."""
    return CaseSummary(**summary_fields(case, standing(case, moment), moment, calendar))


def summary_fields(case: Case, stands: Standing, moment: datetime, calendar: Calendar) -> dict[str, Any]:
    words, words_en = sentence(scene_of(case, stands, moment))
    return {
        "id": case.public_id,
        "number": case.number,
        "item": ItemRef(code=case.item_code, name=case.item_name, name_en=case.item_name_en),
        "state": stands.state,
        "state_label": label(stands.state),
        "state_label_en": label_en(stands.state),
        "sentence": words,
        "sentence_en": words_en,
        "light": stands.light,
        "due_on": day_of(stands.due_at),
        "days_left": days_left(stands, moment, calendar),
        "created_at": case.created_at,
        "updated_at": case.updated_at,
        "todo": todo(case, stands),
    }


def scene_of(case: Case, stands: Standing, moment: datetime) -> Scene:
    due = day_of(stands.due_at)
    return Scene(
        state=stands.state,
        office=case.department.name,
        office_en=case.department.name_en or case.department.name,
        due=due,
        today=local_date(moment),
        overdue=due is not None and due < local_date(moment),
        corrected=case.corrected,
        refused=case.outcome == "refuse",
        delivery=case.delivery_method,
    )


def days_left(stands: Standing, moment: datetime, calendar: Calendar) -> int | None:
    """Working days to the due day, negative when overdue; None when no clock runs."""
    if stands.due_at is None or stands.state is State.SUSPENDED:
        return None
    try:
        return calendar.between(moment, stands.due_at)
    except CalendarYearMissing:
        return None


def todo(case: Case, stands: Standing) -> Todo | None:
    if may_rate(case):
        return Todo(kind="rate", label="评价一下", label_en="Rate the service", due_on=None)
    if stands.state not in _TODOS:
        return None
    kind, words, words_en = _TODOS[stands.state]
    due = day_of(stands.due_at) if kind == "correction" else None
    return Todo(kind=kind, label=words, label_en=words_en, due_on=due)
