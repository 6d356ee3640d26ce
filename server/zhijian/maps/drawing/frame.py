"""The sheet of paper: what part of the earth it shows, and where on it a point lies.

Lengths on paper are units of the SVG's view box. A place's surroundings are small, so the earth is taken as flat there
(local equirectangular projection: less than a thousandth wrong over ten kilometres).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from zhijian.core.geo import Bounds, Point, around

WIDTH = 520.0
HEIGHT = 320.0


class Spot(NamedTuple):
    """A place on paper: to the right and downwards from the upper left corner."""

    x: float
    y: float


class Box(NamedTuple):
    """A rectangle on paper, along its edges."""

    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: "Box") -> bool:
        return (
            self.left <= other.right
            and other.left <= self.right
            and self.top <= other.bottom
            and other.top <= self.bottom
        )

    def holds(self, spot: Spot) -> bool:
        return self.left <= spot.x <= self.right and self.top <= spot.y <= self.bottom

    @property
    def middle(self) -> Spot:
        return Spot((self.left + self.right) / 2, (self.top + self.bottom) / 2)


PAPER = Box(0.0, 0.0, WIDTH, HEIGHT)


def box_of(spots: Iterable[Spot]) -> Box:
    """Around at least one spot."""
    across, down = zip(*spots, strict=True)
    return Box(min(across), min(down), max(across), max(down))


@dataclass(frozen=True, slots=True)
class Frame:
    """``metres``: from ``centre`` to the upper and lower edge, above zero."""

    centre: Point
    metres: float
    square: Bounds = field(init=False)
    """What lies within ``metres``; the paper shows more to its sides."""

    def __post_init__(self) -> None:
        if not self.metres > 0:
            raise ValueError("a map shows more than a point")
        object.__setattr__(self, "square", around(self.centre, self.metres))

    @property
    def scale(self) -> float:
        """Metres that one unit on paper stands for."""
        return 2 * self.metres / HEIGHT

    def spot(self, point: Point) -> Spot:
        """Where ``point`` is drawn; beyond the paper for what is far."""
        across = (point.longitude - self.centre.longitude) / (self.square.east - self.square.west)
        down = (self.centre.latitude - point.latitude) / (self.square.north - self.square.south)
        return Spot(WIDTH / 2 + across * HEIGHT, HEIGHT / 2 + down * HEIGHT)

    def spots(self, line: Iterable[Iterable[float]]) -> tuple[Spot, ...]:
        """Of a line of [longitude, latitude], as GeoJSON has it."""
        return tuple(self.spot(Point(up, along)) for along, up in line)
