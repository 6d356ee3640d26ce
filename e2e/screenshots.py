"""Makes the README's pictures from a running demo city: ``python e2e/screenshots.py`` (see docs/screenshots)."""

import re
import tempfile
from collections.abc import Callable
from pathlib import Path

from conftest import CHROMIUM, FLAGS
from playwright.sync_api import Browser, Page, sync_playwright
from support.booking import bookable
from support.citizen import Citizen
from support.city import City
from support.officer import Officer
from support.pages import address
from support.prepared import copied_city

FOLDER = Path(__file__).resolve().parents[1] / "docs/screenshots"
CITIZEN = "19900001004"
FREE = re.compile(r"余 [1-9]\d* 个")


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as home,
        copied_city(Path(home)) as city,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        phone(browser, city)
        desk(browser, city)
        browser.close()


def phone(browser: Browser, city: City) -> None:
    context = browser.new_context(
        viewport={"width": 375, "height": 760}, device_scale_factor=2, locale="zh-CN", reduced_motion="reduce"
    )
    citizen = Citizen(context.new_page(), city, CITIZEN)
    keep = keeper(citizen.page)
    citizen.open()
    keep("home")
    citizen.tap(re.compile("长辈版"))
    keep("elder")
    citizen.tap(re.compile("长辈版|标准版"))
    citizen.open("pages/guide/index?code=990100GA0002000")
    for answer in ("在这里居住", "租的房子", "第一次办"):
        citizen.tap(answer, role="radio")
    citizen.page.mouse.wheel(0, -5000)
    keep("guide")
    citizen.tap("在线办理")
    citizen.log_in()
    citizen.step("申请人")
    keep("wizard")
    citizen.open("pages/case/list")
    citizen.page.get_by_role("link").filter(has_text="居住证申领").last.click()
    keep("case")
    hall_and_voices(citizen, keep)
    context.close()


def hall_and_voices(citizen: Citizen, keep: Callable[[str], None]) -> None:
    """A time at a hall; what is published; where people are asked and answered."""
    page = citizen.page
    wanted = bookable(citizen.city)
    citizen.open(f"pages/booking/choose?item={wanted['code']}")
    citizen.sees(re.compile("最早可约"))
    for question in page.get_by_role("radiogroup").all():
        question.get_by_role("radio").first.click()
    page.get_by_role("link").filter(has_text=wanted["place"]["hall"]["name"]).first.click()
    citizen.step("选时间")
    page.get_by_role("radio", name=FREE).first.click()
    keep("booking")
    citizen.open(address(citizen.city, "pages/content/article?id={policy}"))
    keep("article")
    citizen.open(address(citizen.city, "pages/consultation/answer?id={survey}"))
    keep("survey")
    citizen.open("pages/ticket/list")
    page.get_by_role("link").filter(has_text="SQ").first.click()
    citizen.sees("办理时限")
    keep("ticket")
    on_the_map(citizen)
    keep("place")


def on_the_map(citizen: Citizen) -> None:
    """A new request, with the pin where two taps brought it."""
    page = citizen.page
    citizen.open("pages/ticket/new?kind=report")
    citizen.tap(re.compile("路灯不亮"), role="radio")
    citizen.tap("下一步", exact=True)
    for question in page.get_by_role("radiogroup").all():
        question.get_by_role("radio").first.click()
    citizen.fill("标题", "公园东门路灯不亮")
    citizen.fill("详细情况", "公园东门向北的两盏路灯昨晚起不亮，走路看不清。")
    citizen.tap("下一步", exact=True)
    citizen.tap("在地图上选", role="radio")
    board = page.get_by_role("application")
    board.evaluate("board => board.scrollIntoView({ block: 'center' })")
    for across, down in ((0.45, 0.5), (0.5, 0.6)):
        box = board.bounding_box()
        assert box
        page.mouse.click(box["x"] + box["width"] * across, box["y"] + box["height"] * down)
        page.wait_for_timeout(800)
    citizen.sees("图钉所指：")
    board.evaluate("board => board.scrollIntoView({ block: 'center' })")


def desk(browser: Browser, city: City) -> None:
    context = browser.new_context(
        viewport={"width": 1366, "height": 768}, locale="zh-CN", reduced_motion="reduce"
    )
    officer = Officer(context.new_page(), city)
    keep = keeper(officer.page)
    officer.log_in("ga_window1")
    officer.page.goto(f"{city.console}/cases/")
    keep("console-queue")
    officer.page.locator("table a", has_text="YZ").nth(1).click()
    keep("console-case")
    officer.log_in("zw_supervise1")
    officer.page.goto(f"{city.console}/supervision/")
    keep("console-supervision")
    officer.log_in("zw_ticket1")
    officer.page.goto(f"{city.console}/tickets-dispatching/")
    keep("console-tickets")
    officer.log_in("zw_hall1")
    officer.page.goto(f"{city.console}/hall-day/")
    keep("console-hall")
    context.close()


def keeper(page: Page) -> Callable[[str], None]:
    def keep(name: str) -> None:
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(600)
        page.screenshot(path=FOLDER / f"{name}.png")

    return keep


if __name__ == "__main__":
    main()
