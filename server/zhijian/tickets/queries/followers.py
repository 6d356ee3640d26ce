"""How many follow."""

from collections.abc import Collection

from django.db.models import Count

from zhijian.identity.models import Citizen
from zhijian.tickets.models import Follower


def follower_counts(tickets: Collection[int]) -> dict[int, int]:
    """By ticket's key; those without any are absent. One query."""
    found = Follower.objects.filter(ticket__in=tickets).values_list("ticket").annotate(count=Count("pk"))
    return dict(found)


def follows(citizen: Citizen, ticket: int) -> bool:
    return Follower.objects.filter(citizen=citizen, ticket=ticket).exists()
