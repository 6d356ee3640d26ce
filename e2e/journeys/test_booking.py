"""A visit booked on the phone, step by step: hall, time, hold, booking, another time, cancelled.

Each page on the way is accessible, and in elder mode large enough (STANDARDS §4).
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, Page, expect
from support.applicant import Applicant, checked
from support.booking import bookable, confirmed, free_times, moved
from support.citizen import Citizen
from support.city import City
from support.faults import faults
from support.inside import run_now, until

CHINA = ZoneInfo("Asia/Shanghai")
_FREE = re.compile(r"余 [1-9]\d* 个")
_NUMBER = re.compile(r"预约号\s*(\w+)")


@pytest.mark.parametrize("mode", ["normal", "elder"])
def test_booking_changing_cancelling(citizen: Citizen, applicant: Applicant, city: City, mode: str) -> None:
    if mode == "elder":
        citizen.tap(re.compile("长辈版"))
    found = {step: faults(citizen.page, mode) for step in walk(citizen, city)}
    assert {step: wrong for step, wrong in found.items() if wrong} == {}
    bookings = checked(applicant.http.get("/bookings", params={"state": "past"})).json()["items"]
    assert [(one["state"], one["reason"], one["changes_left"]) for one in bookings] == [
        ("cancelled", "有事来不了", 2)
    ]


def walk(citizen: Citizen, city: City) -> Iterator[str]:
    """From the guide to the cancelled booking; yields at each page."""
    wanted = bookable(city)
    citizen.open(f"pages/guide/index?code={wanted['code']}")
    citizen.tap("预约", exact=True)
    citizen.step("预约到大厅办")
    citizen.sees(re.compile("最早可约"))
    yield "hall"
    for question in citizen.page.get_by_role("radiogroup").all():
        question.get_by_role("radio").first.click()
    citizen.page.get_by_role("link").filter(has_text=wanted["place"]["hall"]["name"]).first.click()
    citizen.step("选时间")
    choose(citizen, 0)
    yield "time"
    citizen.tap(re.compile("^约 "))
    citizen.step("核对并确认")
    citizen.sees(re.compile("号为您保留"))
    yield "confirm"
    citizen.tap("确认预约")
    citizen.sees("预约好了。")
    number, first = _number(citizen), _time(citizen)
    yield "booked"
    first_document(citizen)
    citizen.tap("改时间")
    citizen.step("改时间")
    choose(citizen, 1)
    yield "another time"
    citizen.tap(re.compile("^改到 "))
    citizen.sees(re.compile("时间已改为"))
    citizen.sees("还可以改 2 次时间。")
    assert _number(citizen) == number
    assert _time(citizen) != first
    yield "moved"
    citizen.open("pages/home/index")
    citizen.page.get_by_role("link").filter(has_text=_time_words(citizen)).first.click()
    citizen.tap("取消预约")
    citizen.fill("为什么取消", "有事来不了")
    yield "asked before cancelling"
    citizen.tap("取消预约")
    citizen.sees("已取消，号已让给别人。")
    yield "cancelled"
    citizen.open("pages/booking/list")
    citizen.tap("以前的", role="tab")
    citizen.sees("已取消")
    yield "past bookings"


def choose(citizen: Citizen, nth: int) -> None:
    """The ``nth`` free time of the day that the page shows first."""
    times = _times(citizen.page)
    expect(times.nth(nth)).to_be_visible(timeout=15_000)
    times.nth(nth).click()
    expect(times.nth(nth)).to_have_attribute("aria-checked", "true")


def _times(page: Page) -> Locator:
    halves = page.get_by_role("radiogroup", name=re.compile("^(上午|下午)$"))
    return halves.get_by_role("radio", name=_FREE)


def first_document(citizen: Citizen) -> None:
    """A tick on the list of documents is still there after a reload."""
    boxes = citizen.page.get_by_role("checkbox")
    if boxes.count():
        boxes.first.click()
        citizen.page.reload()
        expect(boxes.first).to_have_attribute("aria-checked", "true")


def _number(citizen: Citizen) -> str:
    found = _NUMBER.search(citizen.page.get_by_role("main").inner_text())
    assert found
    return found.group(1)


def _time(citizen: Citizen) -> str:
    found = re.search(r"什么时间\s*(\S+ \S+)", citizen.page.get_by_role("main").inner_text())
    assert found
    return found.group(1)


def _time_words(citizen: Citizen) -> re.Pattern[str]:
    """The home page's to-do strip shows the next booking."""
    citizen.sees("我的待办")
    return re.compile(r"\d+月\d+日.*\d\d:\d\d–\d\d:\d\d")


def test_there_and_back_and_there_again(citizen: Citizen, applicant: Applicant, city: City) -> None:
    """Whoever trusts the newest message comes at the right time, and is reminded of no other."""
    wanted = bookable(city)
    group, item, day = wanted["place"]["group"], wanted["code"], wanted["place"]["next_free"][:10]
    here, there, *_ = free_times(city, item, group, day)
    booking = confirmed(applicant, here["slot"])
    for number, time in enumerate((there, here, there), start=1):
        moved(applicant, booking, time["slot"])
        until(lambda number=number: len(_told(applicant, "预约已改期")) == number, seconds=30, every=0.5)
    expect(citizen.message("预约已改期")).to_contain_text(_words(there["starts_at"]))
    if day == _tomorrow():  # the hall may be closed tomorrow, then nobody is reminded today
        for _ in range(2):
            run_now(city, "zhijian.appointments.tasks.upkeep.remind")
        expect(citizen.message("您的预约快到了")).to_contain_text(_words(there["starts_at"]))
        assert len(_told(applicant, "您的预约快到了")) == 1


def _told(applicant: Applicant, title: str) -> list[Any]:
    items = checked(applicant.http.get("/messages")).json()["items"]
    return [one for one in items if one["title"] == title]


def _words(moment: str) -> str:
    local = datetime.fromisoformat(moment).astimezone(CHINA)
    return f"{local.month}月{local.day}日（周{'一二三四五六日'[local.weekday()]}）{local:%H:%M}"


def _tomorrow() -> str:
    return (datetime.now(CHINA) + timedelta(days=1)).date().isoformat()
