"""Tiles over HTTP: the city's only, kept for a week, from a tile service that fails in every way one does."""

import io
import logging
import pickle
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings as installation
from django.core.cache import cache
from maps.asking import BESIDE, HALL, HERE, X, Y, Z, ask, code
from maps.conftest import KEY
from organizations.factories import HallFactory
from PIL import Image
from pytest_django.fixtures import Settings
from support.hermetic import closed_port
from support.sandbox import Sandbox

from zhijian.maps.adapters import registry
from zhijian.organizations.models import Hall

pytestmark = pytest.mark.django_db
KEPT = Path(installation.CACHES["tiles"]["LOCATION"])
Queries = Callable[[int], AbstractContextManager[Any]]


@pytest.fixture(autouse=True)
def city() -> None:
    HallFactory(**HALL)


def test_a_tile_is_a_picture_that_may_be_kept_for_a_week(service: Sandbox) -> None:
    answer = ask(*HERE)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/png"
    assert answer["Cache-Control"] == "public, max-age=604800"
    assert answer["X-Content-Type-Options"] == "nosniff"
    with Image.open(io.BytesIO(answer.content)) as picture:
        assert picture.size == (256, 256)
    assert "Set-Cookie" not in answer
    assert ask(*HERE, layer=1).content != answer.content != ask(*BESIDE).content


def test_who_has_a_tile_is_told_that_it_is_the_same(service: Sandbox) -> None:
    tag = ask(*HERE)["ETag"]
    for told in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        answer = ask(*HERE, if_none_match=told)
        assert (answer.status_code, answer.content) == (304, b"")
        assert (answer["ETag"], answer["Cache-Control"]) == (tag, "public, max-age=604800")
    assert ask(*HERE, if_none_match='"other"').status_code == 200


def test_a_known_tile_costs_no_query(service: Sandbox, django_assert_num_queries: Queries) -> None:
    first = ask(*HERE)
    service.fault(tiles="500")
    with django_assert_num_queries(0):
        assert ask(*HERE).content == first.content
        assert ask(*HERE, if_none_match=first["ETag"]).status_code == 304


def test_a_city_that_is_nowhere_costs_no_further_query(
    service: Sandbox, django_assert_num_queries: Queries
) -> None:
    Hall.objects.all().delete()
    assert code(ask(*HERE)) == "maps.no_tile"
    with django_assert_num_queries(0):
        assert ask(*HERE).status_code == 404


def test_a_city_that_grows_is_seen_within_a_minute(service: Sandbox) -> None:
    far = (Z, X + 40, Y)
    assert ask(*far).status_code == 404
    HallFactory(latitude=30.5, longitude=124.0)
    cache.delete("maps:bounds")
    assert ask(*far).status_code == 200


@pytest.mark.parametrize(
    "where",
    [
        (Z, X + 40, Y),
        (Z, X, Y - 40),
        (Z, 0, 0),
        (8, X >> 4, Y >> 4),
        (19, X << 7, Y << 7),
        (0, 0, 0),
        (Z, X, 2**Z),
        (Z, 2**Z + X, Y),
        (-Z, X, Y),
        (Z, -1, Y),
        ("x", X, Y),
        (Z, "1e3", Y),
        (Z, X, f"0{Y}"),
        (Z, X, "１６８４"),
        (Z, X, f"{Y}.png"),
        (Z, X, f"+{Y}"),
        (Z, X, f"{Y}%0A"),
        (Z, X, "9" * 3000),
        (Z, X, "%00"),
        (Z, "..", Y),
    ],
)
def test_no_other_tiles(service: Sandbox, where: tuple[object, ...]) -> None:
    service.fault(tiles="500")  # nobody is asked
    assert code(ask(*where)) == "maps.no_tile"  # type: ignore[arg-type]


@pytest.mark.parametrize("layer", [2, -1, "vec", "00", "9" * 20])
def test_no_other_layers(service: Sandbox, layer: object) -> None:
    assert ask(*HERE, layer=1).status_code == 200
    assert code(ask(*HERE, layer=layer)) == "maps.no_tile"


@pytest.mark.parametrize("zoom", [9, 18])
def test_from_the_lowest_zoom_to_the_highest(service: Sandbox, zoom: int) -> None:
    down, up = max(0, Z - zoom), max(0, zoom - Z)
    assert ask(zoom, X >> down << up, Y >> down << up).status_code == 200


def test_without_a_service_there_are_no_tiles(use: Callable[..., None]) -> None:
    use()
    assert code(ask(*HERE)) == "maps.no_tile"
    assert registry.described() is None


