"""The dispatcher's desk: what has no department, what was answered, which extensions wait."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from zhijian.core.errors import Problem
from zhijian.organizations.access import requires, staff_of
from zhijian.organizations.rules import Post
from zhijian.tickets import actions
from zhijian.tickets.console.doing import department
from zhijian.tickets.console.rows import rows
from zhijian.tickets.queries import desk as reading
from zhijian.tickets.queries.staff import counts, ticket_for_staff
from zhijian.tickets.queries.tables import takers


@dataclass(frozen=True, slots=True)
class Tile:
    words: str
    icon: str
    count: int
    light: str
    url: str


@requires(Post.TICKET_DISPATCHER)
def desk_page(request: HttpRequest) -> HttpResponse:
    staff = staff_of(request)
    known = counts(staff)
    waiting = reading.pending_extensions(staff)
    queue = "/console/tickets/"
    context = {
        "tiles": [
            Tile("待派单", "send", known.undispatched, "", "#undispatched"),
            Tile("待批延期", "hourglass", len(waiting), "yellow" if waiting else "", "#extensions"),
            Tile("待回访", "message-square", known.callback, "", "#callback"),
            Tile("已超期", "octagon-alert", known.red, "red" if known.red else "", f"{queue}?light=red"),
        ],
        "undispatched": rows(reading.undispatched(staff), staff),
        "callback": rows(reading.to_call_back(staff), staff),
        "extensions": waiting,
        "departments": takers(),
    }
    return render(request, "tickets/dispatching.html", context)


@require_POST
@requires(Post.TICKET_DISPATCHER)
def dispatch_one(request: HttpRequest, number: str) -> HttpResponse:
    """Straight from the desk: the suggested department unless another was chosen."""
    staff = staff_of(request)
    ticket = ticket_for_staff(staff, number)
    try:
        chosen = department(request.POST) if request.POST.get("department") else ticket.suggested
        actions.dispatch(staff.actor, ticket=ticket, department=chosen)
    except Problem as problem:
        messages.error(request, f"{number}没有派出：{problem.detail or problem.title}")
    else:
        messages.success(request, f"{number}已派给{chosen.short_name}。")
    return redirect("tickets_dispatching")
