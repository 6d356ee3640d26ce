"""Where a ticket is: in words and on a map of our own, so that nobody outside learns of it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.safestring import mark_safe

from zhijian.core.geo import Point
from zhijian.maps.board import position
from zhijian.maps.queries import ground
from zhijian.maps.sketch import sketch
from zhijian.maps.whereabouts import landmarks, whereabouts
from zhijian.tickets.models import Ticket
from zhijian.tickets.queries.similar import Likeness


@dataclass(frozen=True, slots=True)
class Place:
    """``words``: where it is, from what people know. ``outside``: the address of a map elsewhere, where one is configured.

    The rest is empty without a point, or where the city has no map. ``label``: what the map shows, in words. ``sketch``:
    safe SVG, where the interactive map does not run. ``points``: JSON of the places of the ticket and of those that are
    ``numbered`` from 1, as the map's pictures have them.
    """

    words: str = ""
    label: str = ""
    sketch: str = ""
    points: str = ""
    credit: str = ""
    numbered: Sequence[Likeness] = ()
    outside: str = ""


def point_of(ticket: Ticket) -> Point | None:
    """Its place, in GCJ-02."""
    if ticket.latitude is None or ticket.longitude is None:
        return None
    return Point(ticket.latitude, ticket.longitude)


def place_of(ticket: Ticket, similar: Sequence[Likeness]) -> Place:
    """``similar``: what is numbered on the map, if it has a point. Three queries; none without a point."""
    point = point_of(ticket)
    if point is None:
        return Place()
    known = ground()
    words = whereabouts(point, [*known.halls, *landmarks(known.features)])
    outside = settings.MAP_URL.format(latitude=point.latitude, longitude=point.longitude)
    if not (known.features or settings.MAP.layers):
        return Place(words, outside=outside)
    near = [(one, spot) for one in similar if (spot := point_of(one.ticket))]
    label = f"地图：{words or ticket.address or '诉求的位置'}"
    return Place(
        words,
        label,
        # Words are escaped where the sketch is written down.
        mark_safe(sketch(known.features, point, label)),  # noqa: S308
        json.dumps([position(spot) for spot in (point, *(spot for _, spot in near))]),
        known.credit,
        [one for one, _ in near],
        outside,
    )
