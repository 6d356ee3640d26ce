"""One consultation: how it stands, what may be done now, what citizens will see."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from zhijian.consultations import actions
from zhijian.consultations.actions.turn import LIFE
from zhijian.consultations.console import form
from zhijian.consultations.console.lists import tag_of, words_of
from zhijian.consultations.errors import ExtensionWrong
from zhijian.consultations.models import Consultation
from zhijian.consultations.queries import staff as queries
from zhijian.consultations.rules import table
from zhijian.consultations.rules.states import State
from zhijian.consultations.rules.table import Action
from zhijian.consultations.spec import KIND_WORDS, Content
from zhijian.core.errors import Problem
from zhijian.organizations.access import requires, staff_of
from zhijian.organizations.models import Staff

#: Done on pages of their own, not by a button here.
_ELSEWHERE = {Action.EDIT, Action.MODERATE, Action.GROUP}
_PRIMARY = {Action.SUBMIT, Action.PUBLISH, Action.SUBMIT_FEEDBACK, Action.PUBLISH_FEEDBACK}
_DANGER = {Action.DISCARD, Action.WITHDRAW}
_STEP_WORDS = {"opened": "新建草稿"} | {action.value: action.label for action in Action}


@require_GET
@requires(*queries.POSTS)
def one(request: HttpRequest, public_id: str) -> HttpResponse:
    staff = staff_of(request)
    return render(request, "consultations/page.html", context_of(staff, queries.one(staff, public_id)))


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


@require_POST
@requires(*queries.POSTS)
def act(request: HttpRequest, public_id: str, action: str) -> HttpResponse:
    """Do one action. A refusal comes back on the page, with the reason that was typed."""
    staff = staff_of(request)
    row = queries.one(staff, public_id)
    if action not in Action.values or Action(action) not in _DO:
        raise Http404
    wanted = Action(action)
    try:
        _DO[wanted](staff, row, request.POST)
    except Problem as problem:
        context = context_of(staff, queries.one(staff, public_id), tried=wanted) | {
            "problem": problem,
            "reason": request.POST.get("reason", ""),
        }
        return render(request, "consultations/page.html", context, status=problem.status)
    messages.success(request, f"已完成：{wanted.label}。")
    if wanted is Action.DISCARD:
        return redirect("consultations")
    return redirect("consultations_one", public_id)


def _extend(staff: Staff, row: Consultation, data: Any) -> Any:
    closes_at = form.moment(data.get("closes_at", ""))
    if closes_at is None:
        raise ExtensionWrong
    return actions.extend(staff.actor, consultation=row, closes_at=closes_at, reason=data.get("reason", ""))


def _plain(action: Callable[..., Any], *names: str) -> Callable[[Staff, Consultation, Any], Any]:
    """An action whose arguments are words of the same names."""
    return lambda staff, row, data: action(
        staff.actor, consultation=row, **{name: data.get(name, "") for name in names}
    )


_DO: dict[Action, Callable[[Staff, Consultation, Any], Any]] = {
    Action.DISCARD: _plain(actions.discard_draft),
    Action.SUBMIT: _plain(actions.submit),
    Action.TAKE_BACK: _plain(actions.take_back),
    Action.SEND_BACK: _plain(actions.send_back, "reason", "seen"),
    Action.PUBLISH: _plain(actions.publish, "seen"),
    Action.EXTEND: _extend,
    Action.WITHDRAW: _plain(actions.withdraw, "reason"),
    Action.SUBMIT_FEEDBACK: _plain(actions.submit_feedback),
    Action.SEND_BACK_FEEDBACK: _plain(actions.send_back_feedback, "reason", "seen"),
    Action.PUBLISH_FEEDBACK: _plain(actions.publish_feedback, "seen"),
}


def head(staff: Staff, row: Consultation) -> dict[str, Any]:
    """What the top of every page of a consultation shows."""
    return {
        "row": row,
        "state": words_of(row),
        "tag": tag_of(row),
        "public": row.state not in (State.DRAFT, State.REVIEWING),
    }


def context_of(staff: Staff, row: Consultation, *, tried: Action | None = None) -> dict[str, Any]:
    roles = queries.roles_of(staff, row)
    offers = [
        {
            "action": transition.action,
            "label": transition.action.label,
            "why": why,
            "reason": "reason" in transition.needs,
            "kind": _kind(transition.action),
            "open": transition.action is tried,
        }
        for transition, why in table.TABLE.available(row.state, roles, queries.facts_of(row, staff))
        if transition.action not in _ELSEWHERE
    ]
    return head(staff, row) | {
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
