"""Who asks for an anonymous ticket."""

from django.http import HttpRequest

from zhijian.audit.actions import record_refusal
from zhijian.core.actor import Actor
from zhijian.core.throttle import brake
from zhijian.tickets import errors
from zhijian.tickets.models import Ticket
from zhijian.tickets.queries.citizen import ticket_by_receipt
from zhijian.tickets.senders import NAMELESS

_VISITOR = Actor(kind="citizen", key="anonymous", label=NAMELESS)


def ticket_of_receipt(request: HttpRequest, number: str, code: str) -> tuple[Actor, Ticket]:
    """The ticket of a receipt, and who may act for it. Raises ReceiptWrong, ReceiptsTooOften."""
    brake(request, scope="tickets.receipt", limit=20, seconds=60, problem=errors.ReceiptsTooOften)
    try:
        return ticket_by_receipt(number, code)
    except errors.ReceiptWrong as error:
        raise errors.ReceiptWrong(
            attempt=lambda: record_refusal(_VISITOR, "ticket.receipt_wrong", subject="ticket:receipt")
        ) from error
