"""Who reported the same matter: the reporters of tickets that were merged into one."""

from django.db.models import QuerySet

from zhijian.core.actor import Actor
from zhijian.tickets.models import Ticket


def others_of(ticket: Ticket) -> QuerySet[Ticket]:
    """The merged tickets whose reporters still ask, of a part those of its whole."""
    return Ticket.objects.filter(merged_into=ticket.parent_id or ticket.pk, left_at__isnull=True)


def reported_too(actor: Actor, ticket: Ticket) -> bool:
    """Whether ``actor``, named or by a receipt, is one of those others."""
    others = others_of(ticket).filter(merged_into=ticket.pk)
    kind, _, public_id = actor.key.rpartition(":")
    if kind == "ticket":
        return others.filter(public_id=public_id, citizen__isnull=True).exists()
    return others.filter(citizen__public_id=actor.key).exists()
