"""Where a tile lies: the square grid of web maps (spherical Mercator, zoom 0 is one tile, rows from the north). Pure.

Tiles are in their service's own coordinates; those of CGCS2000 and GCJ-02 differ by less than a kilometre in China.
"""

import math

from zhijian.core.geo import Bounds


def exists(z: int, x: int, y: int) -> bool:
    """Whether zoom ``z`` has a column ``x`` and a row ``y``."""
    return z >= 0 and 0 <= x < 2**z and 0 <= y < 2**z


def tile_box(z: int, x: int, y: int) -> Bounds:
    """The box of a tile, in degrees. The grid ends near 85.05° north and south."""
    across = 360 / 2**z
    return Bounds(
        south=_latitude(z, y + 1),
        west=x * across - 180,
        north=_latitude(z, y),
        east=(x + 1) * across - 180,
    )


def touches(a: Bounds, b: Bounds) -> bool:
    """Whether the boxes share a point; a common edge is enough."""
    return a.south <= b.north and b.south <= a.north and a.west <= b.east and b.west <= a.east


def _latitude(z: int, row: int) -> float:
    """Of the northern edge of ``row``."""
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * row / 2**z))))
