"""Points on the earth, in degrees as maps in China give them (GCJ-02), and distances in metres. Pure."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

_EARTH = 6_371_000.0


@dataclass(frozen=True, slots=True)
class Point:
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Bounds:
    """A box along the meridians; nothing here lies on the 180th."""

    south: float
    west: float
    north: float
    east: float

    def hold(self, point: Point) -> bool:
        return self.south <= point.latitude <= self.north and self.west <= point.longitude <= self.east


def bounds_of(points: Iterable[Point], *, margin: float = 0.0) -> Bounds | None:
    """The box around ``points``, widened by ``margin`` degrees; None without any."""
    found = list(points)
    if not found:
        return None
    return Bounds(
        min(point.latitude for point in found) - margin,
        min(point.longitude for point in found) - margin,
        max(point.latitude for point in found) + margin,
        max(point.longitude for point in found) + margin,
    )


def distance(one: Point, other: Point) -> float:
    """Metres between two points on the sphere: the haversine formula."""
    first, second = math.radians(one.latitude), math.radians(other.latitude)
    half = math.sin((second - first) / 2) ** 2
    turn = math.radians(other.longitude - one.longitude)
    half += math.cos(first) * math.cos(second) * math.sin(turn / 2) ** 2
    return 2 * _EARTH * math.asin(min(1.0, math.sqrt(half)))


def around(centre: Point, metres: float) -> Bounds:
    """The box that holds everything within ``metres``: bounds an index scan before exact distances."""
    up = math.degrees(metres / _EARTH)
    wide = up / max(0.01, math.cos(math.radians(centre.latitude)))
    return Bounds(
        centre.latitude - up, centre.longitude - wide, centre.latitude + up, centre.longitude + wide
    )
