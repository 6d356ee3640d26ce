"""The small map of one place: pure."""

import math
from itertools import combinations
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhijian.core.geo import Point, around
from zhijian.maps.drawing import HEIGHT, WIDTH, Drawing, Frame, Mark, MarkKind, draw, draw_telling
from zhijian.maps.drawing.frame import PAPER, Box, Spot
from zhijian.maps.drawing.lettering import Label, Quad, quad_of
from zhijian.maps.drawing.lines import nearness, runs
from zhijian.maps.drawing.marks import PIN
from zhijian.maps.rules import holds

CENTRE = Point(31.05, 112.31)
METRES = 500.0
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "\"><script>alert('1')</script>&amp;"
Feature = dict[str, Any]


def at(north: float, east: float) -> list[float]:
    """GeoJSON's position of what lies so many metres from the centre."""
    box = around(CENTRE, 1)
    up, along = box.north - CENTRE.latitude, box.east - CENTRE.longitude
    return [CENTRE.longitude + east * along, CENTRE.latitude + north * up]


def point(north: float, east: float) -> Point:
    along, up = at(north, east)
    return Point(up, along)


def feature(kind: str, geometry: str, coordinates: Any, name: str = "", **properties: Any) -> Feature:
    return {
        "type": "Feature",
        "properties": {"kind": kind, "name": name, "name_en": "", **properties},
        "geometry": {"type": geometry, "coordinates": coordinates},
    }


def square(north: float, east: float, side: float) -> list[list[float]]:
    """A ring; ``north`` and ``east``: its lower left corner, in metres."""
    corners = [(0, 0), (0, side), (side, side), (side, 0), (0, 0)]
    return [at(north + up, east + along) for up, along in corners]


def line(*corners: tuple[float, float], kind: str = "road", name: str = "学府路") -> Feature:
    return feature(kind, "LineString", [at(*corner) for corner in corners], name)


def dot(north: float, east: float, name: str, kind: str = "place") -> Feature:
    return feature(kind, "Point", at(north, east), name)


def drawn(features: list[Feature], marks: list[Mark] | None = None, metres: float = METRES) -> Drawing:
    return draw(features, centre=CENTRE, metres=metres, marks=marks or [])


def tree(drawing: Drawing, words: str = "地图") -> ElementTree.Element:
    """What a browser reads; raises ParseError unless it is well formed."""
    return ElementTree.fromstring(drawing.svg(words).replace("<svg ", f'<svg xmlns="{SVG[1:-1]}" ', 1))


def classes(drawing: Drawing, tag: str) -> list[str]:
    return [one.get("class", "") for one in tree(drawing).iter(f"{SVG}{tag}")]


def names(drawing: Drawing) -> list[str]:
    return [one.text for one in drawing.labels]


@pytest.mark.parametrize(
    ("north", "east", "x", "y"),
    [
        (0, 0, WIDTH / 2, HEIGHT / 2),
        (METRES, 0, WIDTH / 2, 0),
        (-METRES, 0, WIDTH / 2, HEIGHT),
        (0, METRES, WIDTH / 2 + HEIGHT / 2, HEIGHT / 2),
        (0, -METRES * WIDTH / HEIGHT, 0, HEIGHT / 2),
    ],
)
def test_north_is_up_and_a_metre_is_as_long_in_every_direction(
    north: float, east: float, x: float, y: float
) -> None:
    assert Frame(CENTRE, METRES).spot(point(north, east)) == pytest.approx((x, y), abs=1e-6)


def test_a_map_shows_more_than_a_point() -> None:
    with pytest.raises(ValueError, match="more than a point"):
        drawn([], metres=0)


latitudes, longitudes = st.floats(-60, 60), st.floats(-179, 179)
shares = st.floats(-1, 1)


@given(latitudes, longitudes, st.floats(10, 5_000), st.lists(st.tuples(shares, shares), max_size=8))
def test_every_mark_within_the_metres_is_on_the_paper(
    latitude: float, longitude: float, metres: float, places: list[tuple[float, float]]
) -> None:
    centre = Point(latitude, longitude)
    box = around(centre, metres * 0.999)
    high, wide = box.north - latitude, box.east - longitude
    marks = [
        Mark(kind, Point(latitude + up * high, longitude + along * wide), "1")
        for up, along in places
        for kind in MarkKind
    ]
    found = draw([], centre=centre, metres=metres, marks=marks)
    assert len(found.marked) == len(marks)
    assert all(0 <= one.spot.x <= WIDTH and 0 <= one.spot.y <= HEIGHT for one in found.marked)


