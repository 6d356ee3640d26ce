"""Where a request is, as the office sees it: on the city's map, on paper, and where no map can run."""

import re
import secrets
from collections.abc import Iterator
from contextlib import closing
from itertools import combinations
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    FloatRect,
    Locator,
    Page,
    expect,
)
from support.applicant import Applicant, checked
from support.applicant import stranger as somebody
from support.city import City, free_port
from support.faults import page_faults
from support.inside import until
from support.officer import Officer
from support.prepared import copied_city

A4 = 718
"""CSS pixels between the margins of the narrow side."""


def reported(city: City, latitude: float, words: str = "") -> str:
    """The number of what a citizen sent about a lamp there: in words of its own, else it would join another's."""
    key = {"Idempotency-Key": secrets.token_hex(16)}
    body = {
        "category": "street-lamp",
        "title": "路灯不亮",
        "body": f"路灯不亮，请修。灯杆编号{words or secrets.randbelow(10**9)}。",
        "answers": {"count": "one"},
        "place": {
            "kind": "map",
            "latitude": latitude,
            "longitude": 112.3105,
            "address": "公园南门",
        },
    }
    with closing(Applicant.logged_in(city, somebody()).http) as http:
        answer = checked(http.post("/tickets", json=body, headers=key)).json()
    return str(answer["ticket"]["number"])


def latitude() -> float:
    """Where streets are."""
    return 31.05 + secrets.randbelow(800) / 100_000


def map_of(officer: Officer, number: str) -> Locator:
    officer.page.goto(f"{officer.city.console}/tickets/{number}/")
    view = officer.page.get_by_role("application", name=re.compile("^地图：.*方向键移动"))
    expect(view.locator(".map-here")).to_be_visible()
    view.scroll_into_view_if_needed()
    return view


def box(place: Locator) -> FloatRect:
    found = place.bounding_box()
    assert found
    return found


def within(inner: FloatRect, outer: FloatRect) -> bool:
    return (
        outer["x"] <= inner["x"]
        and inner["x"] + inner["width"] <= outer["x"] + outer["width"]
        and outer["y"] <= inner["y"]
        and inner["y"] + inner["height"] <= outer["y"] + outer["height"]
    )


def apart(one: FloatRect, other: FloatRect) -> bool:
    return (
        one["x"] + one["width"] <= other["x"]
        or other["x"] + other["width"] <= one["x"]
        or one["y"] + one["height"] <= other["y"]
        or other["y"] + other["height"] <= one["y"]
    )


def points_at_the_middle(view: Locator) -> bool:
    """Whether the tip of the pin does."""
    pin, frame = box(view.locator(".map-here")), box(view)
    across = pin["x"] + 13 - frame["x"] - frame["width"] / 2
    down = pin["y"] + 34 - frame["y"] - frame["height"] / 2
    return abs(across) < 2 and abs(down) < 2


def test_a_pin_a_neighbour_and_names_by_keyboard_alone(officer: Officer, city: City) -> None:
    here, lamp = latitude(), str(secrets.randbelow(10**9))
    first, number = reported(city, here + 0.0008, lamp), reported(city, here, lamp)
    officer.log_in("zw_ticket1")
    view, page = map_of(officer, number), officer.page
    until(lambda: points_at_the_middle(view), seconds=5)
    expect(page.locator(".map-numbers")).to_contain_text(f"{first}，相距 89 米")
    numbers = view.locator(".map-count")
    expect(numbers).to_have_text(page.locator(".map-numbers b").all_inner_texts())
    expect(page.get_by_text(f"坐标 {here:.5f}，112.31050")).to_be_visible()  # and in words, beside the map
    names = view.locator(".map-name span")
    expect(view.locator(".map-name-road span").first).to_be_visible()
    boxes = [box(one) for one in [*names.all(), *numbers.all(), view.locator(".map-here")]]
    assert all(within(one, box(view)) for one in boxes)
    assert all(apart(*pair) for pair in combinations(boxes, 2))
    for width in (1366, 1024):
        page.set_viewport_size({"width": width, "height": 768})
        view.scroll_into_view_if_needed()
        assert page_faults(page) == []
    by_keyboard(page, view)
    officer.log_in("cg_ticket1")
    map_of(officer, number)
    officer.press("签收")  # the page's body is another one then, and has its map again
    expect(page.locator(".map-here")).to_be_visible()


