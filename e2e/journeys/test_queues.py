"""Every queue says what each row is about, at the desks' widths, and keeps the keyboard's place."""

import re

import pytest
from playwright.sync_api import Page, expect
from support.applicant import Applicant
from support.city import City
from support.measure import crowded
from support.officer import Officer

QUEUES = [
    ("ga_window1", "/cases/", ".queue"),
    ("zw_ticket1", "/tickets/?desk=all", ".queue"),
    ("zw_supervise1", "/ratings/orders/?desk=open", ".table"),
    ("zw_edit1", "/consultations/", ".table"),
    ("zw_operate1", "/messages/", ".table"),
]


def twice(page: Page, table: str) -> list[str]:
    """What stands under a title although its own column shows it."""
    told: list[str] = page.locator(f"{table} tbody tr").evaluate_all(
        """rows => rows.flatMap(row => {
            const said = [...row.querySelectorAll('.also > span')].filter(one => one.checkVisibility())
            const cells = [...row.cells].filter(one => one.checkVisibility()).map(one => one.innerText.trim())
            return said.map(one => one.innerText.trim()).filter(words => words && cells.includes(words))
        })"""
    )
    return told


@pytest.mark.parametrize(("who", "path", "table"), QUEUES)
def test_rows_say_what_they_are_about(who: str, path: str, table: str, officer: Officer, city: City) -> None:
    officer.log_in(who)
    page = officer.page
    for width in (1024, 1366):
        page.set_viewport_size({"width": width, "height": 768})
        page.goto(f"{city.console}{path}")
        expect(page.locator(f"{table} tbody tr").first).to_be_visible()
        assert crowded(page, table) == [], (path, width)
        assert twice(page, table) == [], (path, width)


def test_claiming_keeps_the_place_of_the_keyboard(officer: Officer, applicant: Applicant, city: City) -> None:
    number = applicant.submitted()["number"]
    officer.log_in("ga_window1")
    page = officer.page
    page.goto(f"{city.console}/cases/?state=submitted")
    row = page.locator(".queue tbody tr", has=page.get_by_role("link", name=number))
    link = row.get_by_role("link", name=number)
    link.focus()
    page.keyboard.press("c")
    expect(row).to_have_attribute("data-mine", "")
    expect(link).to_be_focused()
    expect(page.locator("tr.here")).to_have_count(1)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(f"/cases/{number}/"))


def test_a_row_that_left_the_list_gives_its_place_to_the_next(
    officer: Officer, applicant: Applicant, city: City
) -> None:
    applicant.submitted()
    officer.log_in("ga_window1")
    page = officer.page
    page.goto(f"{city.console}/cases/?desk=unclaimed")
    rows = page.locator(".queue tbody tr")
    expect(rows.nth(1)).to_be_visible()
    page.keyboard.press("j")
    claimed, following = (rows.nth(place).locator("a.open").inner_text() for place in (0, 1))
    page.keyboard.press("c")
    expect(page.get_by_role("link", name=claimed)).to_have_count(0)
    expect(page.get_by_role("link", name=following)).to_be_focused()
