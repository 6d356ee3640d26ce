"""One file of places in both coordinates; the app's tests read it too, so the two sides cannot drift apart."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhijian.core.gcj02 import from_gcj02, to_gcj02
from zhijian.core.geo import Point, distance

VECTORS = json.loads((Path(__file__).parent / "vectors" / "points.json").read_text())


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: str(vector["satellite"]))
def test_where_a_chinese_map_shows_what_a_satellite_sees(vector: dict[str, list[float]]) -> None:
    satellite, shown = Point(*vector["satellite"]), Point(*vector["map"])
    assert distance(to_gcj02(satellite), shown) < 0.02
    assert distance(from_gcj02(shown), satellite) < 0.02


def test_the_tiananmen_lies_where_it_is_commonly_published() -> None:
    square = Point(*VECTORS[0]["satellite"])
    assert distance(to_gcj02(square), Point(39.908737, 116.397327)) < 1
    assert distance(square, to_gcj02(square)) > 300


@given(st.builds(Point, st.floats(4, 53), st.floats(74, 134)))
def test_the_way_back_leads_to_where_it_came_from(point: Point) -> None:
    assert distance(point, from_gcj02(to_gcj02(point))) < 0.05
