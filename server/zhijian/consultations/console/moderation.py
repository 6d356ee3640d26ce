"""The moderation desk: a list worked through with the keyboard. Nothing of the authors is here, for nothing is known."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from zhijian.consultations import actions
from zhijian.consultations.console.page import head
from zhijian.consultations.models import Comment, Consultation
from zhijian.consultations.queries import staff as queries
from zhijian.consultations.queries.comments import CommentFilters, comments_of
from zhijian.consultations.rules.moderation import CommentState, HiddenReason, hints
from zhijian.consultations.rules.states import State
from zhijian.core.errors import Problem
from zhijian.organizations.access import requires, staff_of
from zhijian.organizations.queries import holds
from zhijian.organizations.rules import Post

SIZE = 25
_CHIPS = ((CommentState.PENDING, "待审看"), (CommentState.SHOWN, "已公开"), (CommentState.HIDDEN, "不公开"))


@require_http_methods(["GET", "POST"])
@requires(*queries.POSTS)
def desk(request: HttpRequest, public_id: str) -> HttpResponse:
    staff = staff_of(request)
    row = queries.one(staff, public_id)
    state = request.GET.get("state", CommentState.PENDING)
    problem: Problem | None = None
    if request.method == "POST":
        try:
            _decide(request, row)
        except Problem as refused:
            problem = refused
        else:
            return redirect(_address(row, state))
    page = comments_of(row, CommentFilters(state=state), cursor=request.GET.get("cursor"), size=SIZE)
    following = _address(row, state, cursor=page.next_cursor) if page.next_cursor else ""
    context = head(staff, row) | {
        "rows": [shown(row, comment) for comment in page.items],
        "chips": [
            {"label": label, "url": _address(row, code), "current": code == state} for code, label in _CHIPS
        ],
        "work": queries.open_work(row),
        "reasons": HiddenReason.choices,
        "may": row.state == State.PUBLISHED and holds(staff, Post.EDITOR, department=row.department),
        "next_url": following,
        "problem": problem,
    }
    status = problem.status if problem else 200
    return render(request, "consultations/comments.html", context, status=status)


def _decide(request: HttpRequest, row: Consultation) -> None:
    """``one`` is the comment whose own button was pressed; otherwise the ticked ones."""
    verdict, _, single = request.POST.get("do", "").partition(":")
    ids = [single] if single else request.POST.getlist("comment")
    reason = request.POST.get(f"reason-{single}" if single else "reason", "")
    count = actions.moderate(
        staff_of(request).actor, consultation=row, comment_ids=ids, show=verdict == "show", reason=reason
    )
    messages.success(request, f"{count} 条意见已{'公开' if verdict == 'show' else '设为不公开'}")


def _address(row: Consultation, state: str, **more: Any) -> str:
    query = urlencode({"state": state} | {name: value for name, value in more.items() if value})
    return f"{reverse('consultations_comments', args=[row.public_id])}?{query}"


def shown(row: Consultation, comment: Comment) -> dict[str, Any]:
    return {
        "comment": comment,
        "target": target_words(row, comment.target),
        "hints": hints(comment.text),
        "same": comment.same,  # type: ignore[attr-defined]
    }


def target_words(row: Consultation, target: str) -> str:
    """What a comment is about, in words."""
    for clause in row.content["clauses"]:
        if clause["key"] == target:
            return f"{clause['number']} {clause['title']}".strip() or "条款"
    for place, question in enumerate(row.content["questions"], 1):
        if question["key"] == target:
            return f"第{place}题"
    return "全文"