def test_marks_beyond_the_paper_are_left_out() -> None:
    hall = Mark(MarkKind.HALL, point(0, 1_000), "市民之家")
    number = Mark(MarkKind.NUMBER, point(600, 0), "1")
    found = drawn([], [hall, number])
    assert (list(found.marked), names(found)) == ([], [])


def test_numbers_of_one_place_make_way_for_the_pin_and_each_other() -> None:
    found = drawn([], [Mark(MarkKind.NUMBER, CENTRE, str(number)) for number in range(1, 6)])
    boxes = [PIN, *(one.box for one in found.marked)]
    assert len(boxes) == 6
    assert not any(one.touches(other) for one, other in combinations(boxes, 2))
    texts = [one.text for one in tree(found).iter(f"{SVG}text") if one.get("font-size") == "13"]
    assert texts == ["1", "2", "3", "4", "5"]


metres_off = st.integers(-1_200, 1_200)
spots = st.tuples(metres_off, metres_off)
words = st.text(st.sampled_from("市民大道路园湖A1 "), min_size=1, max_size=12)


@st.composite
def cities(draw_: st.DrawFn) -> tuple[list[Feature], list[Mark]]:
    places = [
        dot(*draw_(spots), draw_(words), draw_(st.sampled_from(["place", "station"])))
        for _ in range(draw_(st.integers(0, 12)))
    ]
    ways = [
        line(*draw_(st.lists(spots, min_size=2, max_size=5)), kind=kind, name=draw_(words))
        for kind in draw_(st.lists(st.sampled_from(["road", "street", "rail"]), max_size=8))
    ]
    areas = [
        feature(kind, "Polygon", [square(*draw_(spots), draw_(st.integers(1, 2_000)))], draw_(words))
        for kind in draw_(st.lists(st.sampled_from(["water", "green"]), max_size=4))
    ]
    kinds = draw_(st.lists(st.sampled_from(MarkKind), max_size=6))
    marks = [Mark(kind, point(*draw_(spots)), draw_(words)) for kind in kinds]
    return [*areas, *ways, *places], marks


def within(quad: Quad) -> list[Spot]:
    """Spots all over it, its edges among them."""
    [origin, right, _, below] = quad.corners
    steps = [one / 6 for one in range(7)]
    return [
        Spot(
            origin.x + across * (right.x - origin.x) + down * (below.x - origin.x),
            origin.y + across * (right.y - origin.y) + down * (below.y - origin.y),
        )
        for across in steps
        for down in steps
    ]


def covers(quad: Quad, spot: Spot) -> bool:
    return holds([[[*quad.corners, quad.corners[0]]]], Point(spot.y, spot.x))


@given(cities())
def test_names_never_lie_on_each_other_on_a_mark_or_beyond_the_paper(
    city: tuple[list[Feature], list[Mark]],
) -> None:
    found = drawn(*city)
    tree(found)
    quads = [one.quad for one in found.labels]
    boxes = [PIN, found.bar.box, *(one.box for one in found.marked)]
    quads += [quad_of(box) for box in boxes]
    for label in found.labels:
        assert all(PAPER.holds(spot) for spot in label.quad.corners)
        others = [quad for quad in quads if quad is not label.quad and quad != label.quad]
        assert not any(covers(quad, spot) for quad in others for spot in within(label.quad))
    dots = [one.dot for one in found.labels if one.dot is not None]
    assert not any(covers(one.quad, spot) for one in found.labels for spot in dots)


@pytest.mark.parametrize(
    ("other", "touching"),
    [
        (Box(2, 2, 3, 3), True),  # inside
        (Box(9, 9, 20, 20), True),
        (Box(11, 0, 20, 10), False),
        (Box(0, 11, 10, 20), False),
    ],
)
def test_which_rectangles_touch(other: Box, touching: bool) -> None:
    box = Box(0, 0, 10, 10)
    assert quad_of(box).touches(quad_of(other)) is touching
    assert box.touches(other) is touching


def test_turned_words_leave_the_corners_of_their_box_free() -> None:
    turned = Label("road", "市民大道市民大道", Spot(100, 100), angle=45).quad
    assert turned.touches(quad_of(Box(98, 98, 102, 102)))
    assert not turned.touches(quad_of(Box(120, 70, 130, 80)))


