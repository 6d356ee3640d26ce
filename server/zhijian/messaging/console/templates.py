"""Templates 消息模板: all of them, and one with its previews and words."""

from collections.abc import Mapping
from itertools import groupby

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from zhijian.core.errors import Problem
from zhijian.messaging.actions.templates import restore, reword
from zhijian.messaging.console import previews
from zhijian.messaging.console.campaigns import acting
from zhijian.messaging.queries.campaigns import POSTS
from zhijian.messaging.queries.templates import template, templates
from zhijian.messaging.rules.purposes import PURPOSES
from zhijian.messaging.rules.templates import LANGUAGES, Language, Wording
from zhijian.organizations.access import requires, staff_of
from zhijian.organizations.queries import holds
from zhijian.organizations.rules import Post

_PARTS = ("title", "body", "sms")


@require_GET
@requires(*POSTS)
def template_list(request: HttpRequest) -> HttpResponse:
    rows = groupby(templates(), key=lambda row: row[0].purpose)
    groups = [(PURPOSES[purpose].label, list(found)) for purpose, found in rows]
    return render(request, "messaging/templates.html", {"groups": groups})


@require_http_methods(["GET", "POST"])
@requires(*POSTS)
def template_page(request: HttpRequest, code: str) -> HttpResponse:
    staff = staff_of(request)
    found = template(code)
    if request.method != "POST" or not holds(staff, Post.OPERATOR):
        return _show(request, code, _words(found.wording))
    if "restore" in request.POST:
        restore(acting(staff), code=code)
        messages.success(request, f"“{found.name}”已恢复原文。")
        return redirect("messaging_template", code=code)
    typed: dict[str, dict[str, str]] = {
        language: {part: request.POST.get(f"{language}.{part}", "").strip() for part in _PARTS}
        for language in LANGUAGES
    }
    try:
        reword(acting(staff), code=code, wording=typed)
    except Problem as problem:
        return _show(request, code, typed, problem)
    messages.success(request, f"“{found.name}”的文字已保存，之后的消息都用新文字。")
    return redirect("messaging_template", code=code)


def _words(wording: Mapping[Language, Wording]) -> dict[str, dict[str, str]]:
    return {language: {part: getattr(wording[language], part) for part in _PARTS} for language in LANGUAGES}


def _show(
    request: HttpRequest, code: str, words: dict[str, dict[str, str]], problem: Problem | None = None
) -> HttpResponse:
    found = template(code)
    context = {
        "template": found,
        "purpose": PURPOSES[found.purpose].label,
        "words": words,
        "previews": previews.of_template(found),
        "operates": holds(staff_of(request), Post.OPERATOR),
        "problem": problem,
        "faults": {fault.path: fault.message for fault in problem.fields} if problem else {},
    }
    return render(request, "messaging/template.html", context, status=problem.status if problem else 200)
