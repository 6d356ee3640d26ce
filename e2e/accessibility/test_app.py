"""Every page of the app: axe without violations, readable, reachable, never wider than the phone."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from support.axe import overflows, violations
from support.citizen import Citizen
from support.city import City
from support.faults import size_faults
from support.measure import cut_words
from support.pages import PERSONAL, PUBLIC, address
from support.ready import ready
from support.watch import watched

MODES = ["normal", "elder", "english"]
PHONES = {"normal": "19900001003", "elder": "19900001007", "english": ""}
WIDTHS = [320, 375, 768, 1440]
#: Besides the phone's own 375: the widest in one mode, the narrowest also with the largest letters.
AXE_AT = {"normal": [320, 1440], "elder": [320], "english": []}


@pytest.fixture(scope="module", params=MODES)
def reader(request: pytest.FixtureRequest, browser: Browser, city: City) -> Iterator[tuple[str, Citizen]]:
    """A phone in one mode, chosen as a person chooses it: on the home page."""
    mode = request.param
    context = browser.new_context(viewport={"width": 375, "height": 812}, locale="zh-CN", has_touch=True)
    page = context.new_page()
    with watched(page, city.hosts):
        citizen = Citizen(page, city, PHONES[mode])
        citizen.open()
        if mode == "elder":
            citizen.tap(re.compile("长辈版"))
        if mode == "english":
            citizen.tap("English")
        yield mode, citizen
    context.close()


@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page(reader: tuple[str, Citizen], path: str) -> None:
    mode, citizen = reader
    visit(citizen, path)
    assert faults(citizen.page, mode) == []


def test_the_pages_of_a_person(reader: tuple[str, Citizen]) -> None:
    mode, citizen = reader
    if mode != "english":
        visit(citizen, "pages/login/index")
        citizen.log_in()
        ready(citizen.page)
        for path in PERSONAL:
            visit(citizen, path)
            assert faults(citizen.page, mode) == [], path


def visit(citizen: Citizen, path: str) -> None:
    citizen.load(address(citizen.city, path))
    citizen.page.get_by_role("main").wait_for()
    ready(citizen.page)


def faults(page: Page, mode: str) -> list[str]:
    found = violations(page) + size_faults(page, mode)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 812})
        if overflows(page):
            found.append(f"wider than {width}")
        if width in AXE_AT[mode]:
            found += [f"at {width}: {one}" for one in violations(page)]
    page.set_viewport_size({"width": WIDTHS[0], "height": 812})
    found += [f"at {WIDTHS[0]}: {one}" for one in cut_words(page, largest=mode == "elder")]
    page.set_viewport_size({"width": 375, "height": 812})
    return found
