"""What the ratings domain tells a ticket: that its handling was rated, so that it isn't asked again."""

from django.db import transaction

from zhijian.core.clock import now
from zhijian.tickets import errors
from zhijian.tickets.actions.turn import lock
from zhijian.tickets.models import Ticket
from zhijian.tickets.queries.rating import handling, may_rate, number_of


@transaction.atomic
def mark_rated(*, reference: str, stars: int, satisfied: bool) -> Ticket:
    """Keep the stars (1 to 5) with the ticket. Raises NotNow when this handling isn't over or was rated."""
    fresh = _of(reference)
    if not may_rate(fresh) or handling(fresh) != reference:
        raise errors.NotNow("诉求答复后可以评价一次，重办以后可以再评价一次")
    fresh.stars, fresh.satisfied, fresh.rated_at = stars, satisfied, now()
    fresh.save(update_fields=["stars", "satisfied", "rated_at"])
    return fresh


@transaction.atomic
def mark_dismissed(*, reference: str) -> Ticket:
    """The rating was found not to count: nothing is known of whether the person is content."""
    fresh = _of(reference)
    if handling(fresh) == reference:
        fresh.satisfied = None
        fresh.save(update_fields=["satisfied"])
    return fresh


def _of(reference: str) -> Ticket:
    return lock(Ticket.objects.values_list("pk", flat=True).get(number=number_of(reference)))
