"""A citizen's own tickets and those they follow."""

from typing import Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query

from zhijian.core.clock import now
from zhijian.identity.auth import citizen_bearer, citizen_of
from zhijian.tickets import actions
from zhijian.tickets.api.router import router
from zhijian.tickets.models import Ticket
from zhijian.tickets.presenting import inputs, own, public, shapes
from zhijian.tickets.queries import citizen as reading


@router.get("/tickets", response=shapes.TicketPage, auth=citizen_bearer)
def list_own(
    request: HttpRequest,
    scope: Literal["mine"] = "mine",
    cursor: str | None = Query(None, max_length=400),  # type: ignore[type-arg]
) -> shapes.TicketPage:
    """我的诉求，最近更新的在前。"""
    page = reading.my_tickets(citizen_of(request), cursor=cursor)
    moment = now()
    return shapes.TicketPage(
        items=[own.summary(ticket, moment) for ticket in page.items], next_cursor=page.next_cursor
    )


@router.get("/tickets/followed", response=shapes.PublicPage, auth=citizen_bearer)
def list_followed(
    request: HttpRequest,
    cursor: str | None = Query(None, max_length=400),  # type: ignore[type-arg]
) -> shapes.PublicPage:
    """我关注的公开诉求。"""
    page = reading.followed(citizen_of(request), cursor=cursor)
    moment = now()
    return shapes.PublicPage(
        items=[public.public_ticket(one, moment) for one in page.items], next_cursor=page.next_cursor
    )


@router.get("/tickets/{ticket_id}", response=shapes.TicketDetail, auth=citizen_bearer)
def get_own(request: HttpRequest, ticket_id: str) -> shapes.TicketDetail:
    """我的一件诉求。他人的回答“没有找到”，并记入审计。"""
    return _detail(request, ticket_id)


@router.get("/tickets/{ticket_id}/photos/{photo_id}", response={200: None}, auth=citizen_bearer)
def get_photo(request: HttpRequest, ticket_id: str, photo_id: str, preview: bool = False) -> HttpResponse:
    """我的诉求里的图片；preview=1 时给缩小的。"""
    photo = reading.photo_for_citizen(_own(request, ticket_id), photo_id)
    content, mime = photo.file.read_preview() if preview else (photo.file.read(), photo.file.mime)
    answer = HttpResponse(content, content_type=mime)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


@router.post("/tickets/{ticket_id}/supplement", response=shapes.TicketDetail, auth=citizen_bearer)
def supplement(request: HttpRequest, ticket_id: str, body: inputs.WordsIn) -> shapes.TicketDetail:
    """补充承办部门要的情况，办理时限继续计算；已并案的，对并入的那一件。"""
    ticket = _own(request, ticket_id)
    actions.supplement(citizen_of(request).actor, ticket=ticket.merged_into or ticket, text=body.text)
    return _detail(request, ticket_id)


@router.post("/tickets/{ticket_id}/reopen", response=shapes.TicketDetail, auth=citizen_bearer)
def reopen(request: HttpRequest, ticket_id: str, body: inputs.WordsIn) -> shapes.TicketDetail:
    """要求重办；已并案的，对并入的那一件。"""
    ticket = _own(request, ticket_id)
    actions.reopen(citizen_of(request).actor, ticket=ticket.merged_into or ticket, reason=body.text)
    return _detail(request, ticket_id)


@router.post("/tickets/{ticket_id}/withdraw", response=shapes.TicketDetail, auth=citizen_bearer)
def withdraw(request: HttpRequest, ticket_id: str, body: inputs.WordsIn) -> shapes.TicketDetail:
    """撤回，答复之前都可以；其他人也反映了的，继续为他们办理。"""
    actions.withdraw(citizen_of(request).actor, ticket=_own(request, ticket_id), reason=body.text)
    return _detail(request, ticket_id)


def _own(request: HttpRequest, ticket_id: str) -> Ticket:
    citizen = citizen_of(request)
    return reading.ticket_for_citizen(citizen.actor, citizen, ticket_id)


def _detail(request: HttpRequest, ticket_id: str) -> shapes.TicketDetail:
    return own.detail(_own(request, ticket_id), citizen_of(request).actor, now())
