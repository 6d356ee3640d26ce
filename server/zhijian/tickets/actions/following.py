"""关注: whoever wants to know how a public ticket ends."""

from django.db import transaction

from zhijian.audit.actions import record
from zhijian.core.actor import Actor
from zhijian.core.clock import now
from zhijian.core.words import tidy
from zhijian.identity.models import Citizen
from zhijian.tickets.actions import turn
from zhijian.tickets.models import Follower, Publication
from zhijian.tickets.queries.public import public_ticket


@transaction.atomic
def follow(actor: Actor, *, citizen: Citizen, public_id: str) -> Publication:
    """Once, however often it is asked. Raises NotPublic."""
    publication = public_ticket(public_id)
    ticket = publication.ticket
    if ticket.citizen_id == citizen.pk and ticket.left_at is None:
        return publication
    _, new = Follower.objects.get_or_create(ticket=ticket, citizen=citizen, defaults={"since": now()})
    if new:
        record(actor, "ticket.followed", subject=turn.subject(ticket))
    return publication


@transaction.atomic
def unfollow(actor: Actor, *, citizen: Citizen, public_id: str) -> None:
    """Nothing happens when they did not follow. Who reported a merged ticket keeps following what became of it."""
    chosen = Follower.objects.filter(
        ticket__publication__public_id=tidy(public_id), citizen=citizen, origin=Follower.Origin.FOLLOWED
    ).select_related("ticket")
    for one in chosen:
        record(actor, "ticket.unfollowed", subject=turn.subject(one.ticket))
        one.delete()
