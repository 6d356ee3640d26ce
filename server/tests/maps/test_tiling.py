"""The grid of tiles: known boxes, and what holds of every tile."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhijian.core.geo import Bounds, Point
from zhijian.maps.tiling import exists, tile_box, touches

EDGE = 85.0511287798066  # where the square world ends


@st.composite
def tiles(draw: st.DrawFn, *, highest: int = 21) -> tuple[int, int, int]:
    z = draw(st.integers(0, highest))
    return z, draw(st.integers(0, 2**z - 1)), draw(st.integers(0, 2**z - 1))


def tile_of(point: Point, z: int) -> tuple[int, int]:
    """The other way round: the published formula from degrees to column and row."""
    turned = math.asinh(math.tan(math.radians(point.latitude)))
    across, down = (point.longitude + 180) / 360, (1 - turned / math.pi) / 2
    return int(across * 2**z), int(down * 2**z)


@pytest.mark.parametrize(
    ("tile", "box"),
    [
        ((0, 0, 0), (-EDGE, -180, EDGE, 180)),
        ((1, 0, 0), (0, -180, EDGE, 0)),
        ((1, 1, 1), (-EDGE, 0, 0, 180)),
        ((2, 3, 1), (0, 90, 66.51326044, 180)),
        (
            (10, 486, 332),
            (53.12040528310657, -9.140625, 53.33087298301705, -8.7890625),
        ),  # Galway, as others compute it
    ],
)
def test_known_boxes(tile: tuple[int, int, int], box: tuple[float, ...]) -> None:
    found = tile_box(*tile)
    assert (found.south, found.west, found.north, found.east) == pytest.approx(box, abs=1e-7)


@given(tiles())
def test_four_children_cover_their_parent(tile: tuple[int, int, int]) -> None:
    z, x, y = tile
    parent = tile_box(z, x, y)
    upper, lower = tile_box(z + 1, 2 * x, 2 * y), tile_box(z + 1, 2 * x + 1, 2 * y + 1)
    assert (upper.north, upper.west) == (parent.north, parent.west)
    assert (lower.south, lower.east) == (parent.south, parent.east)
    assert (upper.south, upper.east) == (lower.north, lower.west)
    assert parent.south < upper.south < parent.north


@given(st.floats(-85, 85), st.floats(-180, 179.999), st.integers(0, 21))
def test_the_tile_of_a_point_holds_it(latitude: float, longitude: float, z: int) -> None:
    point = Point(latitude, longitude)
    x, y = tile_of(point, z)
    assert exists(z, x, y)
    box, rounding = tile_box(z, x, y), 1e-9
    assert box.south - rounding <= latitude <= box.north + rounding
    assert box.west - rounding <= longitude <= box.east + rounding


@pytest.mark.parametrize(
    ("tile", "there"),
    [
        ((0, 0, 0), True),
        ((0, 1, 0), False),
        ((3, 7, 7), True),
        ((3, 8, 7), False),
        ((3, 7, 8), False),
        ((3, -1, 0), False),
        ((3, 0, -1), False),
        ((-1, 0, 0), False),
    ],
)
def test_columns_and_rows_of_a_zoom(tile: tuple[int, int, int], there: bool) -> None:
    assert exists(*tile) is there


CITY = Bounds(30, 120, 31, 121)


@pytest.mark.parametrize(
    ("other", "answer"),
    [
        (CITY, True),
        (Bounds(30.4, 120.4, 30.6, 120.6), True),
        (Bounds(20, 110, 40, 130), True),
        (Bounds(30.9, 120.9, 32, 122), True),
        (Bounds(31, 121, 32, 122), True),
        (Bounds(31.01, 120, 32, 121), False),
        (Bounds(28, 120, 29.99, 121), False),
        (Bounds(30, 121.01, 31, 122), False),
        (Bounds(30, 118, 31, 119.99), False),
    ],
)
def test_boxes_that_touch(other: Bounds, answer: bool) -> None:
    assert touches(CITY, other) is answer
    assert touches(other, CITY) is answer


@given(tiles(highest=12), tiles(highest=12))
def test_a_tile_touches_its_ancestors(tile: tuple[int, int, int], other: tuple[int, int, int]) -> None:
    z, x, y = tile
    above = min(z, other[0])
    assert touches(tile_box(z, x, y), tile_box(above, x >> (z - above), y >> (z - above)))