def by_keyboard(page: Page, view: Locator) -> None:
    """From the column that it stands in: nearer, aside, and back by the buttons."""
    scale = view.locator(".leaflet-control-scale-line")
    far = scale.inner_text()
    view.focus()
    page.keyboard.press("+")
    expect(scale).not_to_have_text(far)
    until(lambda: points_at_the_middle(view), seconds=5)  # the map glides
    page.keyboard.press("ArrowRight")
    until(lambda: not points_at_the_middle(view), seconds=5)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="放大")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="缩小")).to_be_focused()
    page.keyboard.press("Enter")
    expect(scale).to_have_text(far)


@pytest.mark.parametrize("width", [1366, 1024])
def test_on_paper_nothing_of_it_is_cut(officer: Officer, city: City, width: int) -> None:
    number = reported(city, latitude())
    officer.log_in("zw_ticket1")
    page = officer.page
    page.set_viewport_size({"width": width, "height": 768})
    view = map_of(officer, number)
    seen = box(view)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": A4, "height": 1000})
    printed = box(view)
    assert (printed["width"], printed["height"]) == pytest.approx((seen["width"], seen["height"]), abs=1)
    assert within(printed, box(page.locator("#place")))
    assert printed["x"] + printed["width"] <= A4
    assert points_at_the_middle(view)
    expect(page.get_by_role("button", name="放大")).to_be_hidden()
    expect(page.locator("#place figcaption")).to_be_visible()


@pytest.fixture
def plain(browser: Browser) -> Iterator[BrowserContext]:
    """A desk on which no script runs."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, java_script_enabled=False)
    yield context
    context.close()


def test_without_a_script_there_is_a_sketch_and_the_same_words(
    officer: Officer, city: City, plain: BrowserContext
) -> None:
    here = latitude()
    number = reported(city, here)
    officer.log_in("zw_ticket1")
    plain.add_cookies(officer.page.context.cookies())  # type: ignore[arg-type]
    page = plain.new_page()
    page.goto(f"{city.console}/tickets/{number}/")
    sketch = page.get_by_role("img", name=re.compile("^地图："))
    expect(sketch).to_be_visible()
    expect(sketch.locator(".map-road").first).to_be_attached()
    expect(page.get_by_text(f"坐标 {here:.5f}，112.31050")).to_be_visible()


def test_the_sketch_stays_where_the_map_cannot_be_fetched(officer: Officer, city: City) -> None:
    number = reported(city, latitude())
    officer.log_in("zw_ticket1")
    page = officer.page
    page.route("**/console/map/", lambda route: route.abort())
    page.goto(f"{city.console}/tickets/{number}/")
    expect(page.get_by_role("img", name=re.compile("^地图："))).to_be_visible()
    assert page_faults(page) == []


@pytest.fixture
def tiled(tmp_path: Path) -> Iterator[City]:
    """A city whose map is a service's, by way of our own server."""
    port = free_port()
    service = f"http://127.0.0.1:{port}/tiles/v1/vec/{{z}}/{{x}}/{{y}}.png?tk=sandbox-secret"
    settings = {"MAP_TILES": service, "MAP_CREDIT": "示意 审图号：GS(2024)0000号"}
    with copied_city(tmp_path, SANDBOX_PORT=str(port), **settings) as city:
        yield city


def test_a_service_s_pictures_and_our_own_map_when_it_is_away(tiled: City, desk: BrowserContext) -> None:
    """The page calls nobody but us. Unwatched: a service that is away is answered by 503."""
    page = desk.new_page()
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(httpx.URL(request.url).netloc.decode()))
    officer = Officer(page, tiled)
    officer.log_in("zw_ticket1")
    view = map_of(officer, reported(tiled, 31.05))
    expect(view.locator("img.leaflet-tile-loaded").first).to_be_visible()
    assert view.locator("img.leaflet-tile-loaded").first.evaluate("one => one.naturalWidth") == 256
    expect(page.locator("#place figcaption")).to_have_text("示意 审图号：GS(2024)0000号")
    expect(view.locator(".map-name-road")).to_have_count(0)  # the pictures bring their names
    assert page_faults(page) == []
    page.emulate_media(media="print")
    expect(view.locator("img.leaflet-tile-loaded").first).to_be_visible()
    page.emulate_media(media="screen")
    httpx.post(f"{tiled.sandbox}/faults", json={"tiles": "500"}).raise_for_status()
    away = map_of(officer, reported(tiled, 31.09))
    expect(away.locator(".map-name-road span").first).to_be_visible()
    expect(away.locator("img.leaflet-tile-loaded")).to_have_count(0)
    expect(page.locator("#place figcaption")).not_to_contain_text("审图号：GS(2024)0000号")
    assert hosts == {f"127.0.0.1:{tiled.port}"}
