"""Where it is: a pin on the city's map, by finger, by keyboard alone, or by where the phone is; and what is seen of it."""

import re
import secrets

import pytest
from playwright.sync_api import Locator, Page, expect
from support.citizen import Citizen
from support.city import City
from support.faults import faults, page_faults
from support.officer import Officer

#: Satellites' coordinates; the map's lie some hundred metres off.
IN_THE_CITY = {"latitude": 31.0545, "longitude": 112.3105}
ELSEWHERE = {"latitude": 39.9, "longitude": 116.4}
CHINESE = ("红绿灯与交通标志", "下一步", "标题", "详细情况", "在地图上选")
ENGLISH = ("Traffic lights and signs", "Next", "Title", "Details", "On the map")
TITLE = "路口红绿灯不亮"


@pytest.fixture
def stranger(app: Page, city: City) -> Citizen:
    """A phone on which nobody logged in."""
    return Citizen(app, city, "")


def to_the_map(citizen: Citizen, words: tuple[str, ...]) -> Locator:
    """Up to the map of a new request."""
    category, onwards, title, details, way = words
    citizen.open("pages/ticket/new?kind=report")
    citizen.tap(re.compile(f"^{category}"), role="radio")
    citizen.tap(onwards, exact=True)
    citizen.tap("不亮", role="radio")
    citizen.fill(title, TITLE)
    citizen.fill(details, f"今天早上开始红绿灯不亮，行人过街很危险，灯杆编号{secrets.randbelow(10**6)}。")
    citizen.tap(onwards, exact=True)
    citizen.tap(way, role="radio")
    view = citizen.page.get_by_role("application")
    expect(view).to_be_visible()
    return view


def tap(page: Page, view: Locator, across: float, down: float) -> None:
    """At a share of the map's width and height; then the map moves there."""
    view.scroll_into_view_if_needed()
    box = view.bounding_box()
    assert box
    page.touchscreen.tap(box["x"] + box["width"] * across, box["y"] + box["height"] * down)
    page.wait_for_timeout(600)


def test_by_finger_in_elder_mode(citizen: Citizen, officer: Officer) -> None:
    """Two taps go in; a drag brings the pin to the spot; the region follows from it, and the office sees the place."""
    citizen.tap(re.compile("长辈版"))
    page, view = citizen.page, to_the_map(citizen, CHINESE)
    assert faults(page, "elder") == []
    citizen.tap("下一步", exact=True)
    citizen.sees("请在地图上选地点")
    tap(page, view, 0.45, 0.5)
    citizen.sees("地图还不够细")
    tap(page, view, 0.5, 0.55)
    citizen.sees("图钉所指：")
    assert faults(page, "elder") == []
    first = page.get_by_role("status").filter(has_text="图钉所指").inner_text()
    drag(page, view, by=140)
    expect(page.get_by_role("status").filter(has_text="图钉所指")).not_to_have_text(first)
    citizen.tap("下一步", exact=True)
    citizen.tap("提交", exact=True)
    citizen.sees("已收到您的诉求")
    found = re.search(r"SQ\w+", page.get_by_role("main").inner_text())
    assert found
    citizen.tap("查看诉求")
    citizen.sees("街道")  # the region of the point: nobody named it
    citizen.tap("在地图上看")
    expect(page.get_by_role("application")).to_be_visible()
    assert faults(page, "elder") == []
    officer.log_in("zw_ticket1")
    officer.page.goto(f"{officer.city.console}/tickets/{found.group()}/")
    expect(officer.page.get_by_role("application", name=re.compile("^地图"))).to_be_visible()
    assert page_faults(officer.page) == []


def drag(page: Page, view: Locator, *, by: int) -> None:
    """The map, sideways."""
    box = view.bounding_box()
    assert box
    x, y = box["x"] + box["width"] * 0.3, box["y"] + box["height"] * 0.4
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + by / 2, y, steps=4)
    page.mouse.move(x + by, y, steps=4)
    page.mouse.up()
    page.wait_for_timeout(600)


def test_by_keyboard_alone_in_english(stranger: Citizen) -> None:
    stranger.open()
    stranger.tap("English")
    page, view = stranger.page, to_the_map(stranger, ENGLISH)
    expect(view).to_have_accessible_name(re.compile("arrow keys"))
    page.get_by_role("button", name="Use where I am now").focus()
    page.keyboard.press("Tab")
    expect(view).to_be_focused()
    for _ in range(7):
        page.keyboard.press("+")
        page.wait_for_timeout(350)
    page.keyboard.press("ArrowRight")
    stranger.sees("The pin is at")
    assert faults(page, "english") == []
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Zoom in")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # out again: what was chosen stays
    stranger.sees("The pin is at")
    stranger.tap("Next", exact=True)
    stranger.tap("Send anonymously", role="switch")
    stranger.tap("Send anonymously", exact=True)
    stranger.sees("We have received your request")


def test_where_the_phone_is(stranger: Citizen) -> None:
    """Asked only by the button; a place in another city, or none, is said in words, and another way stays open."""
    page = stranger.page
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation(ELSEWHERE)
    to_the_map(stranger, CHINESE)
    stranger.tap("用我现在的位置")
    stranger.sees("图钉已指到地图上的这个位置")
    stranger.tap("下一步", exact=True)
    stranger.sees("这个位置不在本市")
    page.context.set_geolocation(IN_THE_CITY)
    stranger.tap("用我现在的位置")
    stranger.sees("图钉所指：")
    page.context.clear_permissions()
    stranger.tap("用我现在的位置")
    stranger.sees("没有读取到位置")
    stranger.tap("下一步", exact=True)
    stranger.sees("匿名提交")


def test_without_the_map_an_address_is_enough(stranger: Citizen) -> None:
    page = stranger.page
    page.route("**/public/map.json", lambda route: route.abort())
    stranger.open("pages/ticket/new?kind=report")
    stranger.tap(re.compile("^红绿灯与交通标志"), role="radio")
    stranger.tap("下一步", exact=True)
    stranger.tap("不亮", role="radio")
    stranger.fill("标题", TITLE)
    stranger.fill("详细情况", "今天早上开始红绿灯不亮，行人过街很危险。")
    stranger.tap("下一步", exact=True)
    stranger.tap("在地图上选", role="radio")
    retry = page.get_by_role("button", name="重试")
    expect(retry).to_be_visible()
    assert faults(page, "normal") == []
    page.unroute("**/public/map.json")
    retry.click()
    expect(page.get_by_role("application")).to_be_visible()


def test_halls_are_shown_on_it(stranger: Citizen) -> None:
    stranger.open("pages/guide/index?code=990100GA0001000")
    stranger.page.get_by_role("main").wait_for()
    stranger.tap("在地图上看")
    expect(stranger.page.get_by_role("application")).to_have_accessible_name(re.compile("的地图"))
    assert faults(stranger.page, "normal") == []
    stranger.tap("收起地图")
    expect(stranger.page.get_by_role("application")).to_have_count(0)


def test_public_requests_are_shown_on_it(stranger: Citizen) -> None:
    """Each is reached by keyboard, too, and the list below says the same."""
    page = stranger.page
    stranger.open("pages/ticket/answers")
    stranger.tap("在地图上看")
    board = page.get_by_role("application")
    expect(board).to_be_visible()
    marks = board.get_by_role("button")
    expect(marks.first).to_be_visible()
    assert faults(page, "normal") == []
    first = marks.first
    name = first.get_attribute("title")
    assert name
    expect(page.get_by_role("main").get_by_role("list").get_by_text(name).first).to_be_visible()
    first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()
