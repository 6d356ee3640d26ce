"""Coordinates of Chinese maps (GCJ-02) and of satellites (WGS-84; CGCS2000 is the same to within a metre). Pure.

The citizen app has the same (miniapp/src/platform/gcj02.ts); the tests of both read tests/shared/vectors/points.json.
"""

from math import cos, pi, radians, sin, sqrt

from zhijian.core.geo import Bounds, Point

_AXIS = 6_378_245.0
_ECCENTRICITY = 0.006693421622965943
_CHINA = Bounds(south=0.8293, west=72.004, north=55.8271, east=137.8347)
_STEPS = 3
"""Each leaves less than a hundredth of the error; the first begins with some 700 m."""


def to_gcj02(point: Point) -> Point:
    """From the coordinates of satellites to those of Chinese maps, which lie up to some 700 m off."""
    if not _CHINA.hold(point):
        return point
    x, y = point.longitude - 105, point.latitude - 35
    short = _waves(x, (20, 6), (20, 2))
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + short
    north += _waves(y, (20, 1), (40, 1 / 3), (160, 1 / 12), (320, 1 / 30))
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + short
    east += _waves(x, (20, 1), (40, 1 / 3), (150, 1 / 12), (300, 1 / 30))
    bend = 1 - _ECCENTRICITY * sin(radians(point.latitude)) ** 2
    per_north = radians(_AXIS * (1 - _ECCENTRICITY) / (bend * sqrt(bend)))
    per_east = radians(_AXIS / sqrt(bend) * cos(radians(point.latitude)))
    return Point(point.latitude + north / per_north, point.longitude + east / per_east)


def from_gcj02(point: Point) -> Point:
    """The way back, to within a centimetre: what GCJ-02 adds changes slowly, so that a few steps suffice."""
    found = point
    for _ in range(_STEPS):
        there = to_gcj02(found)
        found = Point(
            found.latitude + point.latitude - there.latitude,
            found.longitude + point.longitude - there.longitude,
        )
    return found


def _waves(value: float, *parts: tuple[float, float]) -> float:
    return sum(height * sin(value * pace * pi) for height, pace in parts) * 2 / 3