def test_what_the_app_is_told(service: Sandbox) -> None:
    assert registry.described() == {
        "layers": 2,
        "datum": "gcj02",
        "credit": "示意 审图号：GS(2024)0000号",
        "min_zoom": 9,
        "max_zoom": 18,
    }


@pytest.mark.parametrize(
    ("fault", "status", "words"),
    [
        ("timeout", 503, "maps.tiles_away"),
        ("500", 503, "maps.tiles_away"),
        ("reject", 404, "maps.no_tile"),
        ("page", 404, "maps.no_tile"),
    ],
)
def test_faults_of_the_service(service: Sandbox, fault: str, status: int, words: str) -> None:
    kept = ask(*HERE).content
    service.fault(tiles=fault)
    answer = ask(*BESIDE)
    assert (answer.status_code, code(answer)) == (status, words)
    assert answer.has_header("Retry-After") == (status == 503)
    assert ask(*HERE).content == kept, "what is kept is shown all the same"
    service.fault(tiles="ok")
    assert ask(*BESIDE).status_code == 200, "a refusal is not kept"


def test_a_service_that_stays_away_is_left_alone(service: Sandbox) -> None:
    service.fault(tiles="500")
    for _ in range(6):
        assert ask(*HERE).status_code == 503
    service.fault(tiles="ok")
    assert code(ask(*HERE)) == "maps.tiles_away"
    assert registry.source().source.outbound.breaker.is_open  # type: ignore[attr-defined]


def test_nobody_listens(use: Callable[..., None]) -> None:
    use(f"http://127.0.0.1:{closed_port()}/{{z}}/{{x}}/{{y}}")
    assert code(ask(*HERE)) == "maps.tiles_away"


def test_a_wrong_key_is_no_tile(service: Sandbox, settings: Settings, use: Callable[..., None]) -> None:
    use(settings.MAP.layers[0].replace(KEY, "other"))
    assert code(ask(*HERE)) == "maps.no_tile"


def test_another_service_shows_nothing_of_the_first(
    service: Sandbox, settings: Settings, use: Callable[..., None]
) -> None:
    ground = ask(*HERE).content
    use(settings.MAP.layers[1])
    assert ask(*HERE).content != ground


@pytest.mark.parametrize("left", [b"", b"half a file", pickle.dumps(9e9) + b"packed wrongly"])
def test_a_damaged_file_is_fetched_anew(service: Sandbox, left: bytes) -> None:
    whole = ask(*HERE).content
    (kept,) = KEPT.glob("*.djcache")
    kept.write_bytes(left)
    assert ask(*HERE).content == whole
    service.fault(tiles="500")
    assert ask(*HERE).content == whole, "and kept again"


def test_a_folder_that_takes_nothing_still_shows_a_map(service: Sandbox) -> None:
    ask(*HERE)
    shutil.rmtree(KEPT)
    KEPT.touch()  # as an administrator the tests may write anywhere else
    try:
        assert [ask(*HERE).status_code, ask(*HERE).status_code] == [200, 200]
    finally:
        KEPT.unlink()


def test_neither_the_key_nor_the_place_is_written_down(
    service: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    answers = []
    with caplog.at_level(logging.DEBUG):
        answers.append(ask(*HERE))
        for fault in ("timeout", "reject", "500", "page"):
            service.fault(tiles=fault)
            answers.append(ask(*BESIDE))
        answers.append(ask(Z, X + 40, Y))
    clocks = {
        "created",
        "msecs",
        "relativeCreated",
        "thread",
        "process",
        "lineno",
    }  # any number may stand in these
    told = caplog.text + str(
        [{key: value for key, value in vars(entry).items() if key not in clocks} for entry in caplog.records]
    )
    assert "outside system failed" in told
    assert "tile service answered no picture" in told
    refusals = [answer.content.decode() for answer in answers if answer.status_code != 200]
    assert len(refusals) == 5
    for secret in (KEY, str(X), str(X + 1), str(X + 40), str(Y), "/tiles/"):
        assert secret not in told
        assert secret not in str(refusals)


def test_the_brake(use: Callable[..., None], caplog: pytest.LogCaptureFixture) -> None:
    use()
    with time_machine.travel(1_800_000_000, tick=False):
        assert {ask(*HERE).status_code for _ in range(600)} == {404}
        answer = ask(*HERE)
    assert (answer.status_code, code(answer)) == (429, "maps.too_often")
    assert 0 < int(answer["Retry-After"]) <= 60
    assert str(X) not in caplog.text


def test_the_datum_changes_what_the_app_is_told(service: Sandbox, settings: Settings) -> None:
    settings.MAP = replace(settings.MAP, datum="cgcs2000")
    told = registry.described()
    assert told is not None
    assert told["datum"] == "cgcs2000"
    assert ask(*HERE).status_code == 200
