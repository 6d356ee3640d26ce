"""What waits for a reviewer, one draft against what people read now, its preview, and revocation."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.clickjacking import xframe_options_sameorigin

from zhijian.content import actions, authoring, rules
from zhijian.content.actions.common import faults_of
from zhijian.content.console.preview import preview_page
from zhijian.content.console.states import in_state, with_state, words_of_state
from zhijian.content.errors import ContentInvalid
from zhijian.content.models import Article
from zhijian.content.queries import review_refusal, standing, state_of, visible_to
from zhijian.content.queries.articles import last_version
from zhijian.content.rules.changes import body_changes, changes
from zhijian.content.rules.comparison import Row, Segment, segments
from zhijian.core.errors import Problem
from zhijian.editorial.console.taking_back import TakingBack
from zhijian.editorial.queries import current_stage, decidable, waiting_since
from zhijian.organizations.access import may, staff_of
from zhijian.organizations.queries import departments_in_scope
from zhijian.organizations.rules import Post

_WHY_NOT = {
    rules.Refusal.OWN_DRAFT: "这份草稿由您编写或提交，请由其他审核员审核。",
    rules.Refusal.SAME_REVIEWER: "第一步由您审核，这一步请由另一位审核员审核。",
    rules.Refusal.NOT_YOURS: "这一步由其他岗位审核。",
}
take_back = TakingBack(
    rows=visible_to,
    may=lambda article, staff: may_unschedule(article, staff),
    cancel=lambda actor, article: actions.cancel_review(actor, article=article),
    namespace="content_articles",
)
_WORDS = {"added": "新增", "removed": "删去", "changed": "修改"}


def may_unschedule(article: Article, staff: Any) -> bool:
    """Whether it waits for its time, and ``staff`` may stop that."""
    state = state_of(article)
    return state == rules.ArticleState.SCHEDULED and rules.may_cancel(state, standing(article, staff)) is None


def waiting_count(user: Any) -> int:
    """How many drafts this reviewer can decide now."""
    return len(_mine(user))


def returned_count(user: Any) -> int:
    """How many articles were sent back to the departments of this editor. One query."""
    written = visible_to(user).filter(department__in=departments_in_scope(user, Post.EDITOR))
    return in_state(with_state(written), "rejected").count()


def _mine(user: Any) -> list[Article]:
    reviewing = in_state(with_state(visible_to(user)), "reviewing")
    return decidable(reviewing, lambda article, stage: review_refusal(article, stage=stage, staff=user))


def waiting(request: HttpRequest) -> HttpResponse:
    """The reviewer's list."""
    rows = [
        {"article": one, "state": words_of_state(one), "since": waiting_since(one)}
        for one in _mine(request.user)
    ]
    return render(request, "content/reviews.html", {"rows": rows})


def one(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft against the version that people read; approve, or send back with a reason."""
    user = staff_of(request)
    article = get_object_or_404(visible_to(user), pk=pk)
    problem: Problem | None = None
    if request.method == "POST":
        try:
            return _decide(request, article)
        except Problem as refused:
            problem = refused
    stage = current_stage(article)
    refusal = review_refusal(article, stage=stage, staff=user) if stage else rules.Refusal.WRONG_STATE
    context = _comparison(article) | {
        "article": article,
        "state": state_of(article).label,
        "may": refusal is None,
        "why_not": _WHY_NOT.get(refusal, "这份草稿现在不在审核中。") if refusal else "",
        "problem": problem,
        "comment": request.POST.get("comment", ""),
    }
    return render(request, "content/review.html", context, status=problem.status if problem else 200)


def _comparison(article: Article) -> dict[str, Any]:
    draft, last = article.get_latest_revision_as_object(), last_version(article)
    before = last.typed() if last else None
    try:
        spec = authoring.to_spec(draft)
    except ContentInvalid as error:
        return {"version": last, "faults": list(error.fields), "changes": [], "rows": []}
    rows = [_row(row) for row in body_changes(before, spec)]
    return {
        "version": last,
        "faults": faults_of(draft, submitting=False),
        "changes": changes(before, spec),
        "rows": rows,
    }


def _row(row: Row) -> dict[str, Any]:
    both: list[Segment] = []
    if row.kind == "changed" and row.before and row.after:
        both = segments(row.before.text, row.after.text)
    return {"word": _WORDS[row.kind], "before": row.before, "after": row.after, "segments": both}


def _decide(request: HttpRequest, article: Article) -> HttpResponse:
    actor, comment = staff_of(request).actor_as(Post.REVIEWER), request.POST.get("comment", "")
    if request.POST.get("do") == "approve":
        article = actions.approve(actor, article=article, comment=comment)
        messages.success(request, f"已通过“{article.title}”，现在是：{state_of(article).label}")
    else:
        actions.reject(actor, article=article, reason=comment)
        messages.success(request, f"已将“{article.title}”退回修改")
    return redirect("content_reviews")


def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a published article back, with a reason that everybody will read."""
    user = staff_of(request)
    article = get_object_or_404(visible_to(user), pk=pk)
    refusal = rules.may_revoke(standing(article, user), live=article.live)
    problem: Problem | None = None
    if request.method == "POST":
        try:
            actions.revoke(user.actor, article=article, reason=request.POST.get("reason", ""))
        except Problem as refused:
            problem = refused
        else:
            messages.success(request, f"已撤回“{article.title}”，原地址会显示撤回时间和原因")
            return redirect("content_articles:list")
    context = {
        "article": article,
        "may": refusal is None,
        "problem": problem,
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "content/revoke.html", context, status=problem.status if problem else 200)


def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft as a telephone will show it."""
    article = get_object_or_404(visible_to(staff_of(request)), pk=pk)
    context = {
        "article": article,
        "state": state_of(article).label,
        "may_write": may(request.user, Post.EDITOR, Post.REVIEWER),
    }
    return render(request, "content/preview.html", context)


@xframe_options_sameorigin
def preview_inside(request: HttpRequest, pk: int) -> HttpResponse:
    """The page alone, inside the preview's frame."""
    article = get_object_or_404(visible_to(staff_of(request)), pk=pk)
    return HttpResponse(preview_page(article))
