"""Who holds a case is gone, asked, or logged out: the work goes on, and no typed word is lost."""

import re

from playwright.sync_api import expect
from support.applicant import Applicant
from support.axe import overflows, violations
from support.citizen import Citizen
from support.city import City
from support.desk import ACCEPTED, REVIEWING, bring
from support.officer import PASSWORD, Officer

OPINION = "申请人已连续居住满半年，租赁合同与居住登记一致，材料齐全，建议准予。" * 6


def test_a_colleague_finishes_what_an_absent_officer_held(
    officer: Officer, citizen: Citizen, applicant: Applicant, city: City
) -> None:
    """接手 with a reason; then 离岗, which lists what is held and hands it on; the citizen gets the decision."""
    case = applicant.submitted()
    bring(city, case["number"], ACCEPTED, REVIEWING)  # ga_case1 holds it
    page = officer.page
    officer.log_in("ga_case2")
    officer.open_case(case["number"])
    officer.sees("这个办件正由其他人员办理，请先接手或请对方转办")
    officer.act("接手", reason="原办理人住院，由我接着办理")
    assert "办理人 我" in officer.state()
    officer.sees("原办理人住院，由我接着办理")

    officer.log_in("ga_case1")
    officer.open_case(case["number"])
    officer.sees(re.compile("原办理人.*原办理人住院，由我接着办理"))
    assert "谢素云" in officer.state()

    officer.log_in("zw_system1")
    page.goto(f"{city.console}/organizations/?search=谢素云")
    page.get_by_role("link", name="谢素云").click()
    officer.sees(case["number"])
    leave = page.locator("form", has=page.get_by_role("heading", name="离岗"))
    leave.get_by_label("交给一位同事").check()
    receivers = leave.locator("select option")
    chosen = next(one for one in receivers.all_inner_texts() if "经办人员" in one)
    leave.locator("select").select_option(label=chosen)
    assert violations(page) == []
    page.once("dialog", lambda dialog: dialog.accept())
    leave.get_by_role("button", name="设为离岗").click()
    try:
        officer.sees(re.compile("已设为离岗.*办件.*交给.*办理时限照常计算"))
        officer.log_in("ga_case1")
        officer.open_case(case["number"])
        officer.act("提交审查意见", choose="建议准予", opinion="材料齐全，建议准予。")
        officer.log_in("ga_approve1")
        officer.open_case(case["number"])
        officer.act("作出决定", choose="准予", opinion="同意。")
        citizen.look(case["id"])
        citizen.sees(re.compile("准予|已批准|批准了"))
    finally:
        officer.log_in("zw_system1")
        page.goto(f"{city.console}/organizations/?search=谢素云")
        page.get_by_role("link", name="谢素云").click()
        page.get_by_role("button", name="恢复在岗").click()
        officer.sees("已恢复在岗")


def test_the_session_ends_in_the_middle_of_an_opinion(
    officer: Officer, applicant: Applicant, city: City
) -> None:
    case = applicant.submitted()
    bring(city, case["number"], ACCEPTED, REVIEWING)
    page = officer.page
    officer.log_in("ga_case1")
    officer.open_case(case["number"])
    form = officer.form("提交审查意见")
    form.get_by_label("建议准予", exact=True).check()
    form.locator("[name='opinion']").fill(OPINION)
    page.context.clear_cookies(name="sessionid")
    form.locator("button[type=submit]").click()
    officer.sees("登录已到期，这次没有提交")
    expect(form.locator("[name='opinion']")).to_have_value(OPINION)  # still there, before any log-in
    again = page.get_by_role("link", name="重新登录，回到这一页")
    assert violations(page) == []
    page.keyboard.press("Tab")
    expect(again).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_label("用户名").fill("ga_case1")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_label("密码").press("Enter")
    page.wait_for_url(re.compile(case["number"]))
    officer.sees("已恢复您没有提交的内容")
    expect(form.locator("[name='opinion']")).to_have_value(OPINION)
    expect(form.get_by_label("建议准予", exact=True)).to_be_checked()
    assert violations(page) == []
    officer.send(form)
    assert "待决定" in officer.state()
    officer.sees(OPINION)
    assert drafts(officer) == []


