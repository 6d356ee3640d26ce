"""Points in polygons: pure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhijian.core.geo import Point
from zhijian.maps.rules import Polygon, Ring, area, corners, holds


def square(west: float, south: float, side: float) -> Ring:
    east, north = west + side, south + side
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


LAKE: Polygon = [square(0, 0, 10), square(4, 4, 2)]
HOOK: Polygon = [[[0, 0], [6, 0], [6, 6], [4, 6], [4, 2], [2, 2], [2, 6], [0, 6], [0, 0]]]


@pytest.mark.parametrize(
    ("polygons", "latitude", "longitude", "held"),
    [
        ([LAKE], 2, 2, True),
        ([LAKE], 5, 5, False),  # in the hole
        ([LAKE], 11, 5, False),
        ([LAKE], 5, -1, False),
        ([HOOK], 4, 1, True),
        ([HOOK], 4, 3, False),  # between the arms
        ([HOOK], 4, 5, True),
        ([[square(0, 0, 1)], [square(5, 5, 1)]], 5.5, 5.5, True),
        ([[square(0, 0, 1)], [square(5, 5, 1)]], 3, 3, False),
        ([], 0, 0, False),
    ],
)
def test_what_a_polygon_holds(polygons: list[Polygon], latitude: float, longitude: float, held: bool) -> None:
    assert holds(polygons, Point(latitude, longitude)) is held


@given(st.floats(0, 10), st.floats(0, 10), st.integers(1, 9))
def test_two_that_share_an_edge_leave_nobody_out(latitude: float, longitude: float, cut: int) -> None:
    """No point of a city lies in two of its parts, and none inside it in no part."""
    west: Polygon = [[[0, 0], [cut, 0], [cut, 10], [0, 10], [0, 0]]]
    east: Polygon = [[[cut, 0], [10, 0], [10, 10], [cut, 10], [cut, 0]]]
    point = Point(latitude, longitude)
    assert holds([west], point) + holds([east], point) == holds([[square(0, 0, 10)]], point)


@given(st.floats(-5, 15), st.floats(-5, 15))
def test_which_way_a_ring_runs_does_not_matter(latitude: float, longitude: float) -> None:
    turned = [list(reversed(ring)) for ring in LAKE]
    point = Point(latitude, longitude)
    assert holds([LAKE], point) == holds([turned], point)
    assert area([LAKE]) == area([turned]) == 96


def test_areas_add_up_without_their_holes() -> None:
    assert area([LAKE, [square(20, 20, 1)]]) == 97
    assert area([]) == 0
    assert {(point.latitude, point.longitude) for point in corners([[square(1, 2, 3)]])} == {
        (2, 1),
        (2, 4),
        (5, 4),
        (5, 1),
    }
