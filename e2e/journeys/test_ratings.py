"""One star for a case: put right within its time, called back, published, and in the public figures. Five stars for a
counter, by the code on its slip.
"""

import re
import secrets

from playwright.sync_api import Locator, Page, expect
from support.applicant import Applicant
from support.citizen import Citizen
from support.city import City
from support.desk import WAY, bring
from support.faults import faults, page_faults
from support.inside import run_now, until
from support.officer import Officer
from support.qr import scanned

HEAD, OFFICER, OFFICER_NAME = "ga_approve1", "ga_case1", "费清源"
WHY = "回访前需要与评价人联系"


def test_a_low_rating(citizen: Citizen, applicant: Applicant, officer: Officer, city: City) -> None:
    case = applicant.submitted()
    bring(city, case["number"], *WAY)
    comment, outcome = f"跑了三次{secrets.token_hex(3)}", f"已改为一次告知{secrets.token_hex(3)}"
    rate(citizen, case["id"], comment)
    address = assign(officer, comment)
    put_right(officer, address)
    publish(officer, address, outcome)
    run_now(city, "zhijian.ratings.tasks.refresh_figures")
    figures = until(lambda: published(city, outcome), seconds=20, every=1)
    assert figures["stars"] == 1
    citizen.open("pages/mine/access-log")
    citizen.sees(re.compile(WHY))


def test_the_code_of_a_counter(app: Page, officer: Officer, city: City) -> None:
    """Scanned by somebody who never logged in; good for one rating."""
    stranger = Citizen(app, city, "")
    hall, code = issue(officer)
    app.goto(code)
    stranger.sees("评价窗口服务")
    stranger.sees(hall)
    stranger.page.get_by_role("radiogroup", name="总体评价").get_by_role("radio").nth(4).click()
    assert faults(app) == []
    stranger.tap("提交评价")
    stranger.sees("您评了 5 星，谢谢。")
    app.reload()
    stranger.sees("这个码已经评价过了")
    assert faults(app) == []
    officer.page.goto(f"{city.console}/ratings/codes/")
    expect(officer.page.get_by_role("row").nth(1)).to_contain_text("已评价")


def issue(officer: Officer) -> tuple[str, str]:
    """The hall, and the address that the visitor's phone reads from the slip."""
    page = officer.page
    officer.log_in("ga_window1")
    page.goto(f"{officer.city.console}/ratings/codes/")
    assert page_faults(page) == []
    hall = page.get_by_label("大厅", exact=True).locator("option:checked").inner_text()
    page.get_by_label("窗口号").fill("A03")
    page.get_by_role("button", name="出评价码").click()
    officer.sees("请您评价本次服务")
    assert page_faults(page) == []
    return hall, scanned(page.locator(".rating-code"))


def rate(citizen: Citizen, case: str, comment: str) -> None:
    citizen.look(case)
    citizen.tap("评价这次办理")
    citizen.page.get_by_role("radiogroup", name="总体评价").get_by_role("radio").first.click()
    citizen.page.get_by_role("group", name="哪里要改进").get_by_role("checkbox").first.click()
    citizen.fill("想说的话", comment)
    assert page_faults(citizen.page) == []
    citizen.tap("提交评价")
    citizen.sees(re.compile("评价了 1 星"))


def assign(officer: Officer, comment: str) -> str:
    """The order is there by itself, with its clock; its address."""
    officer.log_in(HEAD)
    page = officer.page
    page.goto(f"{officer.city.console}/ratings/poor/")
    page.get_by_role("row").filter(has_text="公安局").get_by_role("link", name="待派单").first.click()
    officer.sees(comment)
    officer.sees(re.compile("本环节 .*前完成"))
    assert page_faults(page) == []
    form = act(page, "派单")
    form.get_by_label("承办人").select_option(label=f"{OFFICER_NAME}（公安局）")
    form.get_by_role("button", name="派单").click()
    officer.sees("已完成：派单。")
    return page.url


def put_right(officer: Officer, address: str) -> None:
    """Whoever is assigned sees the phone number for a reason that its owner can read."""
    officer.log_in(OFFICER)
    page = officer.page
    page.goto(address)
    page.get_by_label(re.compile("查看联系方式的理由")).fill(WHY)
    page.get_by_role("button", name="查看姓名和手机号").click()
    officer.sees(re.compile("联系人：.*对方可以看到您查看过"))
    assert page_faults(page) == []
    page.goto(address)
    say(page, "登记联系", "已电话致歉并说明情况")
    say(page, "提交整改结果", "已修订一次性告知单")


def publish(officer: Officer, address: str, outcome: str) -> None:
    officer.log_in(HEAD)
    page = officer.page
    page.goto(address)
    say(page, "回访满意", "评价人表示满意")
    say(page, "公开整改结果", outcome)
    officer.sees("已公开")
    assert page_faults(page) == []


def say(page: Page, action: str, words: str) -> None:
    form = act(page, action)
    form.get_by_role("textbox").fill(words)
    form.get_by_role("button", name=action).click()
    expect(page.get_by_text(f"已完成：{action}。")).to_be_visible()


def act(page: Page, action: str) -> Locator:
    details = page.locator("details", has=page.locator("summary", has_text=re.compile(rf"^\s*{action}\s*$")))
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    return details.locator("form")


def published(city: City, outcome: str) -> dict[str, object] | None:
    outcomes = city.get("/api/v1/ratings/figures")["outcomes"]
    return next((one for one in outcomes if one["outcome"] == outcome), None)
