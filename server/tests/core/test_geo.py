"""Points, boxes and distances: pure."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhijian.core.geo import Bounds, Point, around, bounds_of, distance

points = st.builds(Point, st.floats(20, 45), st.floats(90, 125))


@pytest.mark.parametrize(
    ("first", "second", "metres"),
    [
        (Point(30.0, 120.0), Point(30.0, 120.0), 0),
        (Point(0.0, 0.0), Point(1.0, 0.0), 111_195),
        (Point(30.0, 120.0), Point(30.0, 121.0), 96_297),
        (Point(0.0, 179.5), Point(0.0, -179.5), 111_195),
        (Point(90.0, 0.0), Point(-90.0, 0.0), 20_015_087),
    ],
)
def test_distances_are_metres(first: Point, second: Point, metres: float) -> None:
    assert distance(first, second) == pytest.approx(metres, rel=1e-4)


@given(points, points)
def test_distance_is_the_same_both_ways(one: Point, other: Point) -> None:
    assert distance(one, other) == pytest.approx(distance(other, one))


@given(points, st.floats(1, 5000), st.floats(0, 2 * math.pi), st.floats(0, 0.99))
def test_whoever_is_near_is_in_the_box(centre: Point, radius: float, turn: float, share: float) -> None:
    box = around(centre, radius)
    high, wide = (box.north - box.south) / 2, (box.east - box.west) / 2
    near = Point(
        centre.latitude + share * high * math.sin(turn), centre.longitude + share * wide * math.cos(turn)
    )
    assert distance(centre, near) < radius * 1.01
    assert box.hold(near)
    assert distance(centre, Point(centre.latitude, box.east)) == pytest.approx(radius, rel=0.01)


def test_the_box_around_points() -> None:
    bounds = bounds_of([Point(31.0, 112.2), Point(31.1, 112.4)], margin=0.1)
    assert bounds == Bounds(
        pytest.approx(30.9), pytest.approx(112.1), pytest.approx(31.2), pytest.approx(112.5)
    )
    assert bounds.hold(Point(31.05, 112.45))
    assert not bounds.hold(Point(31.05, 112.55))
    assert bounds_of([]) is None
