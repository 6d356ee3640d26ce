"""What waits for a reviewer, one draft with what changes, and withdrawal."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from zhijian.catalog import actions, authoring, rules
from zhijian.catalog.console.states import in_state, with_state, words_of_state
from zhijian.catalog.errors import SpecInvalid
from zhijian.catalog.models import ServiceItem
from zhijian.catalog.queries import items_in_scope, standing, state_of
from zhijian.catalog.queries.review import current_version_of, review_refusal
from zhijian.core.errors import Problem
from zhijian.editorial.console.taking_back import TakingBack
from zhijian.editorial.queries import current_stage, decidable, waiting_since
from zhijian.organizations.queries import departments_in_scope
from zhijian.organizations.rules import Post

_WHY_NOT = {
    rules.Refusal.OWN_DRAFT: "这份草稿由您编写或提交，请由其他审核员审核。",
    rules.Refusal.SAME_REVIEWER: "第一步由您审核，这一步请由另一位审核员审核。",
    rules.Refusal.NOT_YOURS: "这一步由其他岗位审核。",
}
take_back = TakingBack(
    rows=items_in_scope,
    may=lambda item, staff: may_unschedule(item, staff),
    cancel=lambda actor, item: actions.cancel_review(actor, item=item),
    namespace="catalog_items",
)


def may_unschedule(item: ServiceItem, staff: Any) -> bool:
    """Whether it waits for its day, and ``staff`` may stop that."""
    state = state_of(item)
    return state == rules.ItemState.SCHEDULED and rules.may_cancel(state, standing(item, staff)) is None


def waiting_count(user: Any) -> int:
    """How many drafts this reviewer can decide now."""
    return len(_mine(user))


def returned_count(user: Any) -> int:
    """How many drafts were sent back to the departments of this manager. One query."""
    written = items_in_scope(user).filter(department__in=departments_in_scope(user, Post.ITEM_MANAGER))
    return in_state(with_state(written), "rejected").count()


def _mine(user: Any) -> list[ServiceItem]:
    reviewing = in_state(with_state(items_in_scope(user)), "reviewing")
    return decidable(reviewing, lambda item, stage: review_refusal(item, stage=stage, staff=user))


def waiting(request: HttpRequest) -> HttpResponse:
    """The reviewer's list."""
    items = _mine(request.user)
    kind = {
        "rows": [
            {"item": item, "state": words_of_state(item), "since": waiting_since(item)} for item in items
        ]
    }
    return render(request, "catalog/reviews.html", kind)


def one(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft against the version in force; approve, or send back with a reason."""
    user: Any = request.user
    item = get_object_or_404(items_in_scope(user), pk=pk)
    problem: Problem | None = None
    if request.method == "POST":
        try:
            return _decide(request, item)
        except Problem as refused:
            problem = refused
    draft = item.get_latest_revision_as_object()
    stage = current_stage(item)
    refusal = review_refusal(item, stage=stage, staff=user) if stage else rules.Refusal.WRONG_STATE
    version = current_version_of(item)
    try:
        spec, faults = authoring.to_spec(draft), []
    except SpecInvalid as error:
        spec, faults = None, list(error.fields)
    context = {
        "item": item,
        "state": state_of(item).label,
        "changes": rules.changes(version.typed() if version else None, spec) if spec else [],
        "faults": faults or (rules.check_spec(spec) if spec else []),
        "version": version,
        "may": refusal is None,
        "why_not": _WHY_NOT.get(refusal, "这份草稿现在不在审核中。") if refusal else "",
        "problem": problem,
        "comment": request.POST.get("comment", ""),
    }
    return render(request, "catalog/review.html", context, status=problem.status if problem else 200)


def _decide(request: HttpRequest, item: ServiceItem) -> HttpResponse:
    user: Any = request.user
    actor, comment = user.actor_as(Post.REVIEWER), request.POST.get("comment", "")
    if request.POST.get("do") == "approve":
        item = actions.approve(actor, item=item, comment=comment)
        messages.success(request, f"已通过“{item.name}”，现在是：{state_of(item).label}")
    else:
        actions.reject(actor, item=item, reason=comment)
        messages.success(request, f"已将“{item.name}”退回修改")
    return redirect("catalog_reviews")


def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a published item out of force, with a reason."""
    user: Any = request.user
    item = get_object_or_404(items_in_scope(user), pk=pk)
    refusal = rules.may_withdraw(state_of(item), standing(item, user), live=item.live)
    problem: Problem | None = None
    if request.method == "POST":
        try:
            actions.withdraw(user.actor, item=item, reason=request.POST.get("reason", ""))
        except Problem as refused:
            problem = refused
        else:
            messages.success(request, f"已停用“{item.name}”，市民不能再申请；办理中的办件不受影响")
            return redirect("catalog_items:list")
    context = {
        "item": item,
        "may": refusal is None,
        "problem": problem,
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "catalog/withdraw.html", context, status=problem.status if problem else 200)
