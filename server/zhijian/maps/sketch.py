"""One place as plain inline SVG, where the interactive map does not run. Pure; colours are the style sheet's (map.css)."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any
from xml.sax.saxutils import quoteattr

from zhijian.core.geo import Bounds, Point, around, bounds_of
from zhijian.maps.tiling import touches

_WIDTH, _HEIGHT = 520, 320
_METRES, _BAR = 500, 200
"""From the middle to the upper edge; what the scale bar stands for."""
_AREAS = ("green", "water")
_DRAWN = (*_AREAS, "street", "road", "rail")
_PIN = "M0 0C-3.5-9-11-12-11-21a11 11 0 0 1 22 0C11-12 3.5-9 0 0Z"


def sketch(features: Iterable[Mapping[str, Any]], centre: Point, words: str) -> str:
    """A pin at ``centre``, areas and lines around it, a scale bar. Any text may be in ``words``, which say what it shows."""
    square, wide = around(centre, _METRES), around(centre, _METRES * _WIDTH / _HEIGHT)
    sight = Bounds(square.south, wide.west, square.north, wide.east)

    def spot(point: Point) -> str:
        across = (point.longitude - centre.longitude) / (square.east - square.west)
        down = (centre.latitude - point.latitude) / (square.north - square.south)
        return f"{_WIDTH / 2 + across * _HEIGHT:.1f} {_HEIGHT / 2 + down * _HEIGHT:.1f}"

    def path(kind: str, lines: list[list[Point]]) -> str:
        end = "Z" if kind in _AREAS else ""
        drawn = "".join(f"M{'L'.join(map(spot, line))}{end}" for line in lines)
        return f'<path class="map-{kind}" d="{drawn}"/>'

    drawn = [(one["properties"]["kind"], one["geometry"]) for one in features]
    found = [(kind, _lines(shape["coordinates"])) for kind, shape in drawn if kind in _DRAWN]
    near = [one for one in found if (box := bounds_of(chain(*one[1]))) and touches(box, sight)]
    near.sort(key=lambda one: _DRAWN.index(one[0]))
    return (
        f'<svg class="map" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label={quoteattr(words)}>'
        f'<rect class="map-land" width="{_WIDTH}" height="{_HEIGHT}"/>{"".join(path(*one) for one in near)}'
        f'<g class="map-pin" transform="translate({spot(centre)})"><path d="{_PIN}"/><circle cy="-21" r="4"/></g>'
        f'<path class="map-bar" d="M12 300v8h{_BAR * _HEIGHT / (2 * _METRES):g}v-8"/><text x="16" y="302">{_BAR} 米</text></svg>'
    )


def _lines(coordinates: Sequence[Any]) -> list[list[Point]]:
    """The lines of a geometry of GeoJSON, however deep they lie."""
    if isinstance(coordinates[0][0], Sequence):
        return [line for one in coordinates for line in _lines(one)]
    return [[Point(up, along) for along, up in coordinates]]
