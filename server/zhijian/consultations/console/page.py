"""One consultation: how it stands, what may be done now, what citizens will see."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from zhijian.consultations import actions
from zhijian.consultations.actions.turn import LIFE
from zhijian.consultations.console import form
from zhijian.consultations.console.lists import tag_of, words_of
from zhijian.consultations.errors import ConsultationNotFound, ExtensionWrong
from zhijian.consultations.models import Consultation
from zhijian.consultations.queries import staff as queries
from zhijian.consultations.rules import table
from zhijian.consultations.rules.states import State
from zhijian.consultations.rules.table import Action
from zhijian.consultations.spec import KIND_WORDS, Content
from zhijian.organizations.access import requires, staff_of
from zhijian.organizations.models import Staff
from zhijian.workbench.acting import Bench, Do, Tried, with_words

#: Done on pages of their own, not by a button here.
_ELSEWHERE = {Action.EDIT, Action.MODERATE, Action.GROUP}
_PRIMARY = {Action.SUBMIT, Action.PUBLISH, Action.SUBMIT_FEEDBACK, Action.PUBLISH_FEEDBACK}
_DANGER = {Action.DISCARD, Action.WITHDRAW}
_STEP_WORDS = {"opened": "新建草稿"} | {action.value: action.label for action in Action}


@require_GET
@requires(*queries.POSTS)
def preview(request: HttpRequest, public_id: str) -> HttpResponse:
    """As citizens read it."""
    row = queries.one(staff_of(request), public_id)
    content = Content.model_validate(row.content)
    titles = {question.key: f"第{place}题" for place, question in enumerate(content.questions, 1)}
    questions = [
        {
            "question": question,
            "kind": KIND_WORDS[question.kind],
            "points": range(1, question.points + 1),
            "shown_if": [
                {
                    "title": titles.get(one.question, "？"),
                    "labels": [found.label_of(choice) for choice in one.any_of]
                    if (found := content.question(one.question))
                    else [],
                }
                for one in question.show_if
            ],
        }
        for question in content.questions
    ]
    context = head(staff_of(request), row) | {"content": content, "questions": questions}
    return render(request, "consultations/preview.html", context)


def _extend(staff: Staff, row: Consultation, data: Any) -> Any:
    closes_at = form.moment(data.get("closes_at", ""))
    if closes_at is None:
        raise ExtensionWrong
    return actions.extend(staff.actor, consultation=row, closes_at=closes_at, reason=data.get("reason", ""))


_DO: dict[Action, Do[Consultation]] = {
    Action.DISCARD: with_words(actions.discard_draft, "consultation"),
    Action.SUBMIT: with_words(actions.submit, "consultation"),
    Action.TAKE_BACK: with_words(actions.take_back, "consultation"),
    Action.SEND_BACK: with_words(actions.send_back, "consultation", "reason", "seen"),
    Action.PUBLISH: with_words(actions.publish, "consultation", "seen"),
    Action.EXTEND: _extend,
    Action.WITHDRAW: with_words(actions.withdraw, "consultation", "reason"),
    Action.SUBMIT_FEEDBACK: with_words(actions.submit_feedback, "consultation"),
    Action.SEND_BACK_FEEDBACK: with_words(actions.send_back_feedback, "consultation", "reason", "seen"),
    Action.PUBLISH_FEEDBACK: with_words(actions.publish_feedback, "consultation", "seen"),
}


def _show(request: HttpRequest, row: Consultation, tried: Tried | None) -> HttpResponse:
    context = context_of(staff_of(request), row, tried=tried)
    return render(request, "consultations/page.html", context, status=tried.problem.status if tried else 200)


BENCH = Bench(
    find=queries.one,
    not_found=ConsultationNotFound,
    do=_DO,
    show=_show,
    page="consultations_one",
    listing="consultations",
)


@require_GET
@requires(*queries.POSTS)
def one(request: HttpRequest, public_id: str) -> HttpResponse:
    return BENCH.one(request, public_id)


@require_POST
@requires(*queries.POSTS)
def act(request: HttpRequest, public_id: str, action: str) -> HttpResponse:
    return BENCH.act(request, public_id, action)


def head(staff: Staff, row: Consultation) -> dict[str, Any]:
    """What the top of every page of a consultation shows."""
    return {
        "row": row,
        "state": words_of(row),
        "tag": tag_of(row),
        "public": row.state not in (State.DRAFT, State.REVIEWING),
    }


def context_of(staff: Staff, row: Consultation, *, tried: Tried | None = None) -> dict[str, Any]:
    roles = LIFE.roles_of(staff.actor, staff, row)
    offers = [
        {
            "action": transition.action,
            "label": transition.action.label,
            "why": why,
            "reason": "reason" in transition.needs,
            "kind": _kind(transition.action),
            "open": tried is not None and transition.action == tried.action,
        }
        for transition, why in table.TABLE.available(row.state, roles, queries.facts_of(row, staff))
        if transition.action not in _ELSEWHERE
    ]
    return head(staff, row) | {
        "problem": tried.problem if tried else None,
        "reason": tried.data.get("reason", "") if tried else "",
        "work": queries.open_work(row),
        "seen": LIFE.mark(row),
        "offers": sorted(offers, key=lambda offer: offer["kind"] != "primary"),
        "may_edit": bool(table.TABLE.rows(row.state, Action.EDIT)) and "editor" in roles,
        "content": Content.model_validate(row.content),
        "steps": [
            {"step": step, "label": _STEP_WORDS.get(step.action, step.action)} for step in row.steps.all()
        ],
        "attachments": row.attachments.select_related("file"),
    }


def _kind(action: Action) -> str:
    if action in _PRIMARY:
        return "primary"
    return "danger" if action in _DANGER else ""
