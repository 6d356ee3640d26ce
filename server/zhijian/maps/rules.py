"""Which polygon holds a point. Rings are lists of [longitude, latitude], as in GeoJSON (RFC 7946). Pure."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from zhijian.core.geo import Point

Ring = Sequence[Sequence[float]]
Polygon = Sequence[Ring]
"""The outer ring, then its holes."""


def holds(polygons: Sequence[Polygon], point: Point) -> bool:
    """Whether ``point`` lies in one of ``polygons``; on an edge it lies in at least one of the two beside it."""
    return any(_inside(polygon, point) for polygon in polygons)


def area(polygons: Sequence[Polygon]) -> float:
    """Square degrees: good for comparing regions of one city, for nothing else."""
    return sum(
        abs(_signed(ring)) * (1 if place == 0 else -1)
        for polygon in polygons
        for place, ring in enumerate(polygon)
    )


def corners(polygons: Sequence[Polygon]) -> Iterator[Point]:
    for polygon in polygons:
        for ring in polygon:
            yield from (Point(up, along) for along, up in ring)


def _inside(polygon: Polygon, point: Point) -> bool:
    """Even or odd: how often a line to the east crosses the rings."""
    crossings = 0
    for ring in polygon:
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 > point.latitude) != (y2 > point.latitude):
                crossing = x1 + (point.latitude - y1) * (x2 - x1) / (y2 - y1)
                crossings += point.longitude < crossing
    return crossings % 2 == 1


def _signed(ring: Ring) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring)) / 2
