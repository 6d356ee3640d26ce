"""The years, and one year: read, entered from a notice or by hand, its impact seen, confirmed."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from zhijian.calendars import actions, queries
from zhijian.calendars.console import form
from zhijian.calendars.errors import CalendarChanged, CalendarWrong, NoticeUnread, YearKnown
from zhijian.calendars.rules.year import NAMES, Source, YearPlan, faults, warnings
from zhijian.core.clock import today
from zhijian.core.errors import FieldError, Problem
from zhijian.core.numbers import code
from zhijian.core.workdays import Workdays
from zhijian.organizations.access import requires, staff_of
from zhijian.organizations.rules import Post

SHOWN = 200
WAIT = 10.0
"""Seconds that the page itself recomputes; the rest follows in the background."""

_REFUSED = (CalendarWrong, NoticeUnread, CalendarChanged, YearKnown)


@require_GET
@requires(Post.SYSTEM_ADMIN)
def years(request: HttpRequest) -> HttpResponse:
    calendar = Workdays.load()
    rows = []
    for year in queries.shown_years():
        found = queries.versions(year)
        rows.append(
            {
                "year": year,
                "known": year in calendar.years,
                "provisional": year in calendar.provisional,
                "version": found[0] if found else None,
                "rest": sum(not working for day, working in calendar.days.items() if day.year == year),
                "work": sum(working for day, working in calendar.days.items() if day.year == year),
                "offered": queries.library_offer(year) is not None,
            }
        )
    context = {"rows": rows, "pending": bool(queries.unsettled()), "next": queries.shown_years()[0] + 1}
    return render(request, "calendars/years.html", context)


@require_http_methods(["GET", "POST"])
@requires(Post.SYSTEM_ADMIN)
def year(request: HttpRequest, year: int) -> HttpResponse:
    """One page: what is in force, the form, and after it the impact."""
    if not 2000 <= year <= today().year + 5:
        raise Http404
    current = queries.plan_of(year)
    if request.method == "GET":
        return _form(request, year, form.typed_from(current or YearPlan(year, ())))
    values = form.typed(request.POST)
    try:
        return _step(request, year, values)
    except _REFUSED as refused:
        return _form(request, year, values, problem=refused)


def _step(request: HttpRequest, year: int, values: dict[str, str]) -> HttpResponse:
    step = request.POST.get("step", "")
    if step == "read":
        return _read(request, year, values)
    if step == "library":
        offer = queries.library_offer(year)
        return _form(request, year, form.typed_from(offer) if offer else values, read=bool(offer))
    if step == "edit":
        return _form(request, year, values)
    plan = form.plan_from(year, values)
    if wrong := faults(plan):
        raise CalendarWrong(fields=[FieldError("/days", "days", words) for words in wrong])
    if step == "apply":
        return _apply(request, plan, values)
    return _impact(request, plan, values)


def _read(request: HttpRequest, year: int, values: dict[str, str]) -> HttpResponse:
    reading = form.read_pasted(year, request.POST.get("text", ""), request.FILES.get("file"))
    found = form.typed_from(reading.plan)
    for name in form.SOURCE:  # a file without its source leaves what was typed
        found[name] = found[name] or values[name]
    return _form(request, year, found, read=True, notes=reading.notes)


def _apply(request: HttpRequest, plan: YearPlan, values: dict[str, str]) -> HttpResponse:
    staff = staff_of(request)
    if code(request.POST.get("typed_year", "")) != str(plan.year):
        wrong = CalendarWrong(fields=[FieldError("/typed_year", "typed", f"请输入年度 {plan.year} 以确认")])
        return _impact(request, plan, values, problem=wrong)
    seen = request.POST.get("seen", "")
    version = actions.enter_year(
        staff.actor, plan=plan, seen=int(seen) if seen.isdecimal() else -1, replace=True
    )
    done = actions.settle(seconds=WAIT)
    if version is None:
        messages.info(request, f"{plan.year}年的日历和现在的一样，没有改动")
    elif done:
        version.refresh_from_db()
        count = sum(version.effects.values())
        messages.success(request, f"{plan.year}年的工作日历已生效，{count} 件随之重新计算")
    else:
        messages.success(request, f"{plan.year}年的工作日历已生效，期限正在后台重新计算")
    return redirect("calendars_year", year=plan.year)


def _form(
    request: HttpRequest,
    year: int,
    values: dict[str, str],
    *,
    problem: Problem | None = None,
    read: bool = False,
    notes: tuple[str, ...] = (),
) -> HttpResponse:
    current = queries.plan_of(year)
    try:
        shown = form.plan_from(year, values)
    except NoticeUnread:
        shown = current or YearPlan(year, (), Source())
    found = queries.versions(year)
    context: dict[str, Any] = {
        "year": year,
        "current": current,
        "typed": values,
        "months": form.months(shown),
        "names": NAMES,
        "versions": found,
        "problem": problem,
        "read": read,
        "notes": notes,
        "text": request.POST.get("text", "") if problem else "",
        "offer": queries.library_offer(year),
        "writes": queries.governs_city(staff_of(request)),
        "pending": any(version.settled_at is None for version in found),
    }
    return render(request, "calendars/year.html", context, status=problem.status if problem else 200)


def _impact(
    request: HttpRequest, plan: YearPlan, values: dict[str, str], *, problem: Problem | None = None
) -> HttpResponse:
    impact = queries.impact_of(plan)
    context: dict[str, Any] = {
        "plan": plan,
        "typed": values,
        "warnings": warnings(plan),
        "impact": impact,
        "effects": [
            {
                "label": effect.label,
                "effect": effect,
                "shown": effect.shifts[:SHOWN],
                "more": max(0, len(effect.shifts) - SHOWN),
            }
            for effect in impact.effects
        ],
        "seen": queries.version_number(plan.year),
        "problem": problem,
    }
    return render(request, "calendars/impact.html", context, status=problem.status if problem else 200)