def test_the_token_is_gone_too_and_another_person_sees_nothing(
    officer: Officer, applicant: Applicant, city: City
) -> None:
    case = applicant.submitted()
    bring(city, case["number"], ACCEPTED, REVIEWING)
    page = officer.page
    officer.log_in("ga_case1")
    officer.open_case(case["number"])
    form = officer.form("提交审查意见")
    form.locator("[name='opinion']").fill(OPINION)
    page.context.clear_cookies()
    form.locator("button[type=submit]").click()
    officer.sees("登录已到期，这次没有提交")
    page.get_by_role("link", name="重新登录，回到这一页").click()
    assert len(drafts(officer)) == 1
    page.get_by_label("用户名").fill("ga_case2")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_label("密码").press("Enter")
    page.wait_for_url(re.compile(case["number"]))
    expect(page.locator(".draft-note, #lost-drafts")).to_have_count(0)
    assert drafts(officer) == []


def test_logging_out_forgets_what_was_typed(officer: Officer, applicant: Applicant, city: City) -> None:
    case = applicant.submitted()
    bring(city, case["number"], ACCEPTED, REVIEWING)
    officer.log_in("ga_case1")
    officer.open_case(case["number"])
    officer.form("提交审查意见").locator("[name='opinion']").fill(OPINION)
    assert len(drafts(officer)) == 1
    officer.page.locator(".zj-person summary").click()
    officer.page.get_by_role("button", name="退出登录").click()
    officer.page.wait_for_url(re.compile("login"))
    assert drafts(officer) == []


def test_the_warning_before_the_end_lets_work_go_on(officer: Officer, city: City) -> None:
    """Shown by the page's own clock; it takes no focus, covers no way out, and one press goes on."""
    page = officer.page
    officer.log_in("ga_case1")
    page.clock.install()
    page.goto(f"{city.console}/cases/")
    box = page.locator("#session")
    expect(box).to_be_hidden()
    page.route(
        "**/console/session/",
        lambda route: route.abort() if route.request.method == "GET" else route.continue_(),
    )
    page.clock.fast_forward("56:00")
    expect(box).to_be_visible()
    officer.sees(re.compile("长时间没有操作，4 分钟后将退出登录"))
    assert violations(page) == []
    for width in (320, 1024, 1366):
        page.set_viewport_size({"width": width, "height": 768})
        assert not overflows(page), width
    page.set_viewport_size({"width": 1366, "height": 768})
    page.get_by_role("button", name="继续工作").click()
    expect(box).to_be_hidden()
    page.clock.fast_forward("01:01:00")
    officer.sees("登录已到期。您填写的内容还在，重新登录后会恢复。")
    expect(page.get_by_role("link", name="重新登录，回到这一页")).to_be_visible()


def test_an_extension_is_asked_seen_granted_and_another_taken_back(
    officer: Officer, citizen: Citizen, applicant: Applicant, city: City
) -> None:
    case, page = applicant.submitted(), officer.page
    bring(city, case["number"], ACCEPTED, REVIEWING)
    officer.log_in("ga_case1")
    officer.open_case(case["number"])
    officer.act("申请延期", days="5", reason="需要到原户籍地核实")
    assert "待批延期" in officer.state()
    officer.press("撤回延期申请")
    assert "待批延期" not in officer.state()
    officer.act("申请延期", days="3", reason="需要等待公安户籍部门复函")
    officer.log_in("ga_approve1")
    page.goto(f"{city.console}/")
    tile = page.get_by_role("link", name=re.compile("待批延期"))
    expect(tile.first).to_be_visible()
    for width in (1024, 1366):
        page.set_viewport_size({"width": width, "height": 768})
        assert not overflows(page), width
    assert violations(page) == []
    page.get_by_role("link", name=case["number"]).click()
    officer.act("批准延期", reason="等待户籍部门复函，延长三个工作日")
    citizen.look(case["id"])
    citizen.sees("等待户籍部门复函，延长三个工作日")


def drafts(officer: Officer) -> list[str]:
    found: list[str] = officer.page.evaluate(
        "Object.keys(sessionStorage).filter(key => key.startsWith('zj-draft:'))"
    )
    return found
