"""The slots of a day: free, held and booked, with a button for one seat more or fewer."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from zhijian.appointments.actions import supply
from zhijian.appointments.console.supply.common import frame, hall_of, parse_day
from zhijian.appointments.models import Slot
from zhijian.appointments.queries.supply.board import board, board_row
from zhijian.appointments.queries.supply.scope import READERS, WRITERS, groups_visible_to
from zhijian.appointments.rules.states import Pool
from zhijian.core.clock import today
from zhijian.core.console import wants_part
from zhijian.organizations.access import requires, staff_of


@require_GET
@requires(*READERS)
def board_page(request: HttpRequest, code: str) -> HttpResponse:
    hall = hall_of(request, code)
    staff = staff_of(request)
    groups = list(groups_visible_to(staff).filter(hall=hall).order_by("prefix"))
    chosen = next((one for one in groups if one.public_id == request.GET.get("group")), None)
    group = chosen or next(iter(groups), None)
    day = parse_day(request.GET.get("date")) or today()
    context = frame(request, hall, "board") | {
        "groups": groups,
        "group": group,
        "day": day,
        "before": day - timedelta(days=1),
        "after": day + timedelta(days=1),
        "rows": board(group, day) if group else [],
        "pools": Pool.choices,
    }
    context["writes"] = bool(group and groups_visible_to(staff, posts=WRITERS).filter(pk=group.pk).exists())
    return render(request, "appointments/supply/board.html", context)


@require_POST
@requires(*WRITERS)
def capacity(request: HttpRequest, code: str, public_id: str) -> HttpResponse:
    """``change`` is +1 or -1 of ``pool``; HTMX gets the row as it is now."""
    hall = hall_of(request, code)
    groups = groups_visible_to(staff_of(request), posts=WRITERS).filter(hall=hall)
    slot = get_object_or_404(Slot.objects.filter(group__in=groups), public_id=public_id)
    act: Any = supply.remove_capacity if request.POST.get("change") == "-1" else supply.add_capacity
    act(staff_of(request).actor, slot=slot, pool=request.POST.get("pool", ""), count=1)
    if wants_part(request):
        context = {"row": board_row(slot), "writes": True, "hall": hall}
        return render(request, "appointments/supply/board_row.html", context)
    address = reverse("supply_board", args=[hall.code])
    return redirect(f"{address}?date={slot.date.isoformat()}&group={slot.group.public_id}")
