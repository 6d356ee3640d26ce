"""Closing a hall or a group for a time, with everybody who is hit in sight, and opening it again."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from zhijian.appointments.console.supply.common import frame, group_of, hall_of, propose
from zhijian.appointments.errors import SupplyWrong
from zhijian.appointments.models import Closure
from zhijian.appointments.queries.supply import board
from zhijian.appointments.queries.supply.changes import ClosureChange, LiftChange
from zhijian.appointments.queries.supply.scope import WRITERS, groups_visible_to, manages_hall
from zhijian.core.clock import now
from zhijian.core.zone import CHINA
from zhijian.organizations.access import requires, staff_of
from zhijian.organizations.models import Hall


@require_http_methods(["GET", "POST"])
@requires(*WRITERS)
def closing(request: HttpRequest, code: str) -> HttpResponse:
    hall = hall_of(request, code)
    problem = None
    if request.method == "POST":
        try:
            return propose(
                request,
                _asked(request, hall),
                title="停办：核对影响",
                done="停办已生效",
                back=reverse("supply_closing", args=[hall.code]),
            )
        except SupplyWrong as wrong:
            problem = wrong
    groups = groups_visible_to(staff_of(request), posts=WRITERS).filter(hall=hall)
    context = frame(request, hall, "closing") | {
        "groups": groups,
        "closures": board.closures(hall, groups),
        "typed": request.POST,
        "problem": problem,
        "at": now(),
    }
    return render(request, "appointments/supply/closing.html", context, status=422 if problem else 200)


@require_POST
@requires(*WRITERS)
def lift(request: HttpRequest, code: str, public_id: str) -> HttpResponse:
    """Opening again takes nothing from anybody, but its impact is shown all the same."""
    hall = hall_of(request, code)
    groups = groups_visible_to(staff_of(request), posts=WRITERS)
    closure = get_object_or_404(
        Closure.objects.select_related("hall", "group"), hall=hall, public_id=public_id
    )
    if closure.group_id and not groups.filter(pk=closure.group_id).exists():
        return redirect("supply_closing", code=code)
    return propose(
        request,
        LiftChange(closure),
        title="撤销停办：核对影响",
        done="停办已撤销，这段时间的号可以预约了",
        back=reverse("supply_closing", args=[hall.code]),
    )


def _asked(request: HttpRequest, hall: Hall) -> ClosureChange:
    chosen = request.POST.get("group", "")
    group = group_of(request, hall, chosen, writing=True) if chosen else None
    if group is None and not manages_hall(staff_of(request), hall):
        raise SupplyWrong("您管理的是其中的窗口组，请选择窗口组。")
    starts, ends = (_moment(request.POST.get(name, "")) for name in ("starts_at", "ends_at"))
    if starts is None or ends is None:
        raise SupplyWrong("请填写停办的开始和结束时间。")
    return ClosureChange(hall, group, starts, ends, request.POST.get("reason", "").strip())


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text.strip()).replace(tzinfo=CHINA)
    except ValueError:
        return None
