"""民意征集 from the draft to what became of a comment: one citizen, an editor, a reviewer.

The consultation is open for a minute and a half, as long as the citizen needs, and then closes by its own clock.
"""

import re
import secrets
from datetime import datetime, timedelta, timezone

from playwright.sync_api import expect
from support.applicant import Applicant
from support.citizen import Citizen
from support.city import City
from support.clerk import Clerk, logged_in
from support.faults import faults, page_faults
from support.inside import until
from support.modes import in_each_mode
from support.officer import Officer

OPEN_FOR = timedelta(seconds=90)
CHINA = timezone(timedelta(hours=8))
COMMENT = "遛狗的时间请避开早上上学的时候。"
REPLY = "已写入第二条：7:30至8:30不得在学校周边遛犬。"


def test_from_comment_to_adoption(
    officer: Officer, citizen: Citizen, applicant: Applicant, city: City
) -> None:
    title = f"云州市养犬管理办法（征求意见稿）{secrets.token_hex(3)}"
    key = published(city, title)
    says(citizen, title)
    refused_kindly(citizen, key)
    officer.log_in("zw_edit1")
    shows_the_comment(officer, key)
    citizen.open("pages/consultation/list")
    citizen.page.get_by_role("link").filter(has_text=title).first.click()
    citizen.sees("我的意见")
    citizen.sees("已公开")
    assert applicant.http.get(f"/consultations/{key}/answers/mine").json()["answers"] == {
        "q1": "o1",
        "q2": "o2",
    }
    until(lambda: city.get(f"/api/v1/consultations/{key}")["phase"] == "closed", seconds=120, every=1)
    answers_it(officer, city, key)
    reads_what_became(citizen, key)


def published(city: City, title: str) -> str:
    """Written by one, published by another; its id."""
    opens = datetime.now(CHINA) - timedelta(seconds=1)
    with logged_in(city, "zw_edit1") as editor:
        made = editor.post("/consultations/new/", title=title, department="zw")
        key = re.search(r"/consultations/(\w+)/edit/", str(made.url))
        assert key
        _write(editor, key[1], title, opens)
        editor.post(f"/consultations/{key[1]}/do/submit/")
    with logged_in(city, "zw_review1") as reviewer:
        reviewer.judge(f"/consultations/{key[1]}/", f"/consultations/{key[1]}/do/publish/")
    assert city.get(f"/api/v1/consultations/{key[1]}")["phase"] == "open"
    return key[1]


def _write(editor: Clerk, key: str, title: str, opens: datetime) -> None:
    """One clause, and two questions of which the second follows from the first."""
    editor.post(
        f"/consultations/{key}/edit/",
        **{
            "title": title,
            "summary": "在哪里遛、什么时候遛，请您说",
            "background": "去年接到养犬纠纷一千二百件。",
            "audience": "全体市民",
            "contact": "0999-0112345",
            "opens_at": opens.isoformat(timespec="seconds")[:19],
            "closes_at": (opens + OPEN_FOR).isoformat(timespec="seconds")[:19],
            "clause": "c1",
            "c1-number": "第二条",
            "c1-title": "遛犬时间",
            "c1-text": "遛犬应当避开人流密集的时段。",
            "question": ["q1", "q2"],
            "q1-title": "您家养狗吗",
            "q1-kind": "single",
            "q1-required": "1",
            "q1-option-new": ["养", "不养"],
            "q2-title": "每天什么时候遛",
            "q2-kind": "single",
            "q2-required": "1",
            "q2-option-new": ["早上", "晚上"],
            "q2-show": "q1=o1",
            "do": "done",
        },
    )


