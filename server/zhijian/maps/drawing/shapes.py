"""What of the city's map lies on the paper, lowest first."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from zhijian.maps.drawing.frame import PAPER, Box, Frame, Spot, box_of

ORDER = ("green", "water", "region", "street", "road", "rail", "station", "place")
"""From below to above: borders stay visible on water, and a road crosses a street."""
AREAS = frozenset({"green", "water", "region"})
LINES = frozenset({"street", "road", "rail"})
DOTTED = frozenset({"station", "place"})


@dataclass(frozen=True, slots=True)
class Shape:
    """One polygon (``lines``: its outer ring, then its holes), one line, or one point (a line of a single spot)."""

    kind: str
    name: str
    level: int
    lines: tuple[tuple[Spot, ...], ...]
    box: Box


def shapes(features: Iterable[Mapping[str, Any]], frame: Frame) -> list[Shape]:
    """Those whose box touches the paper. Kinds that are not known are left out: a later sheet may bring new ones."""
    found = [
        shape
        for feature in features
        if feature["properties"]["kind"] in ORDER
        for shape in _of(feature, frame)
        if shape.box.touches(PAPER)
    ]
    return sorted(found, key=lambda shape: ORDER.index(shape.kind))


def _of(feature: Mapping[str, Any], frame: Frame) -> Iterator[Shape]:
    properties = feature["properties"]
    for lines in _parts(feature["geometry"]):
        drawn = tuple(frame.spots(line) for line in lines)
        yield Shape(
            properties["kind"],
            properties.get("name", ""),
            properties.get("level", 1),
            drawn,
            box_of(drawn[0]),
        )


def _parts(geometry: Mapping[str, Any]) -> list[list[list[list[float]]]]:
    """Whatever it is, as a list of polygons: each on its own, as two that overlap must not cut holes into each other."""
    coordinates = geometry["coordinates"]
    match geometry["type"]:
        case "Point":
            return [[[coordinates]]]
        case "LineString":
            return [[coordinates]]
        case "Polygon":
            return [coordinates]
        case "MultiPolygon":
            return list(coordinates)
        case _:
            return []
