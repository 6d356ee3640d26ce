"""An anonymous ticket by its receipt. The code is in the body, never in an address."""

from django.http import HttpRequest

from zhijian.core.actor import Actor
from zhijian.core.clock import now
from zhijian.tickets import actions
from zhijian.tickets.access import ticket_of_receipt
from zhijian.tickets.api.router import router
from zhijian.tickets.models import Ticket
from zhijian.tickets.presenting import inputs, own, shapes
from zhijian.tickets.queries.staff import whole


@router.post("/tickets/receipt", response=shapes.TicketDetail, auth=None)
def read(request: HttpRequest, body: inputs.ReceiptIn) -> shapes.TicketDetail:
    """用编号和查询码查看匿名诉求。"""
    return _detail(*ticket_of_receipt(request, body.number, body.code))


@router.post("/tickets/receipt/supplement", response=shapes.TicketDetail, auth=None)
def supplement(request: HttpRequest, body: inputs.ReceiptWordsIn) -> shapes.TicketDetail:
    """匿名诉求补充情况。"""
    actor, ticket = ticket_of_receipt(request, body.number, body.code)
    actions.supplement(actor, ticket=ticket.merged_into or ticket, text=body.text)
    return _detail(actor, ticket)


@router.post("/tickets/receipt/reopen", response=shapes.TicketDetail, auth=None)
def reopen(request: HttpRequest, body: inputs.ReceiptWordsIn) -> shapes.TicketDetail:
    """匿名诉求要求重办。"""
    actor, ticket = ticket_of_receipt(request, body.number, body.code)
    actions.reopen(actor, ticket=ticket.merged_into or ticket, reason=body.text)
    return _detail(actor, ticket)


@router.post("/tickets/receipt/withdraw", response=shapes.TicketDetail, auth=None)
def withdraw(request: HttpRequest, body: inputs.ReceiptWordsIn) -> shapes.TicketDetail:
    """撤回匿名诉求。"""
    actor, ticket = ticket_of_receipt(request, body.number, body.code)
    return _detail(actor, actions.withdraw(actor, ticket=ticket, reason=body.text))


def _detail(actor: Actor, ticket: Ticket) -> shapes.TicketDetail:
    return own.detail(whole(Ticket.objects.filter(pk=ticket.pk)).get(), actor, now())