def says(citizen: Citizen, title: str) -> None:
    """By the interact tab; what is written survives leaving the page."""
    citizen.open("pages/interact/index")
    citizen.tap(re.compile("民意征集"), role="link")
    citizen.sees("先听您的意见")
    assert faults(citizen.page) == []
    citizen.page.get_by_role("link").filter(has_text=title).first.click()
    citizen.sees("遛犬应当避开人流密集的时段。")
    citizen.sees(re.compile("0 人参加"))
    assert faults(citizen.page) == []
    citizen.tap("参加征集")
    citizen.fill(re.compile("意见：第二条"), COMMENT)
    citizen.page.reload()
    expect(citizen.page.get_by_role("textbox", name=re.compile("意见：第二条"))).to_have_value(COMMENT)
    assert faults(citizen.page) == []
    citizen.tap("下一步")
    citizen.gone("每天什么时候遛")
    citizen.tap("养", role="radio", exact=True)
    citizen.tap("下一步")
    citizen.sees(re.compile("每天什么时候遛：请回答这一题"))
    citizen.tap("晚上", role="radio", exact=True)
    assert faults(citizen.page) == []
    citizen.tap("下一步")
    citizen.sees("问卷回答了 2 题")


def refused_kindly(citizen: Citizen, key: str) -> None:
    """Two windows of one person: the second one's answer is not lost without a word."""
    second = citizen.page.context.new_page()
    other = Citizen(second, citizen.city, citizen.phone)
    other.open(f"pages/consultation/answer?id={key}")
    for _ in range(2):
        other.tap("下一步")
    other.sees("问卷回答了 2 题")
    citizen.tap("提交", exact=True)
    citizen.sees("已收到您的意见，谢谢。")
    citizen.sees("待审看")
    assert faults(citizen.page) == []
    other.tap("提交", exact=True)
    other.sees(re.compile("您已经参加过这次征集"))
    assert faults(second) == []
    other.tap("查看我的答卷")
    other.sees("我的意见")
    second.close()


def shows_the_comment(officer: Officer, key: str) -> None:
    page = officer.page
    page.goto(f"{officer.city.console}/consultations/{key}/comments/")
    officer.sees(COMMENT)
    assert page_faults(page) == []
    page.get_by_role("button", name=re.compile("^公开")).first.click()
    officer.sees("1 条意见已公开")


def answers_it(officer: Officer, city: City, key: str) -> None:
    """Grouped, answered and handed in by the editor; published by somebody else."""
    page = officer.page
    page.goto(f"{city.console}/consultations/{key}/groups/")
    page.get_by_role("checkbox").first.check()
    page.get_by_label("新分组的意见要点").fill("避开上学时段")
    page.get_by_role("button", name="新建分组并归入勾选的").click()
    page.get_by_label("采纳情况", exact=True).select_option(label="采纳")
    page.get_by_label("理由", exact=True).fill(REPLY)
    assert page_faults(page) == []
    page.get_by_role("button", name="保存答复").click()
    page.get_by_label("反馈总述").fill("意见集中在遛犬时段，已经采纳。")
    page.get_by_role("button", name="保存总述").click()
    page.goto(f"{city.console}/consultations/{key}/report/")
    officer.sees("1 人参加")
    assert page_faults(page) == []
    page.goto(f"{city.console}/consultations/{key}/")
    page.get_by_role("button", name="提交反馈审核").click()
    officer.log_in("zw_review1")
    page.goto(f"{city.console}/consultations/{key}/")
    page.get_by_role("button", name="公布采纳情况").click()
    officer.sees("已完成：公布采纳情况。")


def reads_what_became(citizen: Citizen, key: str) -> None:
    """No server can find the comment by its author any more; the phone's own copy does."""
    citizen.open(f"pages/consultation/detail?id={key}")
    citizen.page.reload()
    citizen.sees("您的意见后来怎样")
    citizen.sees("含您的意见")
    assert citizen.page.get_by_text(REPLY).count() == 2
    expect(citizen.page.get_by_role("table", name="您家养狗吗")).to_contain_text("1 人，100%")
    expect(citizen.named("参加征集")).to_have_count(0)
    became = re.compile("您的意见后来怎样|What became of your comments")
    in_each_mode(citizen, citizen.page.url, lambda: citizen.sees(became))
    citizen.sees(REPLY)
