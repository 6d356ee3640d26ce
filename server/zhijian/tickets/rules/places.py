"""Places: inside the city or not. Coordinates are GCJ-02, as maps in China give them."""

from collections.abc import Iterable
from dataclasses import dataclass

from zhijian.tickets.rules.similarity import Point


@dataclass(frozen=True, slots=True)
class Bounds:
    south: float
    west: float
    north: float
    east: float

    def hold(self, point: Point) -> bool:
        return self.south <= point.latitude <= self.north and self.west <= point.longitude <= self.east


def bounds_of(points: Iterable[Point], *, margin: float = 0.25) -> Bounds | None:
    """The box around the city's halls, widened by ``margin`` degrees; None without any."""
    found = list(points)
    if not found:
        return None
    return Bounds(
        min(point.latitude for point in found) - margin,
        min(point.longitude for point in found) - margin,
        max(point.latitude for point in found) + margin,
        max(point.longitude for point in found) + margin,
    )


def coarse(point: Point) -> Point:
    """What everybody may see of a place: about a hundred metres."""
    return Point(round(point.latitude, 3), round(point.longitude, 3))
