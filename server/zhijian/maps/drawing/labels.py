"""Which names are written, and where, so that none lies on another: the worthier first, each where there is room."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product

from zhijian.core.geo import Point
from zhijian.maps.drawing.frame import PAPER, Box, Frame, Spot
from zhijian.maps.drawing.lettering import SIZE, SIZES, Label, Quad, is_wide, quad_of, width
from zhijian.maps.drawing.lines import nearness, stretches
from zhijian.maps.drawing.marks import PIN, Marked, MarkKind, square
from zhijian.maps.drawing.shapes import AREAS, DOTTED, LINES, Shape
from zhijian.maps.rules import holds

WORTH = ("hall", "station", "place", "road", "street", "water", "green", "rail")
DOT = 4.0
"""Half the width of a station's or a place's dot."""
_GAPS = (4.0, 13.0)
"""Between a point's mark and its name; the wider one leads past a pin that stands on the mark."""
_WAYS = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1))
_STEEP = 50.0
"""Degrees from which on a road's name is written downwards."""
_GRID = (0.5, 0.35, 0.65, 0.2, 0.8)


@dataclass(slots=True)
class _Taken:
    """``all``: what no words may lie on. ``words``: what no dot may lie on; one dot beside another is still read."""

    all: list[Quad]
    words: list[Quad] = field(default_factory=list)

    def has_room(self, label: Label) -> bool:
        quad = label.quad
        if not quad.on_paper() or any(quad.touches(one) for one in self.all):
            return False
        return label.dot is None or not any(_dot(label.dot).touches(one) for one in (*self.words, quad))

    def put(self, label: Label) -> None:
        self.words.append(label.quad)
        self.all.append(label.quad)
        if label.dot is not None:
            self.all.append(_dot(label.dot))


def labels(shapes: Sequence[Shape], marked: Sequence[Marked], frame: Frame, bar: Box) -> list[Label]:
    """The names of halls (of ``marked``) and ``shapes``; one of what is drawn in several parts. ``bar`` stays free."""
    taken = _Taken([quad_of(box) for box in (PIN, bar, *(one.box for one in marked))], [quad_of(bar)])
    middle = frame.spot(frame.centre)
    wishes = [*_of_halls(marked), *_of_shapes(shapes)]
    wishes.sort(key=lambda wish: (WORTH.index(wish.kind), nearness(wish.line, middle)))
    dots = [wish.dot for wish in wishes if wish.dot is not None]
    found: dict[tuple[str, str], Label] = {}
    for wish in wishes:
        if (wish.kind, wish.text) in found:
            continue
        label = _best((one for one in wish.places() if taken.has_room(one)), dots)
        if label is not None:
            taken.put(label)
            found[wish.kind, wish.text] = label
    return list(found.values())


@dataclass(frozen=True, slots=True)
class _Wish:
    """A name that wants to be written at ``line``, or, for a hall, beside its ``box``."""

    kind: str
    text: str
    line: Sequence[Spot]
    box: Box
    lines: Sequence[Sequence[Spot]] = ()

    def places(self) -> Iterator[Label]:
        """Best first."""
        if self.kind in LINES:
            return self._along()
        return self._within() if self.kind in AREAS else self._beside()

    @property
    def _size(self) -> tuple[float, float]:
        size = SIZES.get(self.kind, SIZE)
        return width(self.text, size), size

    def _beside(self) -> Iterator[Label]:
        wide, high = self._size
        x, y = self.box.middle
        half = self.box.right - x
        for gap, (across, down) in product(_GAPS, _WAYS):
            # At a corner the words begin above or below the mark, not beside it.
            right = wide / 2 + (gap + half if down == 0 else -half)
            spot = Spot(x + across * right, y + down * (high / 2 + half + gap))
            yield Label(self.kind, self.text, spot, dot=self.dot)

    @property
    def dot(self) -> Spot | None:
        return self.line[0] if self.kind in DOTTED else None

    def _along(self) -> Iterator[Label]:
        wide, _ = self._size
        for middle, angle in stretches(self.line, wide):
            if abs(angle) >= _STEEP and is_wide(self.text):
                yield Label(self.kind, self.text, middle, angle - math.copysign(90, angle), stacked=True)
            else:
                yield Label(self.kind, self.text, middle, angle)

    def _within(self) -> Iterator[Label]:
        """In the middle of what is seen of it, or at least on it."""
        left, top = max(self.box.left, PAPER.left), max(self.box.top, PAPER.top)
        wide, high = min(self.box.right, PAPER.right) - left, min(self.box.bottom, PAPER.bottom) - top
        spots = [Spot(left + across * wide, top + down * high) for across in _GRID for down in _GRID]
        middle = Spot(left + wide / 2, top + high / 2)
        for spot in sorted(spots, key=lambda spot: math.dist(spot, middle)):
            # Whether a polygon holds a point is the same question on paper as on the earth.
            if holds([self.lines], Point(latitude=spot.y, longitude=spot.x)):
                yield Label(self.kind, self.text, spot)


def _of_halls(marked: Sequence[Marked]) -> Iterator[_Wish]:
    for one in marked:
        if one.mark.kind == MarkKind.HALL:
            yield _Wish(one.mark.kind, one.mark.text, [one.spot], one.box)


def _of_shapes(shapes: Sequence[Shape]) -> Iterator[_Wish]:
    for shape in shapes:
        if shape.name and shape.kind in WORTH:
            [first, *_] = shape.lines
            box = shape.box if shape.kind in AREAS | LINES else square(first[0], DOT)
            yield _Wish(shape.kind, shape.name, first, box, shape.lines)


def _best(fitting: Iterator[Label], dots: Sequence[Spot]) -> Label | None:
    """The first that leaves the dots of others free, else the first."""
    first = None
    for one in fitting:
        if not _hides(one, dots):
            return one
        first = first or one
    return first


def _hides(label: Label, dots: Sequence[Spot]) -> bool:
    """Whether it would lie on the dot of another."""
    return any(label.quad.touches(_dot(one)) for one in dots if one != label.dot)


def _dot(spot: Spot) -> Quad:
    return quad_of(square(spot, DOT))
