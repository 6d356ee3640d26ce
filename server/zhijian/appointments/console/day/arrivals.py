"""到场签到: staff check in who has a booking, and give numbers to who has none."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from zhijian.appointments import errors
from zhijian.appointments.actions import day as actions
from zhijian.appointments.models import CounterGroup, Visit
from zhijian.appointments.queries import day as queries
from zhijian.appointments.queries import scans
from zhijian.appointments.queries.hall import matters
from zhijian.appointments.queries.supply.scope import groups_visible_to
from zhijian.appointments.queries.visits import place_of
from zhijian.appointments.rules.checkin import PREFIX
from zhijian.core.actor import Actor
from zhijian.core.clock import today
from zhijian.core.errors import Problem
from zhijian.organizations.access import requires, staff_of
from zhijian.organizations.models import Hall, Staff
from zhijian.organizations.queries import holds
from zhijian.organizations.rules import Post

_POSTS = (Post.HALL_MANAGER, Post.WINDOW_OFFICER)


@require_http_methods(["GET", "POST"])
@requires(*_POSTS)
def page(request: HttpRequest) -> HttpResponse:
    """``do`` is ``check-in`` (``code``: scanned text or number) or ``ticket`` (``matter``: group:item)."""
    staff = staff_of(request)
    halls = list(queries.halls_of_staff(staff))
    hall = _hall(staff, halls, request.POST.get("hall") or request.GET.get("hall", ""))
    problem: Problem | None = None
    if request.method == "POST" and hall is not None:
        try:
            visit = _do(request, staff, hall)
        except Problem as refused:
            problem = refused
        else:
            messages.success(request, _words(visit))
            return redirect(f"{request.path}?hall={hall.code}")
    groups = _groups(staff, hall)
    context = {
        "halls": halls,
        "hall": hall,
        "problem": problem,
        "typed": request.POST.get("code", "") if problem else "",
        "matters": matters(hall, groups, today()) if hall else [],
    }
    return render(
        request, "appointments/day/arrivals.html", context, status=problem.status if problem else 200
    )


def _do(request: HttpRequest, staff: Staff, hall: Hall) -> Visit:
    actor = staff.actor_as(next(post for post in _POSTS if holds(staff, post)))
    if request.POST.get("do") == "ticket":
        return _ticket(actor, request, _groups(staff, hall))
    code = request.POST.get("code", "").strip()[:100]
    booking = scans.scanned(actor, code) if code.startswith(PREFIX) else scans.numbered(code)
    return actions.check_in(actor, booking=booking, hall=hall)


def _ticket(actor: Actor, request: HttpRequest, groups: list[CounterGroup]) -> Visit:
    code, _, item = request.POST.get("matter", "").partition(":")
    group = next((one for one in groups if one.code == code), None)
    if group is None:
        raise errors.NoWalkIns("请选择要办的事项。")
    priority = request.POST.get("priority") == "1"
    return actions.take_ticket(actor, group=group, item_code=item, priority=priority)


def _groups(staff: Staff, hall: Hall | None) -> list[CounterGroup]:
    return list(groups_visible_to(staff).filter(hall=hall, active=True)) if hall else []


def _hall(staff: Staff, halls: list[Hall], wanted: str) -> Hall | None:
    """The hall asked for, the one of one's counter, or the first."""
    counter = queries.my_counter(staff)
    codes = [wanted, counter.hall.code if counter else ""]
    by_code: dict[Any, Hall] = {hall.code: hall for hall in halls}
    found = next((by_code[code] for code in codes if code in by_code), None)
    return found or (halls[0] if halls else None)


def _words(visit: Visit) -> str:
    ahead = place_of(visit).ahead
    waits = f"前面 {ahead} 人" if ahead else "前面没有人"
    return f"票号 {visit.number}，{visit.group.name}，{waits}。"
