"""Where the city is, and in which region a point lies."""

from dataclasses import dataclass
from itertools import chain

from zhijian.core.geo import Bounds, Point, bounds_of
from zhijian.maps.documents import JSON, features
from zhijian.maps.models import Outline, Sheet
from zhijian.maps.rules import area, holds
from zhijian.maps.whereabouts import Landmark
from zhijian.organizations.models import Hall, Region

_AROUND_REGIONS = 0.02
_AROUND_HALLS = 0.25
"""Degrees: two kilometres beyond known borders; without any, what lies around the halls."""


def city_bounds() -> Bounds | None:
    """The box that places of this city lie in. None where neither regions nor halls have a place."""
    boxes = list(Outline.objects.values_list("south", "west", "north", "east"))
    corners = chain.from_iterable(
        (Point(south, west), Point(north, east)) for south, west, north, east in boxes
    )
    placed = (hall.point for hall in placed_halls())
    return bounds_of(chain(corners, placed), margin=_AROUND_REGIONS if boxes else _AROUND_HALLS)


def placed_halls() -> list[Landmark]:
    """The halls of which is known where they are."""
    rows = Hall.objects.order_by("code").values_list("name", "latitude", "longitude")
    return [
        Landmark(name, Point(up, along)) for name, up, along in rows if up is not None and along is not None
    ]


def region_at(point: Point) -> Region | None:
    """The lowest region that holds ``point``; None outside all known ones. One query."""
    near = Outline.objects.filter(
        south__lte=point.latitude,
        north__gte=point.latitude,
        west__lte=point.longitude,
        east__gte=point.longitude,
    )
    holding = [one for one in near.select_related("region") if holds(one.polygons, point)]
    smallest = min(holding, key=lambda one: area(one.polygons), default=None)
    return smallest.region if smallest else None


def sheet() -> Sheet | None:
    return Sheet.objects.first()


def outlines() -> list[Outline]:
    """All of them, the widest regions first, so that what is drawn later lies on top."""
    return list(Outline.objects.select_related("region").order_by("region__code"))


@dataclass(frozen=True, slots=True)
class Ground:
    """What a map of some place of this city is drawn from. ``features``: GeoJSON, empty where nothing has been drawn."""

    features: list[JSON]
    credit: str
    halls: list[Landmark]


def ground() -> Ground:
    """Three queries."""
    drawn = sheet()
    return Ground(features(drawn, outlines()), drawn.credit if drawn else "", placed_halls())
