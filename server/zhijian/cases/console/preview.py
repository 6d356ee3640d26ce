"""What the applicant will see once the officer has pressed the button, in the words of the app."""

from dataclasses import dataclass, field
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from zhijian.cases.console import doing
from zhijian.cases.models import Case
from zhijian.cases.presenting.sentences import Scene, sentence
from zhijian.cases.queries.facts import HANDLING_POSTS
from zhijian.cases.queries.staff import case_for_staff
from zhijian.cases.queries.versions import Version, version
from zhijian.cases.rules import corrections, refusals
from zhijian.cases.rules.acts import Action
from zhijian.cases.rules.deadlines import CORRECTION_DAYS
from zhijian.cases.rules.states import State
from zhijian.core.clock import now, today
from zhijian.core.dates import day_of
from zhijian.core.deadlines import end_of_day
from zhijian.core.workdays import CalendarYearMissing, Workdays
from zhijian.organizations.access import requires, staff_of
from zhijian.workbench.acting import number

_LEADS_TO = {
    Action.REQUEST_CORRECTION: State.CORRECTION,
    Action.REJECT: State.REJECTED,
    Action.DECIDE: State.REFUSED,
    Action.RETURN_CASE: State.RETURNED,
}


@dataclass(slots=True)
class Preview:
    """The sentence on top, then what is named, then reasons and remedies."""

    sentence: str
    note: str = ""
    faults: list[tuple[str, str]] = field(default_factory=list)
    law: str = ""
    remedies: str = ""


@require_POST
@requires(*HANDLING_POSTS)
def preview(request: HttpRequest, number: str, action: str) -> HttpResponse:
    case = case_for_staff(staff_of(request), number)
    made = (
        _preview(case, action, request) if action in _LEADS_TO or action == Action.APPROVE_EXTENSION else None
    )
    return render(request, "cases/parts/preview.html", {"preview": made})


def _preview(case: Case, action: str, request: HttpRequest) -> Preview | None:
    data = request.POST
    match action:
        case Action.REQUEST_CORRECTION:
            days = min(number(data.get("days")) or CORRECTION_DAYS, 60)
            said = _sentence(case, State.CORRECTION, due=_due(days))
            faults = _faults(version(case.item_version_id), request)
            return Preview(said, data.get("note", ""), faults)
        case Action.REJECT | Action.DECIDE:
            if action == Action.DECIDE and data.get("outcome") != "refuse":
                return None
            said = _sentence(case, _LEADS_TO[Action(action)])
            remedies = refusals.remedies(case.department.name)
            return Preview(said, data.get("reasons", ""), law=data.get("law", ""), remedies=remedies)
        case Action.RETURN_CASE:
            return Preview(_sentence(case, State.RETURNED), data.get("reason", ""))
        case _:
            return Preview("您的办件办理时限已延长", data.get("reason", ""))


def _sentence(case: Case, state: State, *, due: datetime | None = None) -> str:
    name = case.department.name
    return sentence(Scene(state=state, office=name, office_en=name, due=day_of(due), today=today()))[0]


def _due(days: int) -> datetime | None:
    try:
        return end_of_day(Workdays.load().add(now(), days))
    except CalendarYearMissing:
        return None


def _faults(item: Version, request: HttpRequest) -> list[tuple[str, str]]:
    labels = {name: one.label for name, one in item.fields.items()}
    named = [
        (corrections.label_of(one.key, labels), one.words) for one in doing.faults(request.POST, "field")
    ]
    materials = {code: one.name for code, one in item.materials.items()}
    return named + [
        (materials.get(one.key, one.key), one.words) for one in doing.faults(request.POST, "material")
    ]
