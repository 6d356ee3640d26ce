"""Halls, and one hall's plans."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from zhijian.appointments.console.supply.common import frame, hall_of
from zhijian.appointments.console.supply.forms import line_rows
from zhijian.appointments.queries.supply import board
from zhijian.appointments.queries.supply.scope import READERS, groups_visible_to, halls_visible_to
from zhijian.core.clock import today
from zhijian.organizations.access import requires, staff_of


@require_GET
@requires(*READERS)
def halls(request: HttpRequest) -> HttpResponse:
    staff = staff_of(request)
    rows = board.plan_counts(halls_visible_to(staff), groups_visible_to(staff))
    return render(request, "appointments/supply/halls.html", {"halls": rows})


@require_GET
@requires(*READERS)
def hall(request: HttpRequest, code: str) -> HttpResponse:
    found = hall_of(request, code)
    mine = groups_visible_to(staff_of(request))
    groups = board.groups_with_plans(mine, found)
    names = board.names_of(groups)
    rows = [
        {
            "group": group,
            "plans": [
                {
                    "schedule": schedule,
                    "name": names.get(schedule.item_code, "已停办的事项"),
                    "lines": line_rows(schedule.lines.all()),
                    "ended": schedule.valid_to is not None and schedule.valid_to < today(),
                }
                for schedule in group.schedules.all()
            ],
        }
        for group in groups
    ]
    context = {"rows": rows, "closures": board.closures(found, mine)}
    return render(request, "appointments/supply/hall.html", frame(request, found, "plans") | context)
