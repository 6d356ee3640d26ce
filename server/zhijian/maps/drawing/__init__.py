"""A small map of one place as inline SVG: no script, no other host. Pure; colours are the style sheet's (map.css)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from zhijian.core.geo import Point
from zhijian.maps.drawing.frame import HEIGHT, WIDTH, Frame
from zhijian.maps.drawing.labels import labels
from zhijian.maps.drawing.marks import Mark, MarkKind, spread
from zhijian.maps.drawing.scale import scale_bar
from zhijian.maps.drawing.shapes import shapes
from zhijian.maps.drawing.svg import Drawing

__all__ = ["HEIGHT", "WIDTH", "Drawing", "Frame", "Mark", "MarkKind", "draw", "draw_telling"]

_REACHES = (500.0, 1_000.0, 2_000.0)
_TELLING = 4
"""Names from which on somebody knows where they are."""


def draw(
    features: Iterable[Mapping[str, Any]], *, centre: Point, metres: float, marks: Sequence[Mark] = ()
) -> Drawing:
    """The map around ``centre``, ``metres`` to its upper and lower edge (more to the sides).

    ``features``: GeoJSON as the published document ``map`` has it. A pin stands at ``centre``; of ``marks`` those are
    drawn that lie on the map. Raises ValueError unless ``metres`` is above zero.
    """
    frame = Frame(centre, metres)
    drawn = shapes(features, frame)
    spots = spread(marks, frame)
    bar = scale_bar(frame)
    return Drawing(drawn, spots, labels(drawn, spots, frame, bar.box), bar, frame)


def draw_telling(
    features: Sequence[Mapping[str, Any]], *, centre: Point, marks: Sequence[Mark] = ()
) -> Drawing:
    """The closest of some maps that names enough to find the way; in the open country the widest."""
    for metres in _REACHES:
        drawing = draw(features, centre=centre, metres=metres, marks=marks)
        if len(drawing.labels) >= _TELLING:
            break
    return drawing
