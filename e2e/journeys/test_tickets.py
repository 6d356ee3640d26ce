"""A problem in the street from its photo to its end: sent without a name in English, and named in elder mode; sent on
between departments, answered, published without anybody's data, taken up again, closed.
"""

import re
import secrets
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from support.applicant import Applicant, checked
from support.applicant import stranger as somebody
from support.citizen import Citizen
from support.city import City
from support.faults import faults, page_faults
from support.officer import Officer
from support.papers import drawn

DISPATCHER = "zw_ticket1"
PLACE = "梧桐路与学府路路口"
TITLE = "梧桐路口红绿灯不亮"
BODY = "今天早上开始，梧桐路与学府路路口的红绿灯不亮，行人过街很危险，请尽快修，灯杆编号{}。"
#: Invented; the number has no subscriber.
PHONE = "19900008888"
ANSWER = f"您好，路口信号灯的电源已经更换，现在恢复正常。还有问题请打维修班电话{PHONE}。"
CHINESE = {
    "traffic": re.compile("^红绿灯与交通标志"),
    "next": "下一步",
    "album": "从相册选",
    "dark": "不亮",
    "title": "标题",
    "body": "详细情况",
    "address way": "写地址",
    "address": "地址",
    "anonymous": "匿名提交",
}
ENGLISH = {
    "traffic": re.compile("^Traffic lights and signs"),
    "next": "Next",
    "album": re.compile("album|photo", re.IGNORECASE),
    "dark": "不亮",
    "title": "Title",
    "body": "Details",
    "address way": "Write an address",
    "address": "Address",
    "anonymous": "Send anonymously",
}


@pytest.fixture
def stranger(app: Page, city: City) -> Citizen:
    """A phone on which nobody logged in."""
    return Citizen(app, city, "")


def told() -> str:
    """Words of one's own: the same ones about this crossing would be joined to what came before."""
    return BODY.format(secrets.randbelow(1000))


def report(city: City) -> None:
    """A neighbour was here first."""
    with closing(Applicant.logged_in(city, somebody()).http) as http:
        place = {"kind": "address", "address": PLACE}
        body = {"category": "traffic", "title": TITLE, "body": told(), "answers": {"fault": "dark"}}
        key = {"Idempotency-Key": secrets.token_hex(16)}
        checked(http.post("/tickets", json={**body, "place": place}, headers=key))


def write(citizen: Citizen, words: dict[str, str | re.Pattern[str]], photo: Path) -> None:
    """Up to the last page before sending."""
    page = citizen.page
    citizen.open("pages/ticket/new?kind=report")
    citizen.tap(words["traffic"], role="radio")
    citizen.tap(words["next"], exact=True)
    with page.expect_file_chooser() as chosen:
        citizen.tap(words["album"])
    with page.expect_response(re.compile("ticket-photos|/photos")) as answer:
        chosen.value.set_files(photo)
    assert answer.value.ok, answer.value.text()
    citizen.tap(words["dark"], role="radio")
    citizen.fill(words["title"], TITLE)
    citizen.fill(words["body"], told())
    assert page_faults(page) == []
    citizen.tap(words["next"], exact=True)
    citizen.tap(words["address way"], role="radio")
    citizen.fill(words["address"], PLACE)
    citizen.tap(words["next"], exact=True)


LAMP = {
    "category": "street-lamp",
    "title": "路灯不亮",
    "body": "路灯不亮，请修。",
    "answers": {"count": "one"},
    "share_consent": True,
}


