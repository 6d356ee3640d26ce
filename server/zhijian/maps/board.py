"""What the console's map is drawn from, in the coordinates of the pictures that lie on it."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings

from zhijian.core.gcj02 import from_gcj02
from zhijian.core.geo import Point
from zhijian.maps.documents import JSON, map_document
from zhijian.maps.queries import city_bounds, outlines, placed_halls, sheet


def position(point: Point) -> list[float]:
    """Longitude and latitude, as in GeoJSON, at which ``point``, in GCJ-02, lies on the pictures."""
    shifted = from_gcj02(point) if settings.MAP.layers and settings.MAP.datum == "cgcs2000" else point
    return [shifted.longitude, shifted.latitude]


def board() -> JSON:
    """The published map, with the halls among what is drawn. Five queries."""
    document = map_document(sheet(), outlines(), city_bounds())
    halls = [_hall(hall.name, hall.point) for hall in placed_halls()]
    drawn = [one | {"geometry": _moved(one["geometry"])} for one in document["features"]]
    return document | {"features": [*halls, *drawn]}


def _hall(name: str, point: Point) -> JSON:
    geometry = {"type": "Point", "coordinates": position(point)}
    return {"type": "Feature", "properties": {"kind": "hall", "name": name}, "geometry": geometry}


def _moved(geometry: JSON) -> JSON:
    return geometry | {"coordinates": _each(geometry["coordinates"])}


def _each(coordinates: Sequence[Any]) -> list[Any]:
    """:func:`position` of all of them, however deep they lie."""
    if isinstance(coordinates[0], Sequence):
        return [_each(one) for one in coordinates]
    along, up = coordinates
    return position(Point(up, along))
