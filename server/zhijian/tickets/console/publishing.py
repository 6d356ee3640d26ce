"""The desk of public texts: what waits, and one text beside what it came from."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from zhijian.core.clock import now
from zhijian.core.errors import Problem
from zhijian.organizations.access import requires, staff_of
from zhijian.organizations.models import Staff
from zhijian.organizations.queries import holds
from zhijian.organizations.rules import Post
from zhijian.tickets import actions
from zhijian.tickets.actions import PublicText
from zhijian.tickets.actions.turn import mark
from zhijian.tickets.models import Ticket
from zhijian.tickets.queries.desk import awaiting_text, pending_publications, public_now
from zhijian.tickets.queries.facts import POSTS, facts_of, roles_of
from zhijian.tickets.queries.masked import leftovers, proposal
from zhijian.tickets.queries.staff import ticket_for_staff
from zhijian.tickets.rules import table
from zhijian.tickets.rules.acts import Action


@requires(*POSTS)
def texts(request: HttpRequest) -> HttpResponse:
    """What waits for confirmation, what could be drafted, what is public."""
    staff = staff_of(request)
    context = {
        "pending": pending_publications(staff),
        "waiting": awaiting_text(staff),
        "public": public_now(staff),
        "dispatcher": holds(staff, Post.TICKET_DISPATCHER),
    }
    return render(request, "tickets/texts.html", context)


@requires(*POSTS)
def text(request: HttpRequest, number: str) -> HttpResponse:
    staff = staff_of(request)
    return _show(request, staff, ticket_for_staff(staff, number))


@require_POST
@requires(*POSTS)
def prepare(request: HttpRequest, number: str) -> HttpResponse:
    staff = staff_of(request)
    data = request.POST
    drafted = PublicText(
        title=data.get("title", ""),
        question=data.get("question", ""),
        answer=data.get("answer", ""),
        knowledge=bool(data.get("knowledge")),
    )

    def do(ticket: Ticket) -> None:
        actions.prepare(staff.actor, ticket=ticket, text=drafted)

    return _do(request, staff, number, do, "公开稿已保存，等待核定。")


@require_POST
@requires(Post.TICKET_DISPATCHER)
def publish(request: HttpRequest, number: str) -> HttpResponse:
    staff = staff_of(request)

    def do(ticket: Ticket) -> None:
        actions.publish(
            staff.actor, ticket=ticket, sure=bool(request.POST.get("sure")), seen=request.POST.get("seen", "")
        )

    return _do(request, staff, number, do, "已核定并公开。")


@require_POST
@requires(Post.TICKET_DISPATCHER)
def unpublish(request: HttpRequest, number: str) -> HttpResponse:
    staff = staff_of(request)

    def do(ticket: Ticket) -> None:
        actions.unpublish(staff.actor, ticket=ticket, reason=request.POST.get("reason", ""))

    return _do(request, staff, number, do, "已停止公开。")


def _do(
    request: HttpRequest, staff: Staff, number: str, act: Callable[[Ticket], None], words: str
) -> HttpResponse:
    ticket = ticket_for_staff(staff, number)
    try:
        act(ticket)
    except Problem as problem:
        return _show(request, staff, ticket_for_staff(staff, number), problem=problem)
    messages.success(request, words)
    return redirect("tickets_text", number)


def _show(
    request: HttpRequest, staff: Staff, ticket: Ticket, *, problem: Problem | None = None
) -> HttpResponse:
    possible = table.TABLE.possible(
        ticket.state, roles_of(staff.actor, staff, ticket), facts_of(ticket, staff, now())
    )
    proposed = proposal(ticket)
    data = request.POST if problem is not None else {}
    shown = {
        "title": data.get("title", proposed.title),
        "question": data.get("question", proposed.question),
        "answer": data.get("answer", proposed.answer),
    }
    publication = getattr(ticket, "publication", None)
    context = {
        "ticket": ticket,
        "original": proposed.original,
        "shown": shown,
        "knowledge": proposed.knowledge,
        "publication": publication,
        "leftovers": [words for _, words in leftovers(*shown.values())],
        "may_prepare": Action.PREPARE in possible,
        "may_publish": Action.PUBLISH in possible,
        "may_unpublish": Action.UNPUBLISH in possible,
        "problem": problem,
        "seen": mark(ticket),
    }
    return render(request, "tickets/text.html", context, status=problem.status if problem else 200)
