"""Every console page of every post: axe without violations, Chinese, no sideways scrolling."""

import re

import pytest
from playwright.sync_api import Page
from support.axe import overflows, violations
from support.city import City
from support.officer import Officer
from support.pages import BEHIND, CONSOLE
from support.ready import ready

WIDTHS = [320, 768, 1366, 1440]
AXE_AT = [320, 1440]  # 1366 has the same rules of style as 1440


@pytest.mark.parametrize("username", CONSOLE)
def test_the_pages_of_a_post(console: Page, city: City, username: str) -> None:
    officer = Officer(console, city)
    officer.log_in(username)
    for path in CONSOLE[username]:
        console.goto(city.console + path)
        assert faults(console) == [], path


@pytest.mark.parametrize(("username", "listed", "address"), BEHIND)
def test_a_page_behind_a_list(console: Page, city: City, username: str, listed: str, address: str) -> None:
    Officer(console, city).log_in(username)
    console.goto(city.console + listed)
    links = console.locator("main a").evaluate_all("all => all.map(one => one.href)")
    console.goto(next(link for link in links if re.search(address, link)))
    assert faults(console) == []


def test_a_case_page(console: Page, city: City) -> None:
    officer = Officer(console, city)
    officer.log_in("ga_window1")
    console.goto(f"{city.console}/cases/")
    console.locator("table a", has_text="YZ").first.click()
    console.locator("#acts").wait_for()
    assert faults(console) == []


@pytest.mark.parametrize(
    "campaign", ["社区流感疫苗免费接种", "冬季供暖报修夜间专线", "驾驶证换证提醒（草稿）"]
)
def test_a_campaign(console: Page, city: City, campaign: str) -> None:
    officer = Officer(console, city)
    officer.log_in("zw_operate1")
    console.goto(f"{city.console}/messages/")
    console.get_by_role("link", name=campaign).click()
    console.get_by_role("heading", name=campaign, level=1).wait_for()
    assert faults(console) == []


def test_the_log_in_page(console: Page, city: City) -> None:
    console.goto(f"{city.console}/login/")
    assert faults(console) == []


def faults(page: Page) -> list[str]:
    ready(page)
    found = violations(page)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 768})
        if overflows(page):
            found.append(f"wider than {width}")
        if width in AXE_AT:
            found += [f"at {width}: {one}" for one in violations(page)]
    page.set_viewport_size({"width": 1366, "height": 768})
    return found
