"""What is marked on the map besides the pin: halls where they are, numbers where there is room for them."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from zhijian.core.geo import Point
from zhijian.maps.drawing.frame import HEIGHT, PAPER, WIDTH, Box, Frame, Spot

PIN = Box(WIDTH / 2 - 12, HEIGHT / 2 - 33, WIDTH / 2 + 12, HEIGHT / 2 + 4)
"""What the pin covers; its tip is the middle of the paper."""
HALL = 7.0
NUMBER = 10.0
"""Half the width of a hall's mark and of a number's dot."""
_STEPS = (0.0, 22.0, 36.0)
_WAYS = 8


class MarkKind(StrEnum):
    HALL = "hall"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Mark:
    """``text``: the name of a hall, or what stands in the dot."""

    kind: MarkKind
    point: Point
    text: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A mark with where it is drawn."""

    mark: Mark
    spot: Spot

    @property
    def box(self) -> Box:
        return square(self.spot, HALL if self.mark.kind == MarkKind.HALL else NUMBER)


def square(spot: Spot, half: float) -> Box:
    return Box(spot.x - half, spot.y - half, spot.x + half, spot.y + half)


def spread(marks: Sequence[Mark], frame: Frame) -> list[Marked]:
    """Marks on the paper. Numbers make way for the pin and each other: reports of one place often have one point."""
    placed: list[Marked] = []
    taken = [PIN]
    for mark in marks:
        spot = frame.spot(mark.point)
        if not PAPER.holds(spot):
            continue
        if mark.kind == MarkKind.NUMBER:
            spot = next(_free(spot, taken), spot)
            taken.append(square(spot, NUMBER))
        placed.append(Marked(mark, spot))
    return placed


def _free(spot: Spot, taken: Sequence[Box]) -> Iterator[Spot]:
    """Nearest first: the spot itself, then around it."""
    for step in _STEPS:
        for way in range(_WAYS if step else 1):
            turn = 2 * math.pi * way / _WAYS
            other = Spot(spot.x + step * math.cos(turn), spot.y + step * math.sin(turn))
            box = square(other, NUMBER)
            if PAPER.holds(other) and not any(box.touches(one) for one in taken):
                yield other
