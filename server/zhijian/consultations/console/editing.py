"""Writing a consultation: clauses and questions as rows of fields, moved and removed by buttons."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from zhijian.consultations import actions
from zhijian.consultations.actions import Draft
from zhijian.consultations.actions.preparation import ATTACHMENTS_MAX
from zhijian.consultations.console import form
from zhijian.consultations.models import Consultation
from zhijian.consultations.queries import staff as queries
from zhijian.consultations.rules import content as rules
from zhijian.consultations.rules.states import State
from zhijian.consultations.spec import KIND_WORDS, Content, Question
from zhijian.core.errors import Problem
from zhijian.organizations.access import requires, staff_of
from zhijian.organizations.queries import departments_in_scope
from zhijian.organizations.rules import Post


@require_http_methods(["GET", "POST"])
@requires(Post.EDITOR)
def new(request: HttpRequest) -> HttpResponse:
    """A title and whose it is; the rest on the next page."""
    staff = staff_of(request)
    departments = departments_in_scope(staff, Post.EDITOR).order_by("code")
    problem: Problem | None = None
    if request.method == "POST":
        department = departments.filter(code=request.POST.get("department", "")).first()
        try:
            row = actions.open_draft(
                staff.actor,
                department=department or departments[0],
                draft=Draft(title=request.POST.get("title", "")),
            )
        except Problem as refused:
            problem = refused
        else:
            return redirect("consultations_edit", row.public_id)
    context = {"departments": departments, "problem": problem, "title": request.POST.get("title", "")}
    return render(request, "consultations/new.html", context, status=problem.status if problem else 200)


@require_http_methods(["GET", "POST"])
@requires(Post.EDITOR)
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every button saves; what can't be saved comes back as it was typed."""
    staff = staff_of(request)
    row = queries.one(staff, public_id)
    if row.state != State.DRAFT:
        return redirect("consultations_one", public_id)
    draft, problem = form.from_row(row), None
    if request.method == "POST":
        draft = form.from_post(request.POST)
        try:
            _save(request, row, draft)
        except Problem as refused:
            problem = refused
        else:
            return _next(request, row, draft)
    context = _context(row, draft) | {"problem": problem}
    return render(request, "consultations/edit.html", context, status=problem.status if problem else 200)


def _save(request: HttpRequest, row: Consultation, draft: Draft) -> None:
    actor = staff_of(request).actor
    actions.save_draft(actor, consultation=row, draft=draft)
    name, _, key = request.POST.get("do", "").partition(":")
    if upload := request.FILES.get("file"):
        title = request.POST.get("attachment_title", "")
        actions.attach(actor, consultation=row, upload=upload, title=title)
    if name == "detach":
        actions.detach(actor, consultation=row, attachment_id=key)


def _next(request: HttpRequest, row: Consultation, draft: Draft) -> HttpResponse:
    name, _, key = request.POST.get("do", "").partition(":")
    if name == "done":
        messages.success(request, "已保存草稿")
        return redirect("consultations_one", row.public_id)
    content: Any = draft.content
    added = {"add_clause": "clauses", "add_question": "questions"}.get(name)
    anchor = content[added][-1]["key"] if added else key if name in {"up", "down"} else ""
    address = reverse("consultations_edit", args=[row.public_id])
    return redirect(f"{address}#{anchor}" if anchor else address)


def _context(row: Consultation, draft: Draft) -> dict[str, Any]:
    content: Any = draft.content or {}
    try:
        typed = Content.model_validate(content)
    except ValueError:  # its faults are shown as the problem; the fields show what was typed
        typed = None
    questions = content.get("questions", [])
    short = ""
    if draft.opens_at and draft.closes_at:
        short = rules.short_period(
            draft.opens_at, draft.closes_at, concerns_enterprises=draft.concerns_enterprises
        )
    return {
        "row": row,
        "draft": draft,
        "clauses": content.get("clauses", []),
        "questions": [_fields(place, questions, typed) for place in range(len(questions))],
        "kinds": KIND_WORDS.items(),
        "faults": rules.faults(typed) if typed else [],
        "short": short,
        "attachments": row.attachments.select_related("file"),
        "attachments_max": ATTACHMENTS_MAX,
    }


def _fields(place: int, questions: list[dict[str, Any]], typed: Content | None) -> dict[str, Any]:
    """One question as the template shows it: with defaults, and the choices that it may depend on."""
    given = questions[place]
    defaults = Question(key="x").model_dump()
    chosen = {f"{one['question']}={choice}" for one in given.get("show_if", []) for choice in one["any_of"]}
    before = typed.questions[:place] if typed else []
    earlier = [
        {
            "title": f"{number}. {one.title or '（未填写）'}",
            "choices": [
                {
                    "value": f"{one.key}={choice}",
                    "label": one.label_of(choice),
                    "chosen": f"{one.key}={choice}" in chosen,
                }
                for choice in one.choices
            ],
        }
        for number, one in enumerate(before, 1)
        if one.choices
    ]
    return defaults | given | {"number": place + 1, "earlier": earlier, "conditions": len(chosen)}
