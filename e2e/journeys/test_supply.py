"""What a hall offers changes, and nobody is left without word: template, closure, one place more.

Everything is about days to come, so the hour at which this runs doesn't matter.
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect
from support import hall
from support.applicant import Applicant, checked, stranger
from support.booking import booked
from support.citizen import Citizen
from support.city import City
from support.faults import page_faults
from support.officer import Officer

ANSWERS = {"level": "primary", "base": "household"}


@pytest.fixture
def group(city: City) -> str:
    """The counters' id for the app."""
    hall.renewed(city, hall.TEACHER)
    places = city.get(f"/api/v1/booking/items/{hall.TEACHER.item}/places")
    return str(next(place["group"] for place in places if place["group_name"] == hall.TEACHER.name))


@pytest.fixture
def others(city: City) -> Iterator[list[Applicant]]:
    """Two who came first."""
    with ExitStack() as stack:
        people = [Applicant.logged_in(city, stranger()) for _ in range(2)]
        for one in people:
            stack.enter_context(closing(one.http))
        yield people


def in_days(count: int) -> date:
    return hall.today().date() + timedelta(days=count)


def book(applicant: Applicant, group: str, day: date, nth: int = 0) -> Any:
    return booked(applicant, group, hall.TEACHER.item, ANSWERS, day=day, nth=nth)


def test_a_template_changes(
    citizen: Citizen, applicant: Applicant, officer: Officer, city: City, group: str
) -> None:
    """The manager sees whom it hits before it is done; the person gets the new time."""
    booking = book(applicant, group, in_days(2))
    page = open_hall(officer, city)
    plans = page.get_by_role("region", name=f"{hall.TEACHER.name}的号源计划")
    plans.get_by_role("link", name=re.compile("^修改")).click()
    page.get_by_label("第1行开始").fill("10:00")
    page.get_by_role("button", name="核对影响").click()
    expect(page.get_by_role("heading", name=re.compile(r"\d+ 个预约要改约"))).to_be_visible()
    hit = page.get_by_role("row").filter(has_text=booking["number"])
    expect(hit).to_contain_text("已预约")
    expect(hit).not_to_contain_text(applicant.person.name)
    assert page_faults(officer.page) == []
    assert now(applicant, booking)["starts_at"] == booking["starts_at"], "seeing the impact changes nothing"
    page.get_by_role("button", name="确认执行").click()
    officer.sees(re.compile(r"号源计划已保存；\d+ 个预约已改到最近的时段.*本人会收到通知"))
    said = citizen.message("您的预约时间有调整")
    moved = now(applicant, booking)
    expect(said).to_contain_text(re.compile("改到.*10:00"))
    assert (moved["state"], f"{starts(moved):%H:%M}") == ("confirmed", "10:00")
    citizen.tap("去看看")
    citizen.sees("10:00–11:00")
    give_up(applicant, booking)


def test_a_day_is_closed(
    citizen: Citizen, applicant: Applicant, officer: Officer, city: City, group: str
) -> None:
    day, reason = in_days(5), "配电检修"
    booking = book(applicant, group, day)
    page = open_hall(officer, city)
    page.get_by_role("link", name="停办", exact=True).click()
    page.get_by_label("范围").select_option(label=hall.TEACHER.name)
    page.get_by_label("开始").fill(f"{day}T00:00")
    page.get_by_label("结束").fill(f"{day}T23:59")
    page.get_by_label(re.compile("原因")).fill(reason)
    page.get_by_role("button", name="核对影响").click()
    expect(page.get_by_role("row").filter(has_text=booking["number"])).to_be_visible()
    assert page_faults(officer.page) == []
    page.get_by_role("button", name="确认执行").click()
    officer.sees(re.compile("停办已生效；.*本人会收到通知"))
    expect(citizen.message("您的预约时间有调整")).to_contain_text(reason)
    assert starts(now(applicant, booking)).date() != day
    give_up(applicant, booking)
    page.get_by_role("button", name=re.compile(f"撤销.*{reason}")).first.click()
    page.get_by_role("button", name="确认执行").click()
    officer.sees(re.compile("停办已撤销"))


def test_one_place_more(
    citizen: Citizen,
    applicant: Applicant,
    others: list[Applicant],
    officer: Officer,
    city: City,
    group: str,
) -> None:
    """The day is full and somebody waits; the manager adds a place, and it is theirs to confirm."""
    day = in_days(6)
    held = [(one, book(one, group, day, nth)) for nth, one in enumerate(others)]
    wait(citizen, group, day)
    page = open_hall(officer, city)
    page.get_by_role("link", name="当日号源").click()
    page.get_by_label("日期").fill(day.isoformat())
    page.get_by_label("窗口组").select_option(label=hall.TEACHER.name)
    page.get_by_role("button", name="查看").click()
    row = page.get_by_role("row").filter(has_text="09:00–10:00")
    expect(row).to_contain_text("已约 1")
    assert page_faults(officer.page) == []
    row.get_by_role("button", name="09:00 普通号加一个").click()
    expect(row).to_contain_text("共 2")
    citizen.message("候补有号了，请尽快确认")
    citizen.tap("去看看")
    citizen.step("核对并确认")
    citizen.tap("确认预约")
    citizen.sees("预约好了。")
    citizen.sees("09:00–10:00")
    mine = checked(applicant.http.get("/bookings", params={"state": "open"})).json()["items"]
    for one, booking in [*held, (applicant, mine[0])]:
        give_up(one, booking)


def wait(citizen: Citizen, group: str, day: date) -> None:
    """On the full day, wait for a place."""
    citizen.open(f"pages/booking/choose?item={hall.TEACHER.item}")
    citizen.sees(re.compile("最早可约"))
    for question in citizen.page.get_by_role("radiogroup").all():
        question.get_by_role("radio").first.click()
    citizen.page.get_by_role("link").filter(has_text=hall.TEACHER.name).first.click()
    citizen.step("选时间")
    citizen.named(re.compile(f"{day.month}月{day.day}日"), role="radio").first.click()
    citizen.sees(re.compile("这一天已约满"))
    citizen.tap("我要候补")
    citizen.tap("登记候补")
    citizen.sees("您排在第一位")


def open_hall(officer: Officer, city: City) -> Any:
    officer.log_in(hall.MANAGER)
    officer.page.goto(f"{city.console}/appointments/supply/city/")
    return officer.page


def now(applicant: Applicant, booking: Any) -> Any:
    return checked(applicant.http.get(f"/bookings/{booking['id']}")).json()


def starts(booking: Any) -> datetime:
    return datetime.fromisoformat(booking["starts_at"]).astimezone(hall.CHINA)


def give_up(applicant: Applicant, booking: Any) -> None:
    """Leave the place to whoever walks this way next."""
    checked(applicant.http.post(f"/bookings/{booking['id']}/cancel", json={"reason": ""}))
