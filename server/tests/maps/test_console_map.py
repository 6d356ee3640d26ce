"""The map of the console: for who is logged in only, with the halls, in the coordinates of the tiles."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from maps.asking import HALL, HERE
from organizations.factories import HallFactory, StaffFactory
from pytest_django.fixtures import Settings
from support.sandbox import Sandbox

from config.mapping import Tiles
from zhijian.core.actor import SYSTEM
from zhijian.core.gcj02 import from_gcj02
from zhijian.core.geo import Point
from zhijian.maps.actions import replace_map
from zhijian.organizations.rules import Post

pytestmark = pytest.mark.django_db
ROAD = [[120.49, 30.5], [120.51, 30.5]]
RING = [[120.4, 30.4], [120.6, 30.4], [120.6, 30.6], [120.4, 30.4]]


@pytest.fixture(autouse=True)
def city() -> None:
    cache.delete_many(["maps:board", "maps:bounds"])
    HallFactory(name="试验大厅", **HALL)
    shapes = [("road", "LineString", ROAD), ("green", "MultiPolygon", [[RING]])]
    features = [
        {
            "type": "Feature",
            "properties": {"kind": kind, "name": "人民路", "name_en": ""},
            "geometry": {"type": form, "coordinates": coordinates},
        }
        for kind, form, coordinates in shapes
    ]
    replace_map(SYSTEM, credit="示意图", credit_en="", features=features, regions={})


def ask(client: Client, tile: tuple[int, int, int] | None = None) -> HttpResponse:
    address = f"tiles/0/{'/'.join(map(str, tile))}" if tile else ""
    return client.get(f"/console/map/{address}")  # type: ignore[return-value]


@pytest.fixture
def officer(client: Client) -> Client:
    client.force_login(StaffFactory(posts=[Post.TICKET_OFFICER]))
    return client


def shapes(officer: Client) -> dict[str, Any]:
    """The coordinates of what is drawn, by kind."""
    found = json.loads(ask(officer).content)["features"]
    return {one["properties"]["kind"]: one["geometry"]["coordinates"] for one in found}


def test_nobody_sees_it_without_logging_in(client: Client, service: Sandbox) -> None:
    for answer in (ask(client), ask(client, HERE)):
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/console/login/")


def test_it_holds_halls_shapes_and_credit_and_one_browser_may_keep_it(officer: Client) -> None:
    answer = ask(officer)
    found = json.loads(answer.content)
    assert answer["Cache-Control"] == "private, max-age=60"
    assert (found["credit"], found["tiles"]) == ("示意图", None)
    assert found["bounds"]["south"] < HALL["latitude"] < found["bounds"]["north"]
    assert [one["properties"]["name"] for one in found["features"]] == ["试验大厅", "人民路", "人民路"]
    assert shapes(officer) == {
        "hall": [HALL["longitude"], HALL["latitude"]],
        "road": ROAD,
        "green": [[RING]],
    }


@pytest.mark.parametrize(("layers", "shifted"), [((), False), (("http://x/{z}/{x}/{y}",), True)])
def test_what_is_drawn_lies_where_the_pictures_have_it(
    officer: Client, settings: Settings, layers: tuple[str, ...], shifted: bool
) -> None:
    settings.MAP = Tiles(layers, "cgcs2000", "天地图", 9, 18, 1)

    def moved(along: float, up: float) -> list[float]:
        place = from_gcj02(Point(up, along)) if shifted else Point(up, along)
        return [place.longitude, place.latitude]

    assert shapes(officer) == {
        "hall": moved(HALL["longitude"], HALL["latitude"]),
        "road": [moved(*one) for one in ROAD],
        "green": [[[moved(*one) for one in RING]]],
    }


def test_a_tile_is_a_picture_that_only_its_browser_may_keep(officer: Client, service: Sandbox) -> None:
    answer = ask(officer, HERE)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert answer["Cache-Control"] == "max-age=604800, private"


def test_a_tile_of_elsewhere_and_a_service_away_are_refused(
    officer: Client, use: Callable[..., None], service: Sandbox
) -> None:
    z, x, y = HERE
    assert ask(officer, (z, x + 40, y)).status_code == 404
    service.fault(tiles="500")
    answer = ask(officer, HERE)
    assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")
    assert answer["Cache-Control"] == "no-store"


def test_a_city_without_a_map_has_an_empty_one(officer: Client) -> None:
    replace_map(SYSTEM, credit="示意图", credit_en="", features=[], regions={})
    assert list(shapes(officer)) == ["hall"]
