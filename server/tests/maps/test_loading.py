"""The city's map: drawn whole, again, or not at all; and where a point lies on it."""

import gzip
import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from organizations.factories import HallFactory, RegionFactory

from zhijian.audit.models import AuditEntry
from zhijian.core.actor import SYSTEM
from zhijian.core.geo import Bounds, Point
from zhijian.maps import errors
from zhijian.maps.actions import compile_map
from zhijian.maps.loading import load_map
from zhijian.maps.models import Outline, Sheet
from zhijian.maps.queries import city_bounds, region_at
from zhijian.publishing.models import PublishedDocument

pytestmark = pytest.mark.django_db


def square(west: float, south: float, side: float) -> list[list[list[float]]]:
    east, north = west + side, south + side
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


def feature(kind: str, geometry: str, coordinates: Any, **properties: str) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"kind": kind, **properties},
        "geometry": {"type": geometry, "coordinates": coordinates},
    }


MAP: dict[str, Any] = {
    "credit": "示意图",
    "credit_en": "Sketch",
    "features": [
        feature("region", "Polygon", square(112, 31, 1), region="990102"),
        feature("region", "MultiPolygon", [square(112, 31, 0.25)], region="990102001"),
        feature("road", "LineString", [[112.1, 31.1], [112.2, 31.2]], name="学府路", name_en="Xuefu Road"),
        feature("place", "Point", [112.1, 31.1], name="人民公园"),
    ],
}


@pytest.fixture(autouse=True)
def regions() -> None:
    city = RegionFactory(code="990100", name="云州市")
    district = RegionFactory(code="990102", name="澄湖区", name_en="Chenghu", parent=city)
    RegionFactory(code="990102001", name="镜台街道", parent=district)


def document() -> dict[str, Any]:
    return json.loads(gzip.decompress(PublishedDocument.objects.get(key="map", current=True).body))  # type: ignore[no-any-return]


def test_a_map_is_stored_published_and_told() -> None:
    assert load_map(SYSTEM, MAP) == 4
    made = document()
    kinds = [one["properties"]["kind"] for one in made["features"]]
    assert kinds == ["region", "region", "road", "place"]
    assert made["features"][0]["properties"] == {
        "kind": "region",
        "code": "990102",
        "name": "澄湖区",
        "name_en": "Chenghu",
        "level": 1,
    }
    assert made["features"][1]["properties"]["level"] == 2
    assert made["features"][2]["properties"] == {"kind": "road", "name": "学府路", "name_en": "Xuefu Road"}
    assert made["bounds"] == pytest.approx({"south": 30.98, "west": 111.98, "north": 32.02, "east": 113.02})
    assert (made["credit"], made["credit_en"], made["tiles"]) == ("示意图", "Sketch", None)
    assert AuditEntry.objects.get(action="map.replaced").facts == {"features": 2, "regions": 2}


def test_loading_again_replaces_and_the_same_is_no_new_document() -> None:
    load_map(SYSTEM, MAP)
    load_map(SYSTEM, MAP)
    assert PublishedDocument.objects.filter(key="map").count() == 1
    less = MAP | {"credit": "新图", "features": MAP["features"][:1]}
    load_map(SYSTEM, less)
    assert (Outline.objects.count(), Sheet.objects.get().features) == (1, [])
    assert document()["credit"] == "新图"


@pytest.mark.parametrize(
    ("place", "value", "path"),
    [
        (("credit",), "", "/credit"),
        (("features", 0, "properties", "region"), "000000", "/features/0/properties/region"),
        (("features", 1, "properties", "region"), "990102", "/features/1/properties/region"),
        (("features", 2, "properties", "kind"), "lamp", "/features/2/properties/kind"),
        (("features", 2, "properties", "kind"), "water", "/features/2"),
        (("features", 3, "properties", "colour"), "red", "/features/3/properties/colour"),
        (
            ("features", 3, "geometry", "coordinates"),
            [31.1, 112.1],
            "/features/3/geometry/Point/coordinates/1",
        ),
        (
            ("features", 2, "geometry", "coordinates"),
            [[112, 31]],
            "/features/2/geometry/LineString/coordinates",
        ),
        (
            ("features", 0, "geometry", "coordinates"),
            [[[112, 31], [113, 31], [113, 32], [112, 32]]],
            "/features/0",
        ),
        (("features", 0, "geometry", "type"), "Circle", "/features/0/geometry"),
    ],
)
def test_a_wrong_map_changes_nothing(place: tuple[Any, ...], value: Any, path: str) -> None:
    load_map(SYSTEM, MAP)
    wrong = deepcopy(MAP)
    part: Any = wrong
    for step in place[:-1]:
        part = part[step]
    part[place[-1]] = value
    with pytest.raises(errors.MapWrong) as refused:
        load_map(SYSTEM, wrong)
    assert path in {fault.path for fault in refused.value.fields}
    assert Outline.objects.count() == 2


@pytest.mark.parametrize(
    ("latitude", "longitude", "code"),
    [(31.1, 112.1, "990102001"), (31.5, 112.5, "990102"), (31.1, 113.5, None), (40, 116, None)],
)
def test_a_point_lies_in_the_lowest_region(
    latitude: float, longitude: float, code: str | None, django_assert_num_queries: Any
) -> None:
    load_map(SYSTEM, MAP)
    with django_assert_num_queries(1):
        found = region_at(Point(latitude, longitude))
    assert (found.code if found else None) == code


def test_the_city_lies_around_its_regions_else_around_its_halls() -> None:
    assert city_bounds() is None
    HallFactory(latitude=None, longitude=None)
    assert city_bounds() is None
    HallFactory(latitude=31.5, longitude=112.5)
    assert city_bounds() == Bounds(31.25, 112.25, 31.75, 112.75)
    load_map(SYSTEM, MAP)
    HallFactory(latitude=31.5, longitude=114.0)  # beyond the borders that are drawn
    bounds = city_bounds()
    assert bounds
    assert (bounds.west, bounds.east) == pytest.approx((111.98, 114.02))


def test_a_city_without_a_sketch_has_a_map_with_nothing_on_it() -> None:
    HallFactory(latitude=31.5, longitude=112.5)
    compile_map()
    assert document()["features"] == []
    assert document()["bounds"]["south"] == 31.25


def test_the_database_keeps_one_sheet_and_outlines_with_an_area() -> None:
    load_map(SYSTEM, MAP)
    with pytest.raises(IntegrityError, match="map_has_one_sheet"), transaction.atomic():
        Sheet.objects.create(pk=2, credit="又一张")
    with pytest.raises(IntegrityError, match="outline_has_an_area"), transaction.atomic():
        Outline.objects.update(north=0)


def test_the_command_loads_a_file_and_names_its_faults(tmp_path: Path, capsys: Any) -> None:
    file = tmp_path / "map.json"
    file.write_text(json.dumps(MAP))
    call_command("load_map", file)
    assert "4 个" in capsys.readouterr().out
    file.write_text(json.dumps(MAP | {"credit": ""}))
    with pytest.raises(CommandError, match="/credit"):
        call_command("load_map", file)
