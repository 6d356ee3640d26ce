"""Tickets like the one that somebody is writing: near, lately, about the same, in similar words."""

from dataclasses import dataclass

from django.db.models import Q

from zhijian.core.clock import now
from zhijian.core.geo import Point, around, distance
from zhijian.tickets.models import Publication, Ticket
from zhijian.tickets.queries.public import published
from zhijian.tickets.queries.words import hashed, tokens
from zhijian.tickets.rules.similarity import RADIUS, WINDOW, is_duplicate, jaccard, score
from zhijian.tickets.rules.states import OPEN, State

_MOST = 300
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Likeness:
    """``metres`` None when either has no point."""

    ticket: Ticket
    score: float
    metres: float | None


def alike(
    *, category: str, text: str, point: Point | None = None, without: int | None = None
) -> list[Likeness]:
    """Open tickets of the same category of the last days, the most alike first. One query, whatever the city holds."""
    words = hashed(tokens(text))
    known = Q(words__overlap=words) if words else Q(pk__in=[])
    if point is not None:
        near = around(point, RADIUS)
        known |= Q(latitude__range=(near.south, near.north), longitude__range=(near.west, near.east))
    lately = Ticket.objects.filter(
        known,
        category__code=category,
        state__in=sorted(OPEN - {State.SPLIT}),
        submitted_at__gt=now() - WINDOW,
    )
    rows = lately.exclude(pk=without or 0).only(
        "pk", "public_id", "number", "words", "latitude", "longitude", "state", "citizen_id"
    )
    found = [_likeness(ticket, words, point) for ticket in rows.order_by("-submitted_at")[:_MOST]]
    close = [one for one in found if one is not None]
    return sorted(close, key=lambda one: -one.score)


def _likeness(ticket: Ticket, words: list[int], point: Point | None) -> Likeness | None:
    share = jaccard(words, ticket.words)
    metres = None
    if point is not None and ticket.latitude is not None and ticket.longitude is not None:
        metres = distance(point, Point(ticket.latitude, ticket.longitude))
    return Likeness(ticket, score(share, metres), metres) if is_duplicate(share, metres) else None


@dataclass(frozen=True, slots=True)
class Suggestions:
    """``public`` may be followed instead of sending again; ``others`` counts those that cannot be shown."""

    public: list[tuple[Publication, Likeness]]
    others: int


def suggestions(*, category: str, text: str, point: Point | None = None) -> Suggestions:
    """Two queries. What isn't public is told as a number only."""
    found = alike(category=category, text=text, point=point)
    shown = {one.ticket_id: one for one in published().filter(ticket__in=[one.ticket.pk for one in found])}
    listed = [(shown[one.ticket.pk], one) for one in found if one.ticket.pk in shown]
    return Suggestions(listed[:_SHOWN], len(found) - len(listed))
