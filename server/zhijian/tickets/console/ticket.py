"""One ticket: the page, its actions, its pictures, and clear personal data with a reason."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_POST

from zhijian.audit.actions import record
from zhijian.core.errors import Problem
from zhijian.organizations.access import requires, staff_of
from zhijian.organizations.models import Staff
from zhijian.privacy.actions import reveal as reveal_data
from zhijian.tickets import errors
from zhijian.tickets.console import doing
from zhijian.tickets.console.page import Tried, build, reachable
from zhijian.tickets.queries.facts import POSTS
from zhijian.tickets.queries.staff import photo_for_staff, ticket_for_staff
from zhijian.tickets.rules.acts import Action

_CLEAR = {"name": "姓名", "phone": "手机号"}


def _wants_part(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))


@requires(*POSTS)
def ticket_page(request: HttpRequest, number: str) -> HttpResponse:
    staff = staff_of(request)
    page = build(ticket_for_staff(staff, number), staff)
    return render(request, "tickets/ticket.html", {"page": page})


@require_POST
@requires(*POSTS)
def act(request: HttpRequest, number: str, action: str) -> HttpResponse:
    """Do one action. A refusal comes back in place, with everything that was typed."""
    staff = staff_of(request)
    ticket = ticket_for_staff(staff, number)
    if action not in Action.values or Action(action) not in doing.DO:
        raise Http404
    try:
        doing.DO[Action(action)](staff, ticket, request.POST)
    except Problem as problem:
        return _refused(request, staff, number, Tried(action, request.POST, problem))
    messages.success(request, f"已完成：{Action(action).label}。")
    if not _wants_part(request):
        return redirect("tickets_ticket", number)
    return _after(request, staff, number)


def _after(request: HttpRequest, staff: Staff, number: str) -> HttpResponse:
    """What the page is now; whoever sent the ticket out of their own scope goes back to the queue."""
    try:
        page = build(ticket_for_staff(staff, number), staff)
    except errors.TicketNotFound:
        return HttpResponse(status=204, headers={"HX-Redirect": "/console/tickets/"})
    return render(request, "tickets/ticket_part.html", {"page": page, "oob": True})


def _refused(request: HttpRequest, staff: Staff, number: str, tried: Tried) -> HttpResponse:
    page = build(ticket_for_staff(staff, number), staff, tried=tried)
    template = "tickets/ticket_part.html" if _wants_part(request) else "tickets/ticket.html"
    return render(request, template, {"page": page, "oob": True}, status=tried.problem.status)


@requires(*POSTS)
def photo(request: HttpRequest, number: str, photo_id: str) -> HttpResponse:
    """A picture; each look at the whole one is put down in the audit trail."""
    staff = staff_of(request)
    ticket = ticket_for_staff(staff, number)
    found = photo_for_staff(ticket, photo_id)
    if request.GET.get("preview"):
        content, mime = found.file.read_preview()
    else:
        facts = {"photo": found.public_id}
        record(staff.actor, "ticket.photo_viewed", subject=f"ticket:{ticket.number}", facts=facts)
        content, mime = found.file.read(), found.file.mime
    response = HttpResponse(content, content_type=mime)
    response["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, no_store=True, private=True)
    return response


@require_POST
@requires(*POSTS)
def reveal(request: HttpRequest, number: str) -> HttpResponse:
    """Name and telephone in clear, once, for a reason that the reporter can read."""
    staff = staff_of(request)
    ticket = ticket_for_staff(staff, number)
    page, status = build(ticket, staff), 200
    if ticket.citizen is None or not reachable(ticket):
        raise errors.TicketNotFound
    try:
        clear = reveal_data(
            staff.actor,
            staff=staff,
            citizen=ticket.citizen,
            fields=sorted(_CLEAR),
            reason=request.POST.get("reason", ""),
        )
    except Problem as problem:
        page.reveal_problem, status = problem, problem.status
    else:
        page.clear = [(words, clear[name]) for name, words in _CLEAR.items() if clear.get(name)]
    template = "tickets/parts/facts.html" if _wants_part(request) else "tickets/ticket.html"
    return render(request, template, {"page": page}, status=status)
