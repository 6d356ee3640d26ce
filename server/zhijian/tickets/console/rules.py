"""The tables that the dispatcher keeps: limits, routing, reply templates."""

from datetime import time

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from zhijian.core.deadlines import LimitUnit
from zhijian.core.errors import Problem
from zhijian.core.ids import new_id
from zhijian.core.words import tidy
from zhijian.organizations.access import requires, staff_of
from zhijian.organizations.models import Region
from zhijian.organizations.rules import Post
from zhijian.tickets.actions import tables as saving
from zhijian.tickets.models import ReplyTemplate
from zhijian.tickets.queries import tables
from zhijian.tickets.rules.kinds import Kind
from zhijian.tickets.rules.sla import UNITS
from zhijian.tickets.rules.wording import VARIABLES
from zhijian.workbench.acting import number

_WORKING = {"yes": True, "no": False}


@requires(Post.TICKET_DISPATCHER)
def rules_page(request: HttpRequest) -> HttpResponse:
    return _show(request)


def _show(request: HttpRequest, problem: Problem | None = None) -> HttpResponse:
    context = {
        "slas": tables.slas(),
        "units": [(unit.value, unit.label) for unit in LimitUnit if unit in UNITS],
        "routing": tables.routing_rules(),
        "departments": tables.departments(),
        "kinds": Kind.choices,
        "categories": tables.leaves(),
        "regions": list(Region.objects.order_by("code")),
        "templates": list(ReplyTemplate.objects.select_related("category").order_by("code")),
        "variables": [f"{{{name}}}" for name in VARIABLES],
        "problem": problem,
        "typed": request.POST if problem else {},
    }
    return render(request, "tickets/rules.html", context, status=problem.status if problem else 200)


@require_POST
@requires(Post.TICKET_DISPATCHER)
def save_sla(request: HttpRequest, code: str) -> HttpResponse:
    data = request.POST
    limits = saving.Limits(
        contact_value=number(data.get("contact_value"), digits=4),
        contact_unit=data.get("contact_unit", ""),
        answer_value=number(data.get("answer_value"), digits=4),
        answer_unit=data.get("answer_unit", ""),
        extension_days=number(data.get("extension_days"), digits=4),
    )
    try:
        saving.change_sla(staff_of(request).actor, code=code, limits=limits)
    except Problem as problem:
        return _show(request, problem)
    return _saved(request, "时限已保存，新的诉求和重新计时的诉求按它计算。")


@require_POST
@requires(Post.TICKET_DISPATCHER)
def save_routing(request: HttpRequest) -> HttpResponse:
    try:
        saving.save_routing(
            staff_of(request).actor, row=_row(request.POST), public_id=tidy(request.POST.get("id", ""))
        )
    except Problem as problem:
        return _show(request, problem)
    return _saved(request, "派单规则已保存。")


def _row(data: QueryDict) -> saving.Routing:
    return saving.Routing(
        position=number(data.get("position"), digits=4),
        name=tidy(data.get("name", "")),
        department=tidy(data.get("department", "")),
        kinds=tuple(data.getlist("kinds")),
        categories=tuple(map(tidy, data.getlist("categories"))),
        regions=tuple(map(tidy, data.getlist("regions"))),
        starts=_time(data.get("starts", "")),
        ends=_time(data.get("ends", "")),
        working=_WORKING.get(data.get("working", "")),
        auto=bool(data.get("auto")),
        active=bool(data.get("active")),
    )


def _time(text: str) -> time | None:
    try:
        return time.fromisoformat(text) if text else None
    except ValueError:
        return None


@require_POST
@requires(Post.TICKET_DISPATCHER)
def save_template(request: HttpRequest) -> HttpResponse:
    data = request.POST
    try:
        saving.save_template(
            staff_of(request).actor,
            code=tidy(data.get("code", ""))[:40] or f"t{new_id(8)}",
            name=tidy(data.get("name", "")),
            text=tidy(data.get("text", "")),
            kind=data.get("kind", ""),
            category=tidy(data.get("category", "")),
        )
    except Problem as problem:
        return _show(request, problem)
    return _saved(request, "答复模板已保存。")


def _saved(request: HttpRequest, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("tickets_rules")
