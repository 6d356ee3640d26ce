"""An anonymous ticket by its receipt. The code is in the body, never in an address."""

from django.http import HttpRequest

from zhijian.audit.actions import record_refusal
from zhijian.core.actor import Actor
from zhijian.core.clock import now
from zhijian.core.throttle import brake
from zhijian.tickets import actions, errors
from zhijian.tickets.api.router import router
from zhijian.tickets.models import Ticket
from zhijian.tickets.presenting import own, shapes
from zhijian.tickets.queries.citizen import ticket_by_receipt
from zhijian.tickets.queries.staff import whole
from zhijian.tickets.senders import NAMELESS

_VISITOR = Actor(kind="citizen", key="anonymous", label=NAMELESS)


@router.post("/tickets/receipt", response=shapes.TicketDetail, auth=None)
def read(request: HttpRequest, body: shapes.ReceiptIn) -> shapes.TicketDetail:
    """用编号和查询码查看匿名诉求。"""
    return _detail(*opened(request, body))


@router.post("/tickets/receipt/supplement", response=shapes.TicketDetail, auth=None)
def supplement(request: HttpRequest, body: shapes.ReceiptWordsIn) -> shapes.TicketDetail:
    """匿名诉求补充情况。"""
    actor, ticket = opened(request, body)
    actions.supplement(actor, ticket=ticket.merged_into or ticket, text=body.text)
    return _detail(actor, ticket)


@router.post("/tickets/receipt/reopen", response=shapes.TicketDetail, auth=None)
def reopen(request: HttpRequest, body: shapes.ReceiptWordsIn) -> shapes.TicketDetail:
    """匿名诉求要求重办。"""
    actor, ticket = opened(request, body)
    actions.reopen(actor, ticket=ticket.merged_into or ticket, reason=body.text)
    return _detail(actor, ticket)


@router.post("/tickets/receipt/withdraw", response=shapes.TicketDetail, auth=None)
def withdraw(request: HttpRequest, body: shapes.ReceiptWordsIn) -> shapes.TicketDetail:
    """撤回匿名诉求。"""
    actor, ticket = opened(request, body)
    return _detail(actor, actions.withdraw(actor, ticket=ticket, reason=body.text))


def opened(request: HttpRequest, body: shapes.ReceiptIn) -> tuple[Actor, Ticket]:
    """The ticket of a receipt, and who may act for it. Raises ReceiptWrong, ReceiptsTooOften."""
    brake(request, scope="tickets.receipt", limit=20, seconds=60, problem=errors.ReceiptsTooOften)
    try:
        return ticket_by_receipt(body.number, body.code)
    except errors.ReceiptWrong as error:
        raise errors.ReceiptWrong(
            attempt=lambda: record_refusal(_VISITOR, "ticket.receipt_wrong", subject="ticket:receipt")
        ) from error


def _detail(actor: Actor, ticket: Ticket) -> shapes.TicketDetail:
    return own.detail(whole(Ticket.objects.filter(pk=ticket.pk)).get(), actor, now())
