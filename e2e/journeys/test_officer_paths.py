"""What officers do beside approving, and what the citizen is told of it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, expect
from support.applicant import Applicant
from support.citizen import Citizen
from support.city import City
from support.desk import ACCEPTED, REVIEWED, REVIEWING, bring, desk_of
from support.officer import Officer

REASONS = "您的居住登记未满半年，不符合第二条规定的条件。"
LAW = "《居住证暂行条例》第二条"


def test_not_accepted(officer: Officer, citizen: Citizen, applicant: Applicant) -> None:
    """不予受理 needs reasons and law; the citizen reads both, and how to object."""
    case = applicant.submitted()
    officer.log_in("ga_window1")
    officer.open_case(case["number"])
    officer.act("不予受理", reasons=REASONS)
    officer.sees("请写明所依据的法律条款")
    officer.act("不予受理", law=LAW)
    assert "不予受理" in officer.state()
    citizen.look(case["id"])
    citizen.sees("没有受理这次申请，理由和救济途径见下方")
    reads_the_refusal(citizen)


def test_refused(officer: Officer, citizen: Citizen, applicant: Applicant, city: City) -> None:
    case = applicant.submitted()
    bring(city, case["number"], ACCEPTED, REVIEWING, REVIEWED)
    officer.log_in("ga_approve1")
    officer.open_case(case["number"])
    officer.act("作出决定", choose="不予", reasons=REASONS, law=LAW)
    assert "不予许可" in officer.state()
    citizen.look(case["id"])
    citizen.sees("没有批准这次申请，理由和救济途径见下方")
    reads_the_refusal(citizen)
    expect(citizen.named("决定书", role="link")).to_be_visible()


def reads_the_refusal(citizen: Citizen) -> None:
    for words in (
        REASONS,
        f"依据：{LAW}",
        "如果您不同意",
        re.compile("60日内.*申请行政复议.*6个月内.*人民法院"),
    ):
        citizen.sees(words)


def test_the_clock_stands_still(officer: Officer, citizen: Citizen, applicant: Applicant, city: City) -> None:
    """挂起 and 恢复: the citizen sees the clock stop, why, and go on."""
    case = applicant.submitted()
    bring(city, case["number"], ACCEPTED, REVIEWING)
    officer.log_in("ga_case1")
    officer.open_case(case["number"])
    form = officer.form("挂起（特别程序）")
    form.get_by_label("特别程序").select_option(label="鉴定")
    form.get_by_label("原因").fill("租赁合同的签名需要鉴定")
    officer.send(form)
    assert "已挂起" in officer.state()
    citizen.look(case["id"])
    citizen.sees("计时已暂停")
    citizen.sees(re.compile("起暂停计时：鉴定：租赁合同的签名需要鉴定"))
    officer.act("恢复审查", note="鉴定完毕，签名属实")
    citizen.look(case["id"])
    citizen.gone("计时已暂停")
    citizen.sees(re.compile("至.*暂停计时：鉴定"))
    citizen.sees("鉴定完毕，签名属实")


def test_an_extension(officer: Officer, citizen: Citizen, applicant: Applicant, city: City) -> None:
    """延期 is asked by one, approved by another, and told with its reason."""
    case = applicant.submitted()
    bring(city, case["number"], ACCEPTED, REVIEWING)
    due = applicant.case(case["id"])["clock"]["due_at"]
    officer.log_in("ga_case1")
    officer.open_case(case["number"])
    officer.act("申请延期", days="5", reason="需要到原户籍地核实")
    officer.sees("延期申请正在审批，请等待审批结果，或先撤回延期申请")
    officer.log_in("ga_approve1")
    officer.open_case(case["number"])
    officer.act("批准延期", reason="需要到您的原户籍地核实，延长五个工作日")
    citizen.look(case["id"])
    citizen.sees("经批准，时限已延长。")
    citizen.sees("需要到您的原户籍地核实，延长五个工作日")
    assert applicant.case(case["id"])["clock"]["due_at"] > due


def test_the_reviewer_does_not_decide(officer: Officer, applicant: Applicant, city: City) -> None:
    """审查与决定分离: also for somebody who holds both posts."""
    case = applicant.submitted()
    bring(city, case["number"], ACCEPTED)
    with post_held(officer, "谢素云", "审批人员", "云州市公安局"):
        bring(
            city,
            case["number"],
            ("ga_case2", "begin_review", {}),
            ("ga_case2", "pass_review", {"outcome": "approve", "opinion": "建议准予。"}),
        )
        officer.log_in("ga_case2")
        officer.open_case(case["number"])
        officer.sees("暂时不能“作出决定”")
        officer.sees("该事项要求审查与决定由不同人员作出")
        # … nor by a request that the page does not offer
        with desk_of(city, "ga_case2") as desk:
            answer = desk.act(case["number"], "decide", outcome="approve", opinion="准予。")
        assert answer.is_client_error
        assert "该事项要求审查与决定由不同人员作出" in answer.text
    assert applicant.case(case["id"])["state"] == "deciding"


@contextmanager
def post_held(officer: Officer, name: str, post: str, department: str) -> Iterator[None]:
    """While the block runs, the person holds one post more: granted and revoked by the system administrator."""
    page = officer.page
    page.once("dialog", lambda dialog: dialog.accept())
    open_person(officer, name)
    page.get_by_label("岗位", exact=True).select_option(label=post)
    page.get_by_label("管理范围").select_option(label=department)
    page.get_by_role("button", name="授予", exact=True).click()
    row = page.get_by_role("row", name=re.compile(f"^{post}"))
    expect(row).to_have_count(1)
    yield
    open_person(officer, name)
    if row.locator("summary").count():  # something is held: said what becomes of it
        row.locator("summary").click()
        row.get_by_label("放回待办").check()
    row.get_by_role("button", name=re.compile("撤销")).click()
    expect(row).to_have_count(0)


def open_person(officer: Officer, name: str) -> None:
    officer.log_in("zw_system1")
    officer.page.goto(f"{officer.city.console}/organizations/?search={name}")
    officer.page.get_by_role("link", name=name).click()


def test_two_claim_at_once(officer: Officer, applicant: Applicant, browser: Browser, city: City) -> None:
    """One gets the case; the other reads that it is taken and by whom it is held."""
    number = applicant.submitted()["number"]
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    other = Officer(context.new_page(), city)
    for one, username in ((officer, "ga_case1"), (other, "ga_case2")):
        one.log_in(username)
        one.open_case(number)
    claim = re.compile("认领$")
    for one in (officer, other):
        one.page.locator("#acts").get_by_role("button", name=claim).click(no_wait_after=True)
    told = [outcome(one) for one in (officer, other)]
    context.close()
    assert sorted(told) == ["taken", "won"]


def outcome(officer: Officer) -> str:
    won, taken = officer.page.get_by_text("已完成：认领"), officer.page.get_by_text("已由其他人员办理")
    expect(won.or_(taken).first).to_be_visible()
    return "won" if won.is_visible() else "taken"


def test_handed_to_a_colleague(officer: Officer, applicant: Applicant, city: City) -> None:
    number = applicant.submitted()["number"]
    bring(city, number, ACCEPTED)
    officer.log_in("ga_case1")
    officer.open_case(number)
    officer.press("认领")
    form = officer.form("转办")
    form.get_by_label("转给").select_option(label="谢素云")
    officer.send(form)
    officer.sees(re.compile("请填写转办的理由|请写明转办的理由|转办的理由"))
    form = officer.form("转办")
    form.get_by_label("转办原因").fill("下午外出核查，请接着办理")
    officer.send(form)
    assert "谢素云" in officer.state()
    officer.sees("这个办件正由其他人员办理，请先接手或请对方转办")
    officer.log_in("ga_case2")
    officer.page.goto(f"{city.console}/cases/?desk=mine")
    officer.sees(number)
    officer.open_case(number)
    officer.sees("下午外出核查，请接着办理")
    officer.press("开始审查")
    assert "审查中" in officer.state()