@pytest.mark.parametrize(
    "hostile",
    [
        dot(0, 300, HOSTILE, "place"),
        dot(0, 300, HOSTILE, "station"),
        line((-100, -700), (-100, 700), name=HOSTILE),
        feature("water", "Polygon", [square(-400, -600, 1_200)], HOSTILE),
    ],
)
def test_hostile_names_are_words(hostile: Feature) -> None:
    marks = [Mark(MarkKind.NUMBER, point(-300, 0), HOSTILE), Mark(MarkKind.HALL, point(300, -300), HOSTILE)]
    found = drawn([hostile], marks)
    text = found.svg(HOSTILE)
    assert "<script" not in text
    assert HOSTILE in names(found)
    root = tree(found, HOSTILE)
    assert root.get("aria-label") == HOSTILE
    read = ["".join(one.itertext()) for one in root.iter(f"{SVG}text")]
    assert read.count(HOSTILE) == 3  # the feature, the hall and the number


def test_a_hostile_name_is_escaped_character_by_character() -> None:
    found = drawn(
        [line((-480, 100), (480, 100), name="＜路＞"), line((-480, 300), (480, 300), name="<b>&路")]
    )
    assert "<b>" not in found.svg("")
    assert sorted(names(found)) == ["<b>&路", "＜路＞"]


def test_a_hole_is_cut_and_each_part_is_a_path_of_its_own() -> None:
    lake = feature("water", "Polygon", [square(-200, -200, 400), square(-50, -50, 100)])
    woods = feature("green", "MultiPolygon", [[square(-400, -400, 200)], [square(-300, -300, 200)]])
    paths = {one.get("class", ""): one.get("d", "") for one in tree(drawn([lake])).iter(f"{SVG}path")}
    assert paths["map-water"].count("M") == paths["map-water"].count("Z") == 2
    assert classes(drawn([woods]), "path").count("map-green") == 2
    assert all(
        one.get("fill-rule") == "evenodd"
        for one in tree(drawn([lake, woods])).iter(f"{SVG}path")
        if one.get("class") in {"map-water", "map-green"}
    )


def test_no_name_stands_in_a_hole() -> None:
    ring = feature("water", "Polygon", [square(-450, -700, 1_400), square(-200, -400, 800)], "湖")
    [label] = drawn([ring]).labels
    frame = Frame(CENTRE, METRES)
    hole = [frame.spot(Point(up, along)) for along, up in square(-200, -400, 800)]
    assert not holds([[hole]], Point(label.middle.y, label.middle.x))


@pytest.mark.parametrize(
    "beyond",
    [
        dot(600, 0, "远处"),
        line((600, -900), (700, 900)),
        feature("water", "Polygon", [square(600, 0, 100)], "远湖"),
        feature("region", "MultiPolygon", [[square(0, 900, 100)]], "远区", level=1),
        feature("castle", "Point", at(0, 0), "没有的种类"),
        feature("place", "GeometryCollection", [], "没有的形状"),
    ],
)
def test_nothing_beyond_the_paper_and_nothing_unknown_is_drawn(beyond: Feature) -> None:
    assert drawn([beyond]).svg("") == drawn([]).svg("")


def test_of_a_multipolygon_only_what_touches_the_paper_is_drawn() -> None:
    both = feature("green", "MultiPolygon", [[square(0, 0, 100)], [square(900, 0, 100)]])
    assert classes(drawn([both]), "path").count("map-green") == 1


def test_an_empty_city_has_a_pin_and_a_scale() -> None:
    found = drawn([])
    root = tree(found, "地图：诉求的位置")
    assert root.get("role") == "img"
    assert root.get("aria-label") == "地图：诉求的位置"
    assert [one.get("class") for one in root] == ["map-land", None, "map-scale", "map-pin"]
    assert root[-1].get("transform") == f"translate({WIDTH / 2:.1f} {HEIGHT / 2:.1f})"
    assert "style=" not in found.svg("")
    assert "#" not in found.svg("")


