"""The drawing as text. Colours and the weight of lines are classes of map.css; what comes from data is escaped."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from zhijian.maps.drawing.frame import HEIGHT, WIDTH, Frame, Spot
from zhijian.maps.drawing.labels import DOT
from zhijian.maps.drawing.lettering import Label
from zhijian.maps.drawing.marks import HALL, NUMBER, Marked, MarkKind
from zhijian.maps.drawing.scale import ScaleBar
from zhijian.maps.drawing.shapes import AREAS, LINES, Shape

_EDGED = frozenset({"street", "road"})
_PIN = "M0 0C-3.5-9-11-12-11-21a11 11 0 0 1 22 0C11-12 3.5-9 0 0Z"
_HALF_EM = "0.36em"
"""From the middle of a line of letters to where they stand."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """``shapes``, ``marked`` and ``labels`` as they lie on the paper of ``frame``; :meth:`svg` draws them."""

    shapes: Sequence[Shape]
    marked: Sequence[Marked]
    labels: Sequence[Label]
    bar: ScaleBar
    frame: Frame

    def svg(self, words: str) -> str:
        """Inline SVG. ``words`` say what it shows to whoever does not see it; any text may be in them."""
        return (
            f'<svg class="map" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" role="img" aria-label={quoteattr(words)}>'
            f'<rect class="map-land" width="{WIDTH:g}" height="{HEIGHT:g}"/>{"".join(self._parts())}</svg>'
        )

    def _parts(self) -> Iterator[str]:
        yield from _ground(self.shapes)
        yield from map(_hall, self._spots(MarkKind.HALL))
        yield from (_dot(label.kind, label.dot) for label in self.labels if label.dot is not None)
        yield f'<g text-anchor="middle">{"".join(map(_name, self.labels))}</g>'
        yield _bar(self.bar)
        yield from (_number(one) for one in self.marked if one.mark.kind == MarkKind.NUMBER)
        yield _pin(self.frame.spot(self.frame.centre))

    def _spots(self, kind: MarkKind) -> list[Spot]:
        return [one.spot for one in self.marked if one.mark.kind == kind]


def _ground(shapes: Sequence[Shape]) -> Iterator[str]:
    """Areas, then lines. All edges of roads lie below all roads, so that crossings are open."""
    yield from (_path(one, _looks(one)) for one in shapes if one.kind in AREAS)
    yield from (_path(one, f"map-edge map-edge-{one.kind}") for one in shapes if one.kind in _EDGED)
    yield from (_path(one, _looks(one)) for one in shapes if one.kind in LINES)


def _path(shape: Shape, looks: str) -> str:
    end = "Z" if shape.kind in AREAS else ""
    drawn = "".join(f"M{'L'.join(map(_pair, line))}{end}" for line in shape.lines)
    return f'<path class="{looks}" fill-rule="evenodd" d="{drawn}"/>'


def _looks(shape: Shape) -> str:
    inner = " map-inner" if shape.kind == "region" and shape.level > 1 else ""
    return f"map-{shape.kind}{inner}"


def _name(label: Label) -> str:
    turn = f" rotate({label.angle:.1f})" if label.angle else ""
    words = _stacked(label) if label.stacked else f'<tspan x="0" dy="{_HALF_EM}">{escape(label.text)}</tspan>'
    return (
        f'<text class="map-name map-name-{label.kind}" font-size="{label.size:g}"'
        f' transform="translate({_pair(label.middle)}){turn}">{words}</text>'
    )


def _stacked(label: Label) -> str:
    """Each character on its own line."""
    top = -label.size * (len(label.text) - 1) / 2
    return "".join(
        f'<tspan x="0" y="{top + place * label.size:.1f}" dy="{_HALF_EM}">{escape(one)}</tspan>'
        for place, one in enumerate(label.text)
    )


def _hall(spot: Spot) -> str:
    """A square: told from a station's circle without its colour, too."""
    side = 2 * HALL
    x, y = f"{spot.x - HALL:.1f}", f"{spot.y - HALL:.1f}"
    return f'<rect class="map-hall" x="{x}" y="{y}" width="{side:g}" height="{side:g}" rx="2"/>'


def _dot(kind: str, spot: Spot) -> str:
    return f'<circle class="map-dot map-dot-{kind}" cx="{spot.x:.1f}" cy="{spot.y:.1f}" r="{DOT:g}"/>'


def _number(one: Marked) -> str:
    place = f"translate({_pair(one.spot)})"
    return (
        f'<g class="map-number" transform="{place}"><circle r="{NUMBER:g}"/>'
        f'<text text-anchor="middle" font-size="13" dy="{_HALF_EM}">{escape(one.mark.text)}</text></g>'
    )


def _pin(spot: Spot) -> str:
    return f'<g class="map-pin" transform="translate({_pair(spot)})"><path d="{_PIN}"/><circle cy="-21" r="4"/></g>'


def _bar(bar: ScaleBar) -> str:
    left, top, right, bottom = bar.box
    x, y = left + 6, bottom - 5
    return (
        f'<g class="map-scale"><rect x="{left:g}" y="{top:g}" width="{right - left:.1f}" height="{bottom - top:g}" rx="4"/>'
        f'<path d="M{x:g} {y - 5:g}v5h{bar.length:.1f}v-5"/>'
        f'<text x="{x:g}" y="{y - 7:g}" font-size="12">{escape(bar.words)}</text></g>'
    )


def _pair(spot: Spot) -> str:
    return f"{spot.x:.1f} {spot.y:.1f}"