def test_two_neighbours_and_one_lamp(citizen: Citizen, officer: Officer, city: City) -> None:
    """The same words twice are received twice. Whoever came first withdraws, and the other's goes on; the same words
    about a lamp five kilometres away are a matter of their own."""
    latitude = 31 + secrets.randbelow(3000) / 100_000  # no lamp of another run
    here = {"kind": "map", "latitude": latitude, "longitude": 112.31}
    first, second, far = (Applicant.logged_in(city, somebody()) for _ in range(3))
    mine = lamp(first, here)
    theirs = lamp(second, here | {"latitude": latitude + 0.0002})
    assert theirs["merged_into"]["number"] == mine["number"]
    assert lamp(far, here | {"latitude": latitude + 0.045})["merged_into"] is None
    citizen.carry(second.token)
    citizen.open(f"pages/ticket/detail?id={theirs['id']}")
    citizen.sees(f"与编号{mine['number']}的诉求合并办理，进展以那一件为准")
    checked(first.http.post(f"/tickets/{mine['id']}/withdraw", json={"text": ""}))
    open_ticket(officer, "cg_ticket1", mine["number"])
    officer.sees("另有 1 位反映人反映了同一件事，继续为他们办理")
    assert page_faults(officer.page) == []
    officer.press("签收")
    officer.act("答复", text=ANSWER)
    look(citizen)
    citizen.sees("信号灯的电源已经更换")
    expect(citizen.page.get_by_text(PHONE)).to_have_count(0)
    assert page_faults(citizen.page) == []
    citizen.carry(first.token)
    citizen.open(f"pages/ticket/detail?id={mine['id']}")
    citizen.sees("您已撤回这件诉求，其他人反映的同一件事不受影响")
    expect(citizen.page.get_by_text("信号灯的电源已经更换")).to_have_count(0)
    for person in (first, second, far):
        person.http.close()


def lamp(person: Applicant, place: dict[str, Any]) -> dict[str, Any]:
    """Sent as the app sends it; the ticket that came of it."""
    key = {"Idempotency-Key": secrets.token_hex(16)}
    answer: dict[str, Any] = checked(
        person.http.post("/tickets", json={**LAMP, "place": place}, headers=key)
    ).json()
    ticket: dict[str, Any] = answer["ticket"]
    return ticket


def test_without_a_name_in_english(stranger: Citizen, officer: Officer, tmp_path: Path) -> None:
    """The code that is shown once leads to the steps and the clock, to the answer, and to a rating of it."""
    stranger.open()
    stranger.tap("English")
    write(stranger, ENGLISH, drawn(tmp_path, "lights", "a dark traffic light"))
    stranger.tap("Send anonymously", role="switch")
    assert page_faults(stranger.page) == []
    stranger.tap("Send anonymously", exact=True)
    stranger.sees("We have received your request")
    shown = stranger.page.get_by_role("main").inner_text()
    number, code = found(r"SQ\w+", shown), found(r"Receipt code\s+(\S+)", shown)
    assert page_faults(stranger.page) == []
    stranger.tap("I have kept it, show the request")
    look_up(stranger, number, code)
    stranger.sees("Time limits")
    assert page_faults(stranger.page) == []
    open_ticket(officer, DISPATCHER, number)
    officer.act("直接答复", text=ANSWER)
    stranger.page.reload()
    look_up(stranger, number, code)
    stranger.tap("Rate how it was handled")
    stranger.tap(re.compile("^4 of 5"), role="radio")
    assert faults(stranger.page, "english") == []
    stranger.tap("Send rating")
    stranger.sees("You gave 4 stars. Thank you.")


def look_up(stranger: Citizen, number: str, code: str) -> None:
    stranger.fill("Number", number)
    stranger.fill("Receipt code", code)
    stranger.tap("Find", exact=False)
    stranger.sees(TITLE)


