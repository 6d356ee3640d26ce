"""How long a known distance is on the paper."""

import math
from dataclasses import dataclass

from zhijian.maps.drawing.frame import HEIGHT, WIDTH, Box, Frame

_MOST = WIDTH / 4
_EDGE = 10.0


@dataclass(frozen=True, slots=True)
class ScaleBar:
    """``length`` on paper stands for ``words``; ``box`` is what bar and words cover, in the lower left corner."""

    length: float
    words: str
    box: Box


def scale_bar(frame: Frame) -> ScaleBar:
    """Of the longest of 1, 2, 5, 10, … metres that takes no more than a quarter of the width."""
    most = _MOST * frame.scale
    power = 10 ** math.floor(math.log10(most))
    metres = next((power * step for step in (5, 2) if power * step <= most), power)
    words = f"{metres / 1000:g} 公里" if metres >= 1000 else f"{metres:g} 米"
    length = metres / frame.scale
    return ScaleBar(length, words, Box(_EDGE, HEIGHT - 34, _EDGE + max(length, 48) + 12, HEIGHT - _EDGE))
