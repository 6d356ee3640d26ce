"""Grouping what people said, and answering each group 采纳情况反馈."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from zhijian.consultations import actions
from zhijian.consultations.console.moderation import SIZE, shown
from zhijian.consultations.console.page import head
from zhijian.consultations.models import Consultation
from zhijian.consultations.queries import staff as queries
from zhijian.consultations.queries.comments import CommentFilters, comments_of, groups_of
from zhijian.consultations.rules.moderation import Outcome
from zhijian.consultations.rules.states import State
from zhijian.core.actor import Actor
from zhijian.core.errors import Problem
from zhijian.organizations.access import requires, staff_of
from zhijian.organizations.queries import holds
from zhijian.organizations.rules import Post


@require_http_methods(["GET", "POST"])
@requires(*queries.POSTS)
def groups(request: HttpRequest, public_id: str) -> HttpResponse:
    """``group``: which comments are listed, those without a group or one group's."""
    staff = staff_of(request)
    row = queries.one(staff, public_id)
    address = reverse("consultations_groups", args=[public_id])
    chosen = request.GET.get("group", "none")
    problem: Problem | None = None
    if request.method == "POST":
        try:
            messages.success(request, _do(staff.actor, row, request.POST))
        except Problem as refused:
            problem = refused
        else:
            return redirect(f"{address}?group={chosen}" if chosen != "none" else address)
    page = comments_of(row, CommentFilters(group=chosen), cursor=request.GET.get("cursor"), size=SIZE)
    found = groups_of(row)
    context = head(staff, row) | {
        "groups": found,
        "chosen": next((group for group in found if group.public_id == chosen), None),
        "rows": [shown(row, comment) for comment in page.items],
        "next_url": f"{address}?group={chosen}&cursor={page.next_cursor}" if page.next_cursor else "",
        "outcomes": Outcome.choices,
        "work": queries.open_work(row),
        "may": row.state == State.PUBLISHED and holds(staff, Post.EDITOR, department=row.department),
        "problem": problem,
        "typed": request.POST,
    }
    status = problem.status if problem else 200
    return render(request, "consultations/groups.html", context, status=status)


def _do(actor: Actor, row: Consultation, data: Any) -> str:
    """Does what the pressed button says, and tells it in words."""
    name, _, key = data.get("do", "").partition(":")
    return _DOING.get(name, _overview)(actor, row, data, key)


def _make(actor: Actor, row: Consultation, data: Any, key: str) -> str:
    group = actions.make_group(actor, consultation=row, title=data.get("title", ""))
    ids = data.getlist("comment")
    if ids:
        actions.assign(actor, consultation=row, comment_ids=ids, group_id=group.public_id)
    return f"已新建分组“{group.title}”"


def _assign(actor: Actor, row: Consultation, data: Any, key: str) -> str:
    count = actions.assign(
        actor, consultation=row, comment_ids=data.getlist("comment"), group_id=data.get("into", "")
    )
    return f"已归并 {count} 条意见（含内容相同的）"


def _answer(actor: Actor, row: Consultation, data: Any, key: str) -> str:
    group = actions.answer_group(
        actor,
        consultation=row,
        group_id=key,
        title=data.get(f"{key}-title", ""),
        outcome=data.get(f"{key}-outcome", ""),
        reply=data.get(f"{key}-reply", ""),
    )
    return f"已保存“{group.title}”的答复"


def _remove(actor: Actor, row: Consultation, data: Any, key: str) -> str:
    actions.remove_group(actor, consultation=row, group_id=key)
    return "已删除分组，其中的意见回到未归并"


def _overview(actor: Actor, row: Consultation, data: Any, key: str) -> str:
    actions.save_overview(actor, consultation=row, overview=data.get("overview", "").replace("\r\n", "\n"))
    return "已保存反馈总述"


_DOING: dict[str, Callable[[Actor, Consultation, Any, str], str]] = {
    "make": _make,
    "assign": _assign,
    "answer": _answer,
    "remove": _remove,
    "overview": _overview,
}
