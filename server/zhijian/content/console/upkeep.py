"""内容体检, 传播统计 and 规范表述."""

from itertools import groupby

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from zhijian.content import actions
from zhijian.content.codes import Severity
from zhijian.content.models import LinkCheck, Wording
from zhijian.content.queries import visible_to
from zhijian.content.queries.health import report
from zhijian.content.queries.statistics import statistics
from zhijian.content.rules.health import TWO_WEEKS, Finding
from zhijian.core.clock import today
from zhijian.core.errors import Problem
from zhijian.editorial.queries import is_centre_reviewer
from zhijian.organizations.access import may, staff_of
from zhijian.organizations.rules import Post


def health(request: HttpRequest) -> HttpResponse:
    """A sentence for each finding, and the way to the article."""
    found = report(visible_to(staff_of(request)), today=today())
    order = list(Finding)
    ailments = sorted(found.ailments, key=lambda one: (order.index(one.finding), one.title))
    groups = [
        {"finding": finding.label, "rows": [{"one": one, "pk": found.ids[one.article]} for one in rows]}
        for finding, rows in (
            (key, list(part)) for key, part in groupby(ailments, key=lambda one: one.finding)
        )
    ]
    late = found.overall is None or found.overall > TWO_WEEKS.days
    context = {
        "report": found, "groups": groups, "late": late, "day": today(), "here": "health", "may_write": _writes(request),
        "stale": [one for one in found.sections if not one.fresh],
        "outside": LinkCheck.objects.filter(reachable=None)[:50],
    }  # fmt: skip
    return render(request, "content/health.html", context)


def _writes(request: HttpRequest) -> bool:
    return may(request.user, Post.EDITOR, Post.REVIEWER)


def figures(request: HttpRequest) -> HttpResponse:
    found = statistics(visible_to(staff_of(request)), until=today())
    top = max(found.channels, key=lambda one: one[1])[0].label if found.channels else ""
    most = max((views for _, views in found.channels), default=0)
    bars = [
        {"label": channel.label, "views": views, "share": round(100 * views / most)}
        for channel, views in found.channels
    ]
    context = {
        "found": found,
        "top": top,
        "bars": bars,
        "here": "statistics",
        "may_write": _writes(request),
    }
    return render(request, "content/statistics.html", context)


def words(request: HttpRequest) -> HttpResponse:
    """The table of forbidden words; the centre's reviewer keeps it, everybody may read it."""
    user, problem = staff_of(request), None
    if request.method == "POST":
        try:
            return _change_words(request)
        except Problem as refused:
            problem = refused
    context = {
        "rows": Wording.objects.all(),
        "may": is_centre_reviewer(user),
        "severities": Severity.choices,
        "given": request.POST,
        "problem": problem,
        "here": "words",
        "may_write": _writes(request),
    }
    return render(request, "content/words.html", context, status=problem.status if problem else 200)


def _change_words(request: HttpRequest) -> HttpResponse:
    actor, wrong = staff_of(request).actor, request.POST.get("wrong", "")
    if request.POST.get("do") == "remove":
        actions.remove_word(actor, wrong=wrong)
        messages.success(request, f"已删除“{wrong}”")
    else:
        severe = request.POST.get("severity") == Severity.SEVERE
        actions.add_word(
            actor,
            wrong=wrong,
            right=request.POST.get("right", ""),
            severity=Severity.SEVERE if severe else Severity.WARNING,
            note=request.POST.get("note", ""),
        )
        messages.success(request, f"已增加“{wrong}”")
    return redirect("content_words")
