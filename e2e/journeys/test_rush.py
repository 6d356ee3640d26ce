"""Two dates that many want: one with a queue, walked in elder mode to its end, one with a draw, walked in English. The
console shows both without persons.
"""

import re
import secrets
from contextlib import ExitStack, closing
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect
from support import hall
from support.applicant import Applicant, checked, stranger
from support.citizen import Citizen
from support.city import City
from support.clerk import logged_in
from support.faults import faults, page_faults
from support.inside import run_now, until
from support.officer import Officer

SCHOOL = hall.Counters("school", "入学登记", "V", "jy", "990100JY0042000", "A27", hall.TWO_A_DAY)
HAULAGE = hall.Counters("haulage", "货运许可", "W", "jt", "990100JT0038000", "A28", hall.TWO_A_DAY)
DAYS_AHEAD = 4


@pytest.fixture
def town(city: City) -> City:
    if hall.left_of_today() < timedelta(minutes=5):
        pytest.skip("the day in China ends within minutes, and a rush is of one day")
    return city


def test_a_queue(citizen: Citizen, officer: Officer, town: City) -> None:
    """Two places: one person is before us and takes the first, one comes after us and finds none."""
    opens = hall.today() + timedelta(seconds=45)
    rush = arranged(town, SCHOOL, "queue", "秋季入学现场登记", opens, opens + timedelta(minutes=30))
    with ExitStack() as phones:
        first, last = (phones.enter_context(closing(phone(town))) for _ in range(2))
        joined(first, rush)
        citizen.tap(re.compile("长辈版"))
        citizen.open(f"pages/booking/time?item={SCHOOL.item}&group={group_of(town, SCHOOL)}")
        citizen.named(re.compile(chip(opens)), role="radio").first.click()
        citizen.sees("这一天想约的人多")
        assert faults(citizen.page, "elder") == []
        citizen.tap("去排队")
        citizen.tap("登记排队")
        citizen.sees("您前面还有 1 人")
        citizen.sees("您是第 2 位")
        assert faults(citizen.page, "elder") == []
        joined(last, rush)
        seats = until(lambda: slots(first, rush), seconds=60, every=1)
        assert book(first, rush, seats[0]).status_code == 201
        citizen.sees("轮到您了", seconds=90)
        citizen.page.get_by_role("radiogroup", name="还有号的时间").get_by_role("radio").last.click()
        assert faults(citizen.page, "elder") == []
        with citizen.page.expect_response(re.compile(rf":{town.rush_port}/rush/v1/bookings")) as booking:
            citizen.tap("约这个时间")
        assert booking.value.status == 201
        citizen.sees("预约好了。")
        late = until(lambda: refused(last, rush, seats[1]), seconds=60, every=1)
        assert late["code"] == "appointments.slot_full"
        assert re.search("[\u4e00-\u9fff]", late["title"])
    figures(officer, rush, {"已排队": 3, "剩余": 0})


def test_a_draw(citizen: Citizen, officer: Officer, town: City) -> None:
    """Nobody is first: whoever entered before the end has the same chance, and can work the order out."""
    opens = hall.today() + timedelta(seconds=5)
    closes = opens + timedelta(seconds=45)
    rush = arranged(town, HAULAGE, "draw", "货运许可集中办理", opens, closes)
    citizen.tap("English")
    citizen.open(f"pages/booking/rush?id={rush}")
    citizen.sees("Haulage permits")
    wishes = citizen.page.get_by_role("group", name=re.compile("^Times you want"))
    wishes.get_by_role("checkbox").nth(1).click(timeout=30_000)
    wishes.get_by_role("checkbox").nth(0).click()
    expect(wishes).to_contain_text("Wish 1:")
    assert faults(citizen.page, "english") == []
    citizen.tap("Enter the draw")
    citizen.sees("You are in the draw.")
    citizen.sees("Entries are closed", seconds=90)
    run_now(town, "zhijian.appointments.tasks.rush.settle_due_draws")
    citizen.sees("You got a place", seconds=60)
    citizen.tap("How to check that the draw is fair")
    citizen.sees(re.compile("[0-9a-f]{64}"))
    assert faults(citizen.page, "english") == []
    figures(officer, rush, {"已报名": 1, "剩余": 1})
    officer.sees("已抽签")


def arranged(
    city: City, counters: hall.Counters, mode: str, name: str, opens: datetime, closes: datetime
) -> str:
    """By the hall's manager, over all places of one day; the rush's id."""
    hall.opened(city, counters)
    day = (opens + timedelta(days=DAYS_AHEAD)).date().isoformat()
    with logged_in(city, hall.MANAGER) as manager:
        made = manager.post(
            "/appointments/rushes/new/",
            name=name,
            name_en="Haulage permits" if mode == "draw" else "School enrolment",
            item_code=counters.item,
            region=region(manager.http.get("/appointments/rushes/new/").text),
            first_date=day,
            last_date=day,
            mode=mode,
            joins_from=typed(opens if mode == "draw" else opens - timedelta(hours=1)),
            opens_at=typed(opens),
            closes_at=typed(closes),
            per_second="1",
            window_minutes="10",
        )
    key = re.search(r"/rushes/(\w{26})/", str(made.url))
    assert key, made.url
    return key[1]


def region(page: str) -> str:
    """The first that the form offers."""
    offered = re.search(r'name="region".*?<option value="([^"]+)"', page, re.DOTALL)
    assert offered
    return offered[1]


def typed(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")[:19]


def chip(opens: datetime) -> str:
    day = opens + timedelta(days=DAYS_AHEAD)
    return f"{day.month}月{day.day}日"


def group_of(city: City, counters: hall.Counters) -> str:
    places = city.get(f"/api/v1/booking/items/{counters.item}/places")
    return str(next(place["group"] for place in places if place["group_name"] == counters.name))


def phone(city: City) -> Any:
    return Applicant.logged_in(city, stranger()).http


def joined(http: Any, rush: str) -> None:
    checked(http.post(f"/rushes/{rush}/join", json={"wishes": []}))


def slots(http: Any, rush: str) -> list[str] | None:
    """The places, once their turn has come."""
    place = checked(http.get(f"/rushes/{rush}/place")).json()
    found = checked(http.get(f"/rushes/{rush}")).json()["slots"]
    return [one["id"] for one in found] if place["phase"] == "your_turn" else None


def book(http: Any, rush: str, slot: str) -> Any:
    """Through the lane, as the app does."""
    lane = checked(http.get(f"/rushes/{rush}")).json()["lane"]
    key = secrets.token_hex(16)
    return http.post(f"{lane}/bookings", json={"slot": slot, "key": key}, headers={"Idempotency-Key": key})


def refused(http: Any, rush: str, slot: str) -> dict[str, str] | None:
    """What is said once their turn has come."""
    answer = book(http, rush, slot).json()
    return None if answer["code"] == "appointments.rush_only" else answer


def figures(officer: Officer, rush: str, expected: dict[str, int]) -> None:
    page = officer.page
    officer.log_in(hall.MANAGER)
    page.goto(f"{officer.city.console}/appointments/rushes/{rush}/")
    for words, count in expected.items():
        expect(page.locator(".tile", has_text=words).first).to_contain_text(str(count))
    assert page_faults(page) == []
