"""A hall's machines: kiosk and calling screen, read from afar and touched by everybody."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from support import hall
from support.axe import overflows, violations
from support.city import City
from support.measure import small_targets, small_texts
from support.watch import watched

#: Width and height of what halls have: kiosks lying and upright, a wall screen.
KIOSK = [(1280, 800), (1080, 1920), (1366, 768)]
SCREEN = [(1920, 1080), (1366, 768)]


@pytest.fixture
def machine(browser: Browser, city: City) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    page = context.new_page()
    with watched(page, city.hosts):
        yield page
    context.close()


def test_pairing(machine: Page, city: City) -> None:
    machine.goto(f"{city.app}/hall/")
    assert faults(machine, KIOSK) == []
    machine.get_by_label("配对码").fill("00000000")
    machine.get_by_role("button", name="配对").click()
    expect(machine.get_by_role("alert")).to_be_visible()
    assert faults(machine, KIOSK) == []


def test_a_kiosk(machine: Page, city: City) -> None:
    """Its first page, a code that is refused, and a number for today."""
    hall.opened(city, hall.NOTARY)
    hall.pair(machine, city, "kiosk", "二楼自助机")
    assert faults(machine, KIOSK) == []
    machine.keyboard.type("ZJ1.forged")
    machine.keyboard.press("Enter")
    expect(machine.get_by_role("alert")).to_be_visible()
    assert faults(machine, KIOSK) == []
    machine.get_by_role("link", name="返回").click()
    machine.get_by_role("link", name="取现场号").click()
    expect(machine.get_by_role("heading", name="请选择要办的事")).to_be_visible()
    assert faults(machine, KIOSK) == []
    machine.get_by_role("button", name="公证").click()
    expect(machine.get_by_role("heading", name="您的票号")).to_be_visible()
    assert faults(machine, KIOSK) == []


def test_a_screen(machine: Page, city: City) -> None:
    hall.pair(machine, city, "screen", "二楼叫号屏")
    expect(machine.get_by_role("heading", name="等候人数")).to_be_visible()
    assert faults(machine, SCREEN) == []
    machine.set_viewport_size({"width": 1920, "height": 1080})
    assert machine.evaluate("document.documentElement.scrollHeight") <= 1080, "nobody scrolls a screen"


def faults(page: Page, sizes: list[tuple[int, int]]) -> list[str]:
    found = []
    for width, height in sizes:
        page.set_viewport_size({"width": width, "height": height})
        found += [f"at {width}: {one}" for one in violations(page)]
        found += [f"at {width}: target {one}" for one in small_targets(page, 60)]
        found += [f"at {width}: text {one}" for one in small_texts(page, 16)]
        if overflows(page):
            found.append(f"wider than {width}")
    return found
