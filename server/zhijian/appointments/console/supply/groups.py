"""Groups of counters, counters, and the hall's rule of missed bookings."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from pydantic import ValidationError

from zhijian.appointments.actions import supply
from zhijian.appointments.console.supply.common import frame, group_of, hall_of
from zhijian.appointments.errors import GroupTaken, SupplyWrong
from zhijian.appointments.models import Counter, CounterGroup, NoShowRule
from zhijian.appointments.queries.supply.scope import READERS, WRITERS, groups_visible_to
from zhijian.appointments.specs import GroupSpec, NoShowSpec
from zhijian.core.errors import FieldError, Problem
from zhijian.organizations.access import requires, staff_of
from zhijian.organizations.models import Department, Hall
from zhijian.organizations.queries import department_list

NUMBERS = {
    "booked_share": "连叫预约号（个）",
    "walk_in_share": "再叫现场号（个）",
    "early_minutes": "提前几分钟可签到",
    "grace_minutes": "过时保留几分钟",
    "service_minutes": "每件大约几分钟",
    "near_metres": "多少米内可签到",
}
_WORDS = {"code": "代码", "name": "名称", "name_en": "英文名称", "prefix": "票号字头"} | NUMBERS
_MISSES = {"misses": "爽约次数", "within_days": "多少天内", "blocked_days": "暂停预约天数"}


@require_GET
@requires(*READERS)
def groups(request: HttpRequest, code: str) -> HttpResponse:
    hall = hall_of(request, code)
    found = groups_visible_to(staff_of(request)).filter(hall=hall).order_by("prefix")
    rules = list(NoShowRule.objects.filter(hall=hall) | NoShowRule.objects.filter(hall=None))
    context = frame(request, hall, "groups") | {
        "groups": found,
        "all_groups": hall.counter_groups.order_by("prefix"),
        "counters": hall.counters.prefetch_related("groups").order_by("number"),
        "own_rule": next((rule for rule in rules if rule.hall_id), None),
        "city_rule": next((rule for rule in rules if not rule.hall_id), None),
    }
    return render(request, "appointments/supply/groups.html", context)


@require_http_methods(["GET", "POST"])
@requires(*WRITERS)
def new_group(request: HttpRequest, code: str) -> HttpResponse:
    return _edit(request, hall_of(request, code, writing=True), None)


@require_http_methods(["GET", "POST"])
@requires(*WRITERS)
def group(request: HttpRequest, code: str, public_id: str) -> HttpResponse:
    hall = hall_of(request, code)
    return _edit(request, hall, group_of(request, hall, public_id, writing=True))


@require_POST
@requires(*WRITERS)
def counter(request: HttpRequest, code: str) -> HttpResponse:
    """Make a counter, or change the one that ``counter`` names."""
    hall = hall_of(request, code, writing=True)
    chosen = hall.counter_groups.filter(public_id__in=request.POST.getlist("groups"))
    stored: Counter | None = None
    if request.POST.get("counter"):
        stored = get_object_or_404(hall.counters.all(), public_id=request.POST["counter"])
    saved = supply.save_counter(
        staff_of(request).actor,
        hall=hall,
        number=request.POST.get("number", ""),
        groups=list(chosen),
        counter=stored,
    )
    messages.success(request, f"已保存{saved}")
    return redirect("supply_groups", code=hall.code)


@require_POST
@requires(*WRITERS)
def misses(request: HttpRequest, code: str) -> HttpResponse:
    """The hall's own rule; three empty fields: the city's."""
    hall = hall_of(request, code, writing=True)
    values = {name: request.POST.get(name, "").strip() for name in _MISSES}
    spec = _validated(NoShowSpec, values, _MISSES) if any(values.values()) else None
    supply.set_no_show_rule(staff_of(request).actor, hall=hall, spec=spec)
    messages.success(request, "已保存爽约规则" if spec else "已改为按全市规则")
    return redirect("supply_groups", code=hall.code)


def _edit(request: HttpRequest, hall: Hall, stored: CounterGroup | None) -> HttpResponse:
    problem: Problem | None = None
    if request.method == "POST":
        try:
            return _save(request, hall, stored)
        except (SupplyWrong, GroupTaken) as refused:
            problem = refused
    values: Any = request.POST if problem else _values(stored)
    context = frame(request, hall, "groups") | {
        "stored": stored,
        "values": values,
        "numbers": [(name, words, values.get(name, "")) for name, words in NUMBERS.items()],
        "departments": department_list(),
        "problem": problem,
    }
    return render(
        request, "appointments/supply/group.html", context, status=problem.status if problem else 200
    )


def _save(request: HttpRequest, hall: Hall, stored: CounterGroup | None) -> HttpResponse:
    values: dict[str, Any] = {name: request.POST.get(name, "").strip() for name in _WORDS}
    spec = _validated(GroupSpec, values | {"active": request.POST.get("active") == "1"}, _WORDS)
    department = Department.objects.filter(code=request.POST.get("department", "")).first()
    if department is None:
        raise SupplyWrong(fields=[FieldError("/department", "department", "请选择部门")])
    saved = supply.save_group(
        staff_of(request).actor, hall=hall, department=department, spec=spec, group=stored
    )
    messages.success(request, f"已保存窗口组“{saved.name}”")
    return redirect("supply_groups", code=hall.code)


def _validated(kind: Any, values: dict[str, Any], words: dict[str, str]) -> Any:
    try:
        return kind.model_validate(values)
    except ValidationError as error:
        names = dict.fromkeys(str(e["loc"][0]) for e in error.errors())
        raise SupplyWrong(
            fields=[FieldError(f"/{name}", name, f"{words.get(name, '内容')}填写有误") for name in names]
        ) from error


def _values(stored: CounterGroup | None) -> dict[str, Any]:
    if stored is None:
        return {"booked_share": 2, "walk_in_share": 1, "early_minutes": 30, "grace_minutes": 15} | {
            "service_minutes": 10,
            "near_metres": 500,
            "active": True,
        }
    names = (*_WORDS, "active")
    return {name: getattr(stored, name) for name in names} | {"department": stored.department.code}
