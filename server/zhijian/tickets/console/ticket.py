"""One ticket: the page, its actions, its pictures, and clear personal data with a reason."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_POST

from zhijian.audit.actions import record
from zhijian.core.console import wants_part
from zhijian.organizations import news
from zhijian.organizations.access import requires, staff_of
from zhijian.tickets import errors
from zhijian.tickets.console import doing
from zhijian.tickets.console.page import build, reachable
from zhijian.tickets.models import Ticket
from zhijian.tickets.queries.facts import POSTS
from zhijian.tickets.queries.staff import photo_for_staff, ticket_for_staff
from zhijian.workbench.acting import Bench, Tried
from zhijian.workbench.revealing import revealed

_CLEAR = {"name": "姓名", "phone": "手机号"}


@requires(*POSTS)
def ticket_page(request: HttpRequest, number: str) -> HttpResponse:
    staff = staff_of(request)
    page = build(ticket_for_staff(staff, number), staff)
    news.opened(staff, "ticket", page.ticket.number)
    return render(request, "tickets/ticket.html", {"page": page})


def _show(request: HttpRequest, ticket: Ticket, tried: Tried | None) -> HttpResponse:
    page = build(ticket, staff_of(request), tried=tried)
    template = "tickets/ticket_part.html" if wants_part(request) else "tickets/ticket.html"
    return render(
        request, template, {"page": page, "oob": True}, status=tried.problem.status if tried else 200
    )


BENCH: Final = Bench(
    find=ticket_for_staff,
    not_found=errors.TicketNotFound,
    do=doing.DO,
    show=_show,
    page="tickets_ticket",
    listing="tickets_queue",
)


@require_POST
@requires(*POSTS)
def act(request: HttpRequest, number: str, action: str) -> HttpResponse:
    return BENCH.act(request, number, action)


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
    page = build(ticket, staff)
    if ticket.citizen is None or not reachable(ticket):
        raise errors.TicketNotFound
    clear, problem = revealed(request, ticket.citizen, sorted(_CLEAR))
    page.reveal_problem = problem
    page.clear = [(words, clear[name]) for name, words in _CLEAR.items() if clear.get(name)]
    template = "tickets/parts/facts.html" if wants_part(request) else "tickets/ticket.html"
    return render(request, template, {"page": page}, status=problem.status if problem else 200)
