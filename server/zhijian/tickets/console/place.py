"""Where a ticket is: in words and on a map that we draw ourselves, so that nobody outside learns of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from zhijian.core.geo import Point
from zhijian.maps.drawing import Mark, MarkKind, draw_telling
from zhijian.maps.queries import Ground, ground
from zhijian.maps.whereabouts import landmarks, whereabouts
from zhijian.tickets.models import Ticket
from zhijian.tickets.queries.similar import Likeness


@dataclass(frozen=True, slots=True)
class Numbered:
    """A ticket like this one, with its number on the map."""

    number: int
    like: Likeness


@dataclass(frozen=True, slots=True)
class Place:
    """``words``: where it is, from what people know; ``drawing``: safe SVG. Both are empty without a point or a map.
    ``outside``: the address of a map elsewhere, where one is configured."""

    words: str = ""
    drawing: str = ""
    credit: str = ""
    numbered: Sequence[Numbered] = ()
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
    if not known.features:
        return Place(words, outside=outside)
    numbered = [Numbered(number, one) for number, one in enumerate(_placed(similar), 1)]
    return Place(
        words,
        _drawing(known, point, numbered, f"地图：{words or ticket.address or '诉求的位置'}"),
        known.credit,
        numbered,
        outside,
    )


def _placed(similar: Sequence[Likeness]) -> list[Likeness]:
    return [one for one in similar if point_of(one.ticket)]


def _drawing(known: Ground, centre: Point, numbered: Sequence[Numbered], words: str) -> SafeString:
    marks = [Mark(MarkKind.HALL, hall.point, hall.name) for hall in known.halls]
    for one in numbered:
        point = point_of(one.like.ticket)
        if point is not None:
            marks.append(Mark(MarkKind.NUMBER, point, str(one.number)))
    drawing = draw_telling(known.features, centre=centre, marks=marks)
    # Names and words are escaped where the drawing is written down.
    return mark_safe(drawing.svg(words))  # noqa: S308
