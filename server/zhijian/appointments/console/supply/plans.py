"""The editor of a plan, and its special days."""

from collections.abc import Mapping
from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from zhijian.appointments.console.supply import forms
from zhijian.appointments.console.supply.common import frame, group_of, hall_of, parse_day, propose
from zhijian.appointments.errors import PlanOverlaps, SupplyWrong
from zhijian.appointments.models import Schedule
from zhijian.appointments.queries.supply.changes import DayChange, PlanChange
from zhijian.appointments.queries.supply.names import bookable_items, item_names
from zhijian.appointments.queries.supply.plans import spec_of
from zhijian.appointments.queries.supply.scope import (
    READERS,
    WRITERS,
    groups_visible_to,
    schedules_visible_to,
)
from zhijian.appointments.rules.supply import hours_warnings
from zhijian.appointments.specs import PlanSpec
from zhijian.core.clock import today
from zhijian.core.dates import short_date
from zhijian.core.errors import Problem
from zhijian.organizations.access import requires, staff_of
from zhijian.organizations.models import Hall


@require_http_methods(["GET", "POST"])
@requires(*WRITERS)
def new(request: HttpRequest, code: str) -> HttpResponse:
    hall = hall_of(request, code)
    groups = groups_visible_to(staff_of(request), posts=WRITERS).filter(hall=hall)
    if request.method == "POST":
        schedule = Schedule(
            group=group_of(request, hall, request.POST.get("group", ""), writing=True),
            item_code=request.POST.get("item_code", "")[:24],
        )
        return _save(request, hall, schedule)
    blank = forms.form_of(PlanSpec.model_validate({"valid_from": today() + timedelta(days=1), "lines": []}))
    choices: dict[str, object] = {"groups": groups, "items": bookable_items()}
    return _editor(request, hall, None, blank, choices=choices)


@require_http_methods(["GET", "POST"])
@requires(*READERS)
def plan(request: HttpRequest, code: str, public_id: str) -> HttpResponse:
    """Officers of a window look; the manager changes."""
    hall = hall_of(request, code)
    writing = request.method == "POST"
    schedule = _schedule(request, hall, public_id, writing=writing)
    if writing:
        return _save(request, hall, schedule)
    return _editor(request, hall, schedule, forms.form_of(spec_of(schedule)))


@require_http_methods(["GET", "POST"])
@requires(*READERS)
def days(request: HttpRequest, code: str, public_id: str) -> HttpResponse:
    """Special days: list, add, take away; both over their impact."""
    hall = hall_of(request, code)
    schedule = _schedule(request, hall, public_id, writing=request.method == "POST")
    problem = None
    if request.method == "POST":
        try:
            return _save_day(request, schedule)
        except SupplyWrong as wrong:
            problem = wrong
    context = frame(request, hall, "plans") | {
        "schedule": schedule,
        "name": _name(schedule),
        "days": schedule.special_days.all(),
        "weekdays": forms.WEEKDAYS,
        "typed": request.POST,
        "first": today(),
        "problem": problem,
    }
    context["writes"] = _writes(request, schedule)
    return render(request, "appointments/supply/days.html", context, status=422 if problem else 200)


def _save(request: HttpRequest, hall: Hall, schedule: Schedule) -> HttpResponse:
    form = forms.typed(request.POST)
    spec = forms.spec_from(form)
    problem: Problem = SupplyWrong()
    if spec is not None:
        try:
            return propose(
                request,
                PlanChange(schedule, spec),
                title=f"{_name(schedule)}：核对影响",
                done="号源计划已保存",
                back=reverse("supply_hall", args=[hall.code]),
                warnings=hours_warnings([line.line() for line in spec.lines], hall.hours),
            )
        except SupplyWrong as wrong:
            form.blame(wrong)
        except PlanOverlaps as overlaps:
            problem = overlaps
    stored = None if schedule._state.adding else schedule
    choices: dict[str, object] = {}
    if stored is None:
        groups = groups_visible_to(staff_of(request), posts=WRITERS).filter(hall=hall)
        choices = {"groups": groups, "items": bookable_items()}
    return _editor(request, hall, stored, form, problem=problem, choices=choices)


def _save_day(request: HttpRequest, schedule: Schedule) -> HttpResponse:
    day = parse_day(request.POST.get("date"))
    as_weekday = request.POST.get("as_weekday", "")
    if day is None or as_weekday not in {"", *map(str, range(8))}:
        raise SupplyWrong("请选择日期，以及按星期几开放或不开放。")
    change = DayChange(
        schedule, day, int(as_weekday) if as_weekday else None, request.POST.get("reason", "").strip()
    )
    return propose(
        request,
        change,
        title=f"{_name(schedule)}：{short_date(day)}的影响",
        done="特殊日期已保存",
        back=reverse("supply_days", args=[schedule.group.hall.code, schedule.public_id]),
    )


def _editor(
    request: HttpRequest,
    hall: Hall,
    schedule: Schedule | None,
    form: forms.PlanForm,
    *,
    problem: Problem | None = None,
    choices: Mapping[str, object] | None = None,
) -> HttpResponse:
    context = frame(request, hall, "plans") | {
        "schedule": schedule,
        "name": _name(schedule) if schedule else "新建号源计划",
        "form": form,
        "weekdays": forms.WEEKDAYS,
        "numbers": forms.NUMBERS.items(),
        "typed": request.POST,
        "problem": problem,
        **(choices or {}),
    }
    context["writes"] = _writes(request, schedule) if schedule else True
    return render(
        request, "appointments/supply/plan.html", context, status=problem.status if problem else 200
    )


def _schedule(request: HttpRequest, hall: Hall, public_id: str, *, writing: bool) -> Schedule:
    found = schedules_visible_to(staff_of(request), posts=WRITERS if writing else READERS)
    schedule = get_object_or_404(found, public_id=public_id)
    if schedule.group.hall_id != hall.pk:
        raise Http404
    return schedule


def _writes(request: HttpRequest, schedule: Schedule) -> bool:
    return schedules_visible_to(staff_of(request), posts=WRITERS).filter(pk=schedule.pk).exists()


def _name(schedule: Schedule) -> str:
    return item_names([schedule.item_code]).get(schedule.item_code, "号源计划")
