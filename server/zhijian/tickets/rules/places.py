"""How much of a place others may see."""

from zhijian.core.geo import Point


def coarse(point: Point) -> Point:
    """What everybody may see of a place: about a hundred metres."""
    return Point(round(point.latitude, 3), round(point.longitude, 3))
