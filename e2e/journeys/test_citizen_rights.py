"""What is the citizen's own: to withdraw, to urge, to keep, to know who looked, and to be left alone by others."""

import re
import time
from contextlib import closing

from playwright.sync_api import Browser, Page, expect
from support.applicant import Applicant, stranger
from support.citizen import Citizen
from support.city import City
from support.officer import Officer

ITEM = "990100YB0026000"  # 跨省异地就医备案


def test_withdrawing(citizen: Citizen, applicant: Applicant, officer: Officer) -> None:
    case = applicant.submitted()
    citizen.look(case["id"])
    citizen.tap("撤回申请")
    citizen.tap("撤回申请")
    citizen.sees("请填写撤回原因")
    citizen.fill("撤回原因", "已经搬走")
    citizen.tap("撤回申请")
    citizen.sees("您已撤回这次申请")
    officer.log_in("ga_window1")
    officer.open_case(case["number"])
    assert "已撤回" in officer.state()


def test_urging_once_a_day(citizen: Citizen, applicant: Applicant, officer: Officer) -> None:
    case = applicant.submitted()
    citizen.look(case["id"])
    citizen.tap("催办")
    citizen.fill("想对经办部门说的话", "孩子下周入学，麻烦您了")
    citizen.tap("催办")
    citizen.sees("已催办，经办部门会看到。")
    citizen.look(case["id"])
    expect(citizen.named("催办", exact=True)).to_have_count(0)
    again = applicant.http.post(f"/cases/{case['id']}/urge", json={"note": ""})
    assert again.is_client_error
    assert "今天已经催办过" in again.text
    officer.log_in("ga_window1")
    officer.open_case(case["number"])
    officer.sees(re.compile("申请人已催办"))
    officer.sees(re.compile("孩子下周入学"))


def test_favourites(citizen: Citizen) -> None:
    citizen.open(f"pages/guide/index?code={ITEM}")
    citizen.tap("收藏", exact=True)
    expect(citizen.named("已收藏")).to_be_visible()
    citizen.open("pages/mine/favourites")
    citizen.tap(re.compile("异地就医"), role="link")
    citizen.tap("已收藏")
    expect(citizen.named("收藏", exact=True)).to_be_visible()
    citizen.open("pages/mine/favourites")
    citizen.sees("您还没有收藏事项")


def test_proving_who_one_is(app: Page, city: City) -> None:
    """A wrong checksum is told before anything is sent; then on to what was wanted."""
    person = stranger()
    citizen = Citizen(app, city, person.phone)
    citizen.open("pages/login/index")
    citizen.log_in()
    citizen.open("pages/me/index")
    citizen.sees("在线办理前，需要完成实名认证。")
    citizen.open(f"pages/guide/index?code={ITEM}")
    citizen.tap(re.compile("自己想去外地看病"), role="radio")
    citizen.tap("在线办理")
    citizen.fill("姓名", person.name)
    citizen.fill("身份证号码", with_wrong_checksum(person.id_number))
    citizen.tap("开始认证")
    citizen.sees("身份证号码不对，请核对 18 位号码")
    citizen.fill("身份证号码", person.id_number)
    with app.expect_response(re.compile("/me/real-name")) as answer:
        citizen.tap("开始认证")
    assert answer.value.ok, answer.value.text()
    citizen.step("就医的人")
    citizen.open("pages/me/index")
    citizen.sees("已实名")


def with_wrong_checksum(number: str) -> str:
    return number[:-1] + ("1" if number[-1] == "0" else "0")


def test_who_looked(citizen: Citizen, applicant: Applicant, officer: Officer) -> None:
    """Clear personal data need a reason, and the citizen reads it."""
    case = applicant.submitted()
    officer.log_in("ga_window1")
    officer.open_case(case["number"])
    answers = officer.page.locator("#answers")
    expect(answers.get_by_text(applicant.person.id_number)).to_have_count(0)
    officer.page.get_by_text("查看完整信息").click()
    officer.page.get_by_label("查看理由").fill("看")
    officer.page.get_by_role("button", name="查看", exact=True).click()
    expect(answers.get_by_role("alert")).to_be_visible()
    expect(answers.get_by_text(applicant.person.id_number)).to_have_count(0)
    officer.page.get_by_label("查看理由").fill("与户籍系统核对申请人身份")
    officer.page.get_by_role("button", name="查看", exact=True).click()
    expect(answers.get_by_text(applicant.person.id_number).first).to_be_visible()
    citizen.open("pages/mine/access-log")
    citizen.sees(re.compile("公安局.*窗口人员"))
    citizen.sees("原因：与户籍系统核对申请人身份")
    citizen.gone("汤立新")


def test_another_persons_case(citizen: Citizen, applicant: Applicant, city: City) -> None:
    """Its address gives what an address that never was gives."""
    other = Applicant.logged_in(city, stranger())
    with closing(other.http):
        theirs = other.begun(ITEM, {"kind": "other"})
    for case_id in (theirs, "0" * 26):
        citizen.open(f"pages/case/detail?id={case_id}")
        citizen.page.reload()
        citizen.sees("没有找到这个办件")
        citizen.gone(re.compile("异地就医"))


def test_ending_a_session(earlier: tuple[Applicant, float], app: Page, city: City, browser: Browser) -> None:
    """A device that one does not know is signed out from the one in the hand."""
    applicant, since = earlier
    context = browser.new_context(viewport={"width": 375, "height": 812}, locale="zh-CN")
    other = Citizen(context.new_page(), city, applicant.person.phone)
    other.carry(applicant.token)
    other.open("pages/mine/sessions")
    other.sees("本机")
    time.sleep(max(0, 61 - (time.monotonic() - since)))  # a phone gets one code a minute
    citizen = Citizen(app, city, applicant.person.phone)
    citizen.open("pages/login/index")
    citizen.log_in()
    citizen.open("pages/mine/sessions")
    citizen.tap("让它退出：测试手机")
    citizen.gone("测试手机")
    citizen.sees("本机")
    other.open("pages/case/list")
    other.sees(re.compile("登录后查看您的办件|请重新登录|登录已失效"))
    other.open("pages/me/index")
    expect(other.named("登录", exact=True)).to_be_visible()
    context.close()