def test_named_in_elder_mode(citizen: Citizen, officer: Officer, city: City, tmp_path: Path) -> None:
    report(city)
    citizen.tap(re.compile("长辈版"))
    write(citizen, CHINESE, drawn(tmp_path, "lights", "a dark traffic light"))
    citizen.sees("有人反映过类似的事")
    citizen.tap("同意公开", role="switch")
    assert faults(citizen.page, "elder") == []
    citizen.tap("提交", exact=True)
    citizen.sees("已收到您的诉求")
    number = found(r"SQ\w+", citizen.page.get_by_role("main").inner_text())
    citizen.tap("查看诉求")
    citizen.sees("办理时限")
    citizen.sees("办理过程")
    assert faults(citizen.page, "elder") == []
    handle(officer, number)
    publish(officer, number)
    look(citizen)
    citizen.sees("信号灯的电源已经更换")
    reopen(citizen)
    close(officer, number)
    look(citizen)
    citizen.sees("您说问题已解决")
    assert faults(citizen.page, "elder") == []


def handle(officer: Officer, number: str) -> None:
    """Dispatched to one department, sent on with a reason to the other, answered there."""
    officer.log_in(DISPATCHER)
    page = officer.page
    page.goto(f"{officer.city.console}/tickets-dispatching/")
    page.get_by_role("button", name=f"派出{number}").click()
    open_ticket(officer, "ga_ticket1", number)
    assert page_faults(page) == []
    form = officer.form("转办")
    form.get_by_label("转给").select_option(label="城管局")
    form.get_by_label("转办理由").fill("路口信号灯由城管部门养护")
    officer.send(form)
    open_ticket(officer, "cg_ticket1", number)
    officer.sees("路口信号灯由城管部门养护")
    officer.press("签收")
    officer.act("答复", text=ANSWER)
    expect(page.get_by_text("已答复").first).to_be_visible()
    assert page_faults(page) == []


def publish(officer: Officer, number: str) -> None:
    """The phone number is masked by itself; a person confirms each word before anybody reads it."""
    page = officer.page
    page.goto(f"{officer.city.console}/tickets-texts/{number}/")
    expect(page.locator("mark").filter(has_text=PHONE)).to_be_visible()
    expect(page.get_by_label("答复", exact=True)).not_to_have_value(re.compile(PHONE))
    page.get_by_role("button", name="保存公开稿").click()
    officer.log_in(DISPATCHER)
    page.goto(f"{officer.city.console}/tickets-texts/{number}/")
    assert page_faults(page) == []
    sure = page.get_by_label(re.compile("我已逐处核对"))
    if sure.count():
        sure.check()
    page.get_by_role("button", name="核定并公开").click()
    officer.sees(re.compile("已公开"))
    page.goto(f"{officer.city.app}/#/pages/ticket/answers")
    page.get_by_role("link").filter(has_text=TITLE).first.click()
    expect(page.get_by_text("信号灯的电源已经更换").first).to_be_visible()
    expect(page.get_by_text(PHONE)).to_have_count(0)
    page.goto(f"{officer.city.console}/")


def reopen(citizen: Citizen) -> None:
    citizen.tap("要求重办")
    citizen.fill("没有解决的地方", "晚上又不亮了")
    citizen.tap("要求重办")
    citizen.sees("已重办 1 次")


def close(officer: Officer, number: str) -> None:
    """Answered again; called back and closed."""
    open_ticket(officer, "cg_ticket1", number)
    officer.sees("晚上又不亮了")
    officer.press("签收")
    officer.act("答复", text="线路接头已经重做，夜间已复查两次，正常。")
    open_ticket(officer, DISPATCHER, number)
    form = officer.form("回访并办结")
    form.get_by_label("解决了", exact=True).check()
    form.locator("[name=note]").fill("来电确认已恢复")
    officer.send(form)
    officer.sees("已办结")
    assert page_faults(officer.page) == []


def open_ticket(officer: Officer, username: str, number: str) -> None:
    officer.log_in(username)
    officer.page.goto(f"{officer.city.console}/tickets/{number}/")
    expect(officer.page.get_by_text(number).first).to_be_visible()


def look(citizen: Citizen) -> None:
    citizen.page.reload()
    citizen.sees("办理过程")


def found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    assert match, text
    return match[match.lastindex or 0]
