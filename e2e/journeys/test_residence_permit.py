"""The main job, whole: found by a colloquial word, applied for, corrected, decided, issued, verified, rated."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from support.citizen import Citizen
from support.city import City
from support.officer import Officer
from support.papers import drawn

PHONE = "19900001006"


@pytest.fixture
def citizen(app: Page, city: City) -> Citizen:
    return Citizen(app, city, PHONE)


@pytest.fixture
def officer(console: Page, city: City) -> Officer:
    return Officer(console, city)


def test_a_residence_permit_from_search_to_rating(citizen: Citizen, officer: Officer, tmp_path: Path) -> None:
    find(citizen)
    number = apply(citizen, tmp_path)
    ask_for_correction(officer, number)
    correct(citizen, number, tmp_path)
    decide(officer, number)
    receive(citizen, number)
    verify(citizen)
    rate(citizen, number)


def find(citizen: Citizen) -> None:
    citizen.open()
    citizen.tap("搜索事项", role="link")
    citizen.page.get_by_role("textbox").fill("居住证")
    citizen.tap(re.compile("居住证申领"), role="link")
    for answer in ("在这里居住", "租的房子", "第一次办"):
        citizen.tap(answer, role="radio")
    citizen.sees("首次申领免费")
    citizen.sees("房屋租赁合同")
    citizen.tap("在线办理")
    citizen.log_in()


def apply(citizen: Citizen, folder: Path) -> str:
    citizen.step("申请人")
    citizen.sees("已为您填好")
    citizen.fill("民族", "汉族")
    citizen.fill("户籍地址", "远山省青川市白石镇梧桐街12号")
    citizen.next("居住信息")
    citizen.fill("居住地址", "云州市澄湖区望湖路88号3幢")
    citizen.page.get_by_label("开始居住日期").fill("2025-03-01")
    citizen.tap("请社区民警上门核对", role="radio")
    citizen.next("联系方式")
    citizen.tap(re.compile("我确认以上信息和材料真实"), role="checkbox")
    citizen.next("提交材料")
    citizen.reuse("居民身份证")
    citizen.upload("免冠照片", drawn(folder, "照片", "portrait"))
    citizen.upload("房屋租赁合同", drawn(folder, "合同", "page 1"))
    citizen.next("领取方式")
    citizen.tap(re.compile("电子证照"), role="radio")
    citizen.next("核对并提交")
    citizen.sees("云州市澄湖区望湖路88号3幢")
    citizen.tap(re.compile("以上内容真实准确"), role="checkbox")
    citizen.tap("提交申请")
    citizen.sees("申请已提交")
    return citizen.number()


def ask_for_correction(officer: Officer, number: str) -> None:
    officer.log_in("ga_window1")
    officer.open_case(number)
    officer.press("认领")
    form = officer.form("一次性告知补正")
    form.get_by_label("居住地址", exact=True).check()
    form.get_by_label("居住地址哪里不对、怎样改").fill("请写到房间号")
    form.get_by_label("房屋租赁合同", exact=True).check()
    form.get_by_label("房屋租赁合同哪里不对、怎样改").fill("缺少签名页")
    officer.send(form)
    assert "待补正" in officer.state()


def correct(citizen: Citizen, number: str, folder: Path) -> None:
    citizen.open()
    citizen.sees(re.compile("补正"))
    citizen.open_case(number)
    citizen.sees("工作人员说：请写到房间号")
    citizen.fill("居住地址", "云州市澄湖区望湖路88号3幢502室")
    citizen.upload("房屋租赁合同", drawn(folder, "合同二", "page 2"))
    citizen.tap("重新提交")
    citizen.gone("工作人员说：请写到房间号")


def decide(officer: Officer, number: str) -> None:
    officer.open_case(number)
    officer.act("受理")
    officer.log_in("ga_case1")
    officer.open_case(number)
    officer.press("开始审查")
    officer.act("提交审查意见", choose="建议准予", opinion="居住登记满半年，材料齐全，建议准予。")
    officer.log_in("ga_approve1")
    officer.open_case(number)
    officer.act("作出决定", choose="准予", opinion="准予。")
    officer.log_in("ga_window1")
    officer.open_case(number)
    officer.act("制作结果")


def receive(citizen: Citizen, number: str) -> None:
    citizen.open_case(number)
    citizen.sees("办理结果", seconds=40)


def verify(citizen: Citizen) -> None:
    address = citizen.verification()
    citizen.page.goto(address)
    citizen.sees(re.compile("有效"))
    expect(citizen.page.get_by_text("居住证").first).to_be_visible()


def rate(citizen: Citizen, number: str) -> None:
    citizen.open_case(number)
    citizen.tap("评价这次办理")
    citizen.tap(re.compile("非常满意"), role="radio")
    citizen.tap("提交评价")
    citizen.sees(re.compile("谢谢|已评价|感谢"))
