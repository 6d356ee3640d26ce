"""The plain sketch of a place, where the interactive map does not run: pure."""

import re
from typing import Any
from xml.etree import ElementTree

import pytest

from zhijian.core.geo import Point, around
from zhijian.maps.sketch import sketch

CENTRE = Point(31.05, 112.31)
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "\"><script>alert('1')</script>&amp;"
Feature = dict[str, Any]


def at(north: float, east: float) -> list[float]:
    """GeoJSON's position of what lies so many metres from the centre."""
    box = around(CENTRE, 1)
    up, along = box.north - CENTRE.latitude, box.east - CENTRE.longitude
    return [CENTRE.longitude + east * along, CENTRE.latitude + north * up]


def feature(kind: str, geometry: str, coordinates: Any) -> Feature:
    return {
        "type": "Feature",
        "properties": {"kind": kind, "name": HOSTILE},
        "geometry": {"type": geometry, "coordinates": coordinates},
    }


def square(north: float, east: float, side: float) -> list[list[float]]:
    """A ring; ``north`` and ``east``: its lower left corner, in metres."""
    corners = [(0, 0), (0, side), (side, side), (side, 0), (0, 0)]
    return [at(north + up, east + along) for up, along in corners]


def line(kind: str, *corners: tuple[float, float]) -> Feature:
    return feature(kind, "LineString", [at(*corner) for corner in corners])


def drawn(*features: Feature, words: str = "地图") -> ElementTree.Element:
    """What a browser reads; raises ParseError unless it is well formed."""
    text = sketch(features, CENTRE, words)
    return ElementTree.fromstring(text.replace("<svg ", f'<svg xmlns="{SVG[1:-1]}" ', 1))


def paths(root: ElementTree.Element) -> list[tuple[str, str]]:
    """Class and outline of what lies around, the lowest first."""
    return [
        (one.get("class", ""), one.get("d", ""))
        for one in root.findall(f"{SVG}path")
        if one.get("class") != "map-bar"
    ]


def test_a_place_without_surroundings_has_a_pin_in_the_middle_and_a_scale() -> None:
    root = drawn(words="地图：诉求的位置")
    assert (root.get("role"), root.get("aria-label")) == ("img", "地图：诉求的位置")
    assert [one.get("class") for one in root] == ["map-land", "map-pin", "map-bar", None]
    assert root[1].get("transform") == "translate(260.0 160.0)"
    assert root[3].text == "200 米"


def test_the_scale_bar_is_as_long_as_a_line_of_200_metres() -> None:
    root = drawn(line("road", (0, 0), (0, 200)))
    [(_, outline)] = paths(root)
    [bar] = [one.get("d", "") for one in root.iter(f"{SVG}path") if one.get("class") == "map-bar"]
    begin, end = re.findall(r"([\d.]+) [\d.]+", outline)
    [length] = re.findall(r"h([\d.]+)", bar)
    assert float(end) - float(begin) == pytest.approx(float(length), abs=0.1)


def test_north_is_up_and_areas_lie_below_streets_and_streets_below_roads() -> None:
    lake = feature("water", "Polygon", [square(-200, -200, 400), square(-50, -50, 100)])
    root = drawn(line("road", (0, 0), (1_000, 0)), line("street", (0, 0), (0, 100)), lake)
    assert [kind for kind, _ in paths(root)] == ["map-water", "map-street", "map-road"]
    water, _, road = (outline for _, outline in paths(root))
    assert road == "M260.0 160.0L260.0 -160.0"
    assert water.count("M") == water.count("Z") == 2  # the lake and its island


@pytest.mark.parametrize(
    "beyond",
    [
        line("road", (600, -900), (700, 900)),
        line("road", (0, 900), (0, 1_000)),
        feature("water", "Polygon", [square(600, 0, 100)]),
        feature("place", "Point", at(0, 0)),
        feature("castle", "Polygon", [square(0, 0, 100)]),
    ],
)
def test_what_lies_beyond_the_paper_and_what_is_no_line_or_area_is_not_drawn(beyond: Feature) -> None:
    assert paths(drawn(beyond)) == []


def test_of_areas_with_many_parts_all_are_drawn_and_the_sides_of_the_paper_reach_farther() -> None:
    woods = feature("green", "MultiPolygon", [[square(-400, -400, 200)], [square(-300, 700, 200)]])
    [(kind, outline)] = paths(drawn(woods))
    assert (kind, outline.count("Z")) == ("map-green", 2)


def test_hostile_words_are_words() -> None:
    text = sketch([line("road", (0, -700), (0, 700))], CENTRE, HOSTILE)
    assert "<script" not in text
    assert "style=" not in text
    assert drawn(words=HOSTILE).get("aria-label") == HOSTILE
