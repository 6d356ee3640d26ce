"""How much room words take on the paper."""

import math
import unicodedata
from dataclasses import dataclass

from zhijian.maps.drawing.frame import PAPER, Box, Spot

SIZES = {"hall": 15.0, "street": 13.0}
SIZE = 14.0
"""Of the letters, for kinds without their own."""
_NARROW = 0.65
"""Of the size: no Latin text of usual letters is wider; one of many W may be."""
_AIR = 2.5
"""Around words, so that two never seem to be one."""
_WIDE = frozenset("WFA")


def is_wide(text: str) -> bool:
    """Whether all of it stands well below each other: Chinese does, Latin does not."""
    return all(unicodedata.east_asian_width(one) in _WIDE for one in text)


def width(text: str, size: float) -> float:
    """An estimate: a Chinese character is as wide as it is high."""
    return sum(size if is_wide(one) else size * _NARROW for one in text)


@dataclass(frozen=True, slots=True)
class Quad:
    """A rectangle that may be turned: its corners in order."""

    corners: tuple[Spot, Spot, Spot, Spot]

    def touches(self, other: "Quad") -> bool:
        """Unless a line along one of the edges lies between both."""
        return not any(self._apart(other, axis) for axis in (*self._axes(), *other._axes()))

    def on_paper(self) -> bool:
        return all(PAPER.holds(corner) for corner in self.corners)

    def _axes(self) -> tuple[Spot, Spot]:
        first, second, third, _ = self.corners
        return (
            Spot(second.x - first.x, second.y - first.y),
            Spot(third.x - second.x, third.y - second.y),
        )

    def _apart(self, other: "Quad", axis: Spot) -> bool:
        mine = [one.x * axis.x + one.y * axis.y for one in self.corners]
        others = [one.x * axis.x + one.y * axis.y for one in other.corners]
        return max(mine) < min(others) or max(others) < min(mine)


def quad_of(box: Box) -> Quad:
    left, top, right, bottom = box
    return Quad((Spot(left, top), Spot(right, top), Spot(right, bottom), Spot(left, bottom)))


@dataclass(frozen=True, slots=True)
class Label:
    """``angle``: degrees, clockwise, around ``middle``. ``stacked``: character below character, as Chinese may be written.
    ``dot``: where the point lies that it names, if it names one that has no mark of its own."""

    kind: str
    text: str
    middle: Spot
    angle: float = 0.0
    stacked: bool = False
    dot: Spot | None = None

    @property
    def size(self) -> float:
        return SIZES.get(self.kind, SIZE)

    @property
    def quad(self) -> Quad:
        """What the words cover, with some air."""
        along, across = width(self.text, self.size) / 2 + _AIR, self.size * 0.55 + _AIR
        half_wide, half_high = (across, along) if self.stacked else (along, across)
        turn = math.radians(self.angle)
        cos, sin = math.cos(turn), math.sin(turn)

        def corner(x: float, y: float) -> Spot:
            return Spot(self.middle.x + x * cos - y * sin, self.middle.y + x * sin + y * cos)

        return Quad(
            (
                corner(-half_wide, -half_high),
                corner(half_wide, -half_high),
                corner(half_wide, half_high),
                corner(-half_wide, half_high),
            )
        )
