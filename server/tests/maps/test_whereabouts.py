"""Where a point is, in words: pure. The citizen app's words are tested in miniapp/tests/features/map.test.ts."""

import math
from typing import Any

import pytest

from zhijian.core.geo import Point
from zhijian.maps.whereabouts import Landmark, landmarks, whereabouts

CENTRE = Point(31.05, 112.31)
METRE = 1 / 111_195


def off(north: float, east: float) -> Point:
    """So many metres to the north and to the east of the centre."""
    return Point(
        CENTRE.latitude + north * METRE,
        CENTRE.longitude + east * METRE / math.cos(math.radians(CENTRE.latitude)),
    )


HALL = Landmark("市民之家", CENTRE)
PARK = Landmark("人民公园", off(0, 1000))


@pytest.mark.parametrize(
    ("north", "east", "words"),
    [
        (100, 0, "市民之家以北约 100 米"),
        (85, 85, "市民之家东北约 120 米"),
        (0, 214, "市民之家以东约 210 米"),
        (-100, 100, "市民之家东南约 140 米"),
        (-100, 0, "市民之家以南约 100 米"),
        (-100, -100, "市民之家西南约 140 米"),
        (0, -100, "市民之家以西约 100 米"),
        (100, -100, "市民之家西北约 140 米"),
        (100, 40, "市民之家以北约 110 米"),
        (100, 45, "市民之家东北约 110 米"),
        (0, 900, "人民公园以西约 100 米"),
        (45.01, 0, "市民之家以北约 50 米"),  # halves go up
        (10, 10, "市民之家"),
        (29, 0, "市民之家"),
        (31, 0, "市民之家以北约 30 米"),
        (2_990, 0, "市民之家以北约 2990 米"),
        (3_010, 0, ""),
    ],
)
def test_the_nearest_says_where(north: float, east: float, words: str) -> None:
    assert whereabouts(off(north, east), [HALL, PARK]) == words


def test_of_equals_the_first_is_named_and_of_none_nothing() -> None:
    assert whereabouts(off(0, 0), [HALL, Landmark("同一处", CENTRE)]) == "市民之家"
    assert whereabouts(CENTRE, []) == ""


def test_stations_and_places_with_a_name_are_known() -> None:
    def feature(kind: str, name: str, coordinates: Any = (112.3, 31.1)) -> dict[str, Any]:
        return {
            "type": "Feature",
            "properties": {"kind": kind, "name": name},
            "geometry": {"type": "Point", "coordinates": coordinates},
        }

    features = [
        feature("station", "梅溪"),
        feature("place", "人民公园"),
        feature("place", ""),
        feature("road", "学府路", [[1, 2], [3, 4]]),
    ]
    assert landmarks(features) == [
        Landmark("梅溪", Point(31.1, 112.3)),
        Landmark("人民公园", Point(31.1, 112.3)),
    ]