@pytest.mark.parametrize(
    ("metres", "said"),
    [(30, "20 米"), (500, "200 米"), (1_000, "500 米"), (1_300, "1 公里"), (4_000, "2 公里"), (5, "2 米")],
)
def test_the_scale_is_true(metres: float, said: str) -> None:
    bar = drawn([], metres=metres).bar
    assert bar.words == said
    number, unit = said.split()
    length = float(number) * (1000 if unit == "公里" else 1)
    assert bar.length * 2 * metres / HEIGHT == pytest.approx(length)
    assert bar.length <= WIDTH / 4


def test_lower_kinds_lie_below_and_edges_below_all_roads() -> None:
    features = [
        line((0, -700), (0, 700)),
        line((-480, 50), (480, 50), kind="street", name="民生路"),
        feature("region", "Polygon", [square(-100, -100, 200)], level=2),
        feature("water", "Polygon", [square(-100, -100, 200)]),
    ]
    assert classes(drawn(features), "path")[:6] == [
        "map-water",
        "map-region map-inner",
        "map-edge map-edge-street",
        "map-edge map-edge-road",
        "map-street",
        "map-road",
    ]


@pytest.mark.parametrize(
    ("corners", "name", "angle", "stacked"),
    [
        ([(100, -700), (100, 700)], "学府路", 0, False),
        ([(100, 700), (100, -700)], "学府路", 0, False),  # never upside down
        ([(-480, 100), (480, 100)], "学府路", 0, True),
        ([(480, 100), (-480, 100)], "学府路", 0, True),
        ([(-480, 100), (480, 100)], "G318", -90, False),  # Latin is turned, not stacked
        ([(-480, -380), (480, 580)], "学府路", -45, False),
    ],
)
def test_how_a_road_is_named(
    corners: list[tuple[float, float]], name: str, angle: float, stacked: bool
) -> None:
    [label] = drawn([line(*corners, name=name)]).labels
    assert abs(label.angle) == pytest.approx(abs(angle), abs=0.1)
    assert label.stacked is stacked


@pytest.mark.parametrize(
    "corners",
    [
        [(0, 690), (0, 900)],  # little of it is seen
        [(100 * (place % 2), -480 + 20 * place) for place in range(48)],  # nowhere straight
    ],
)
def test_a_road_without_room_has_no_name(corners: list[tuple[float, float]]) -> None:
    assert names(drawn([line(*corners, name="很长很长很长的路")])) == []


def test_the_worthier_is_named_and_one_name_once() -> None:
    crowd = [dot(100, 100, "市民广场"), dot(100, 100, "市民之家", "station")]
    found = drawn([*crowd, line((-200, -700), (-200, 0)), line((-200, 0), (-200, 700))])
    assert names(found) == ["市民之家", "市民广场", "学府路"]
    assert found.labels[0].middle.x > found.labels[0].dot.x  # type: ignore[union-attr]


def test_a_hall_is_named_beside_the_pin_and_off_the_dots_of_others() -> None:
    hall = Mark(MarkKind.HALL, CENTRE, "云州市市民之家")
    station = dot(0, -70, "市民之家", "station")
    found = drawn([station], [hall])
    assert names(found) == ["云州市市民之家", "市民之家"]
    assert classes(found, "circle").count("map-dot map-dot-station") == 1


def test_the_map_is_as_wide_as_it_must_be() -> None:
    near = [dot(100 * place, 300, f"地方{place}") for place in range(4)]
    far = [dot(1_500, 100 * place, f"地方{place}") for place in (-10, -4, 4, 10)]
    assert draw_telling(near, centre=CENTRE).frame.metres == 500
    assert draw_telling(far, centre=CENTRE).frame.metres == 2_000
    assert draw_telling([], centre=CENTRE).frame.metres == 2_000


@given(st.lists(st.builds(Spot, st.floats(-900, 900), st.floats(-900, 900)), min_size=2, max_size=6))
def test_what_is_seen_of_a_line_lies_on_it_and_on_the_paper(corners: list[Spot]) -> None:
    for spot in (spot for run in runs(corners) for spot in run):
        assert -1e-6 <= spot.x <= WIDTH + 1e-6
        assert -1e-6 <= spot.y <= HEIGHT + 1e-6
        assert nearness(corners, spot) < 1e-6


def test_how_near_a_line_comes() -> None:
    corners = [Spot(0, 0), Spot(10, 0), Spot(10, 0)]
    assert nearness(corners, Spot(5, 3)) == 3
    assert nearness(corners, Spot(13, 4)) == 5
    assert nearness([Spot(0, 0)], Spot(3, 4)) == math.dist((0, 0), (3, 4))
