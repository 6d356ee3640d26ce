"""One visit from beginning to end, in elder mode: booked on the phone, reminded, checked in by the QR code, called on
the screen, served at the counter, rated.

The hall is open around the clock, so the hour at which this runs doesn't matter. The booking is for tomorrow, so that
its reminder is due, and is then moved to today.
"""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from support import hall
from support.citizen import Citizen
from support.city import City
from support.faults import faults
from support.inside import run_now
from support.officer import Officer
from support.qr import scanned
from support.watch import watched

_OFFICER = "sf_case1"
_TICKET = re.compile(r"\bG\d{3}\b")
_FREE = re.compile(r"余 [1-9]\d* 个")


@pytest.fixture
def at_hall(browser: Browser) -> Iterator[BrowserContext]:
    """Each machine has a browser of its own; this one is a kiosk's."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN")
    yield context
    context.close()


@pytest.fixture
def on_wall(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1920, "height": 1080}, locale="zh-CN")
    yield context
    context.close()


def test_a_visit(
    citizen: Citizen,
    officer: Officer,
    city: City,
    at_hall: BrowserContext,
    on_wall: BrowserContext,
) -> None:
    if hall.left_of_today() < timedelta(minutes=15):
        pytest.skip("the day in China ends within minutes, and a visit is of one day")
    hall.opened(city, hall.NOTARY)
    kiosk = hall.machine(at_hall, city, "kiosk", "一楼东侧签到机")
    screen = hall.machine(on_wall, city, "screen", "一楼叫号屏")
    citizen.tap(re.compile("长辈版"))
    with watched(kiosk, city.hosts), watched(screen, city.hosts):
        book(citizen, days_ahead=1)
        be_reminded(citizen, city)
        come_today(citizen)
        number = check_in(citizen, kiosk)
        be_served(citizen, officer, screen, number)
    rate(citizen)


def book(citizen: Citizen, *, days_ahead: int) -> None:
    citizen.open(f"pages/guide/index?code={hall.NOTARY.item}")
    citizen.tap("预约", exact=True)
    citizen.step("预约到大厅办")
    citizen.sees(re.compile("最早可约"))
    for question in citizen.page.get_by_role("radiogroup").all():
        question.get_by_role("radio").first.click()
    citizen.page.get_by_role("link").filter(has_text=hall.NOTARY.name).first.click()
    citizen.step("选时间")
    choose(citizen, days_ahead)
    citizen.tap(re.compile("^约 "))
    citizen.step("核对并确认")
    citizen.tap("确认预约")
    citizen.sees("预约好了。")


def choose(citizen: Citizen, days_ahead: int) -> None:
    """The first free time of a day."""
    day = hall.today() + timedelta(days=days_ahead)
    chip = citizen.page.get_by_role("radio", name=re.compile(f"{day.month}月{day.day}日")).first
    chip.click()
    expect(chip).to_have_attribute("aria-checked", "true")
    halves = citizen.page.get_by_role("radiogroup", name=re.compile("^(上午|下午)$"))
    time = halves.get_by_role("radio", name=_FREE).first
    time.click()
    expect(time).to_have_attribute("aria-checked", "true")


def be_reminded(citizen: Citizen, city: City) -> None:
    run_now(city, "zhijian.appointments.tasks.upkeep.remind")
    expect(citizen.message("您的预约快到了")).to_contain_text("公证")
    assert faults(citizen.page, "elder") == []
    citizen.tap("去看看")


def come_today(citizen: Citizen) -> None:
    citizen.tap("改时间")
    citizen.step("改时间")
    choose(citizen, 0)
    citizen.tap(re.compile("^改到 "))
    citizen.sees(re.compile("时间已改为"))
    citizen.sees(re.compile("现在可以签到"))


def check_in(citizen: Citizen, kiosk: Page) -> str:
    """The scanner types what the code says, and Enter; the ticket's number."""
    code = scanned(citizen.named("签到二维码", role="img").first)
    kiosk.goto(kiosk.url)
    kiosk.keyboard.type(code)
    kiosk.keyboard.press("Enter")
    expect(kiosk.get_by_role("heading", name="您的票号")).to_be_visible()
    found = _TICKET.search(kiosk.get_by_role("heading", level=1).inner_text())
    assert found
    citizen.sees(found.group(), seconds=10)
    citizen.sees("已签到")
    assert faults(citizen.page, "elder") == []
    return found.group()


def be_served(citizen: Citizen, officer: Officer, screen: Page, number: str) -> None:
    """Called on the screen by itself, and on the phone; then served."""
    window = f"{hall.NOTARY.number}号窗口"
    officer.log_in(_OFFICER)
    page = officer.page
    page.goto(f"{officer.city.console}/counter/")
    page.get_by_role("button", name=re.compile(f"在.*{window}开窗")).click()
    call(page, number)
    newest = screen.get_by_role("row").filter(has_text=number)
    expect(newest).to_contain_text(window, timeout=5_000)
    citizen.sees(f"请 {number} 号到 {hall.NOTARY.number} 号窗口", seconds=10)
    page.keyboard.press("Enter")  # begins to serve
    expect(page.get_by_role("button", name="办完")).to_be_visible()
    citizen.sees("正在为您办理", seconds=10)
    page.keyboard.press("Enter")
    officer.sees(f"{number} 号已办完。")
    page.get_by_role("button", name="关窗").click()
    officer.sees(f"{window}已关窗。")


def call(page: Page, number: str) -> None:
    """Whoever else took a number before is not there any more."""
    shown = page.locator("#now-title")
    page.get_by_role("button", name="叫下一位").click()
    expect(shown).to_contain_text(_TICKET)
    while number not in shown.inner_text():
        page.get_by_role("button", name="已离开", exact=True).click()
        page.get_by_role("button", name="叫下一位").click()
        expect(shown).to_contain_text(_TICKET)


def rate(citizen: Citizen) -> None:
    """Asked at once, in the inbox and on the booking."""
    citizen.sees("这次预约已办理。", seconds=10)
    citizen.gone(re.compile("时间已改为"))
    expect(citizen.named("评价这次服务")).to_be_visible()
    citizen.message("请评价这次办理")
    citizen.tap("去看看")
    citizen.step("评价")
    citizen.page.get_by_role("radiogroup", name="总体评价").get_by_role("radio").nth(4).click()
    assert faults(citizen.page, "elder") == []
    citizen.tap("提交评价")
    citizen.sees(re.compile("评价了 5 星，谢谢。"))
    expect(citizen.named("评价这次服务")).to_have_count(0)
    assert faults(citizen.page, "elder") == []
