"""What people read: their own tickets, those they follow, and an anonymous one by its receipt."""

import hmac

from django.db.models import QuerySet

from zhijian.audit.actions import record_refusal
from zhijian.core import numbers
from zhijian.core.actor import Actor
from zhijian.core.pagination import Page, paginate
from zhijian.core.words import tidy
from zhijian.identity.models import Citizen
from zhijian.tickets import errors
from zhijian.tickets.models import Follower, Photo, Publication, Ticket
from zhijian.tickets.queries.staff import SEALED, whole
from zhijian.tickets.rules.receipts import receipt_hash
from zhijian.tickets.senders import nameless


def tickets_of(citizen: Citizen) -> QuerySet[Ticket]:
    """Their own; the parts of a split one are found in it."""
    found = Ticket.objects.filter(citizen=citizen, parent__isnull=True)
    return found.select_related("department", "category", "merged_into").defer(*SEALED)


def my_tickets(citizen: Citizen, *, cursor: str | None = None, size: int = 20) -> Page[Ticket]:
    """The latest first. One query."""
    return paginate(tickets_of(citizen), order=("-updated_at", "-id"), cursor=cursor, size=size)


def followed(citizen: Citizen, *, cursor: str | None = None, size: int = 20) -> Page[Publication]:
    """Public tickets that this citizen follows, in the order of their publication. One query."""
    found = Publication.objects.filter(
        status=Publication.Status.CONFIRMED,
        ticket__in=Follower.objects.filter(citizen=citizen).values("ticket"),
    ).select_related("ticket__category", "ticket__department")
    return paginate(found, order=("-confirmed_at", "-id"), cursor=cursor, size=size)


def ticket_for_citizen(actor: Actor, citizen: Citizen, public_id: str) -> Ticket:
    """The citizen's own ticket, whole. Raises TicketNotFound; reaching for another person's is audited."""
    found = whole(Ticket.objects.filter(public_id=tidy(public_id))).first()
    if found is None:
        raise errors.TicketNotFound
    if found.citizen_id != citizen.pk:
        subject = f"ticket:{found.number}"
        raise errors.TicketNotFound(attempt=lambda: record_refusal(actor, "ticket.foreign", subject=subject))
    return found


def ticket_by_receipt(number: str, code: str) -> tuple[Actor, Ticket]:
    """An anonymous ticket, and who may act for it. Raises ReceiptWrong, the same for a wrong number and a wrong code."""
    found = whole(
        Ticket.objects.filter(number=numbers.code(tidy(number))[:40], receipt_hash__isnull=False)
    ).first()
    known = (found.receipt_hash or "") if found else "-" * 64
    if not hmac.compare_digest(known, receipt_hash(code)) or found is None:
        raise errors.ReceiptWrong
    return nameless(found.public_id), found


def photo_for_citizen(ticket: Ticket, photo_id: str) -> Photo:
    """Raises PhotoNotFound."""
    found = ticket.photos.select_related("file").filter(public_id=tidy(photo_id)).first()
    if found is None:
        raise errors.PhotoNotFound
    return found
