"""Where a point is, in words: how far it lies from something that people know.

The citizen app says the same words (miniapp/src/features/map/landmarks.ts), so that both sides of a conversation
speak of a place alike. Pure.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from zhijian.core.geo import Point, distance

FAR = 3_000.0
"""Metres from which on a name says nothing about a place."""
THERE = 30.0
"""Nearer than so many metres, one is there."""
_KNOWN = {"place", "station"}
_DIRECTIONS = ("以北", "东北", "以东", "东南", "以南", "西南", "以西", "西北")


@dataclass(frozen=True, slots=True)
class Landmark:
    name: str
    point: Point


def landmarks(features: Iterable[Mapping[str, Any]]) -> list[Landmark]:
    """What ``features`` (GeoJSON of the city's map) name as a point: stations and places."""
    return [
        Landmark(one["properties"]["name"], Point(up, along))
        for one in features
        if one["properties"]["kind"] in _KNOWN and one["properties"].get("name")
        for along, up in [one["geometry"]["coordinates"]]
    ]


def whereabouts(point: Point, known: Iterable[Landmark]) -> str:
    """“市民之家东北约 120 米”: the nearest of ``known``, the first of equals. Empty where none is within :data:`FAR`."""
    measured = [(distance(one.point, point), one) for one in known]
    metres, nearest = min(measured, key=lambda pair: pair[0], default=(FAR, None))
    if nearest is None or not metres < FAR:
        return ""
    if metres < THERE:
        return nearest.name
    return f"{nearest.name}{_direction(nearest.point, point)}约 {_half_up(metres / 10) * 10} 米"


def _direction(origin: Point, point: Point) -> str:
    """In which of eight directions ``point`` lies, seen from ``origin``."""
    north = point.latitude - origin.latitude
    east = (point.longitude - origin.longitude) * math.cos(math.radians(origin.latitude))
    return _DIRECTIONS[_half_up(math.atan2(east, north) / math.pi * 4) % 8]


def _half_up(value: float) -> int:
    """Halves go up, as in the app; ``round`` would take them to the even side."""
    return math.floor(value + 0.5)
