"""A campaign to people who asked for it: written over a rule, approved by another, received with its why, and no more
once its receiver says so.
"""

import re
import secrets

from playwright.sync_api import expect
from support.citizen import Citizen
from support.faults import page_faults
from support.modes import back_to_chinese, in_each_mode
from support.officer import Officer

AUTHOR, APPROVER = "zw_operate1", "zw_supervise1"
PURPOSE = "城市活动"


def test_a_campaign(citizen: Citizen, officer: Officer) -> None:
    topic = ask_for_it(citizen)
    first, second = (f"湖滨夜市开放时间{secrets.token_hex(3)}" for _ in range(2))
    send(officer, first, topic)
    said = citizen.message(first)
    expect(said).to_contain_text("为什么收到")
    expect(said).to_contain_text(PURPOSE)
    address = citizen.page.url
    in_each_mode(citizen, address, lambda: citizen.sees(first))
    citizen.sees("City activities")
    back_to_chinese(citizen)
    citizen.page.goto(address)
    citizen.tap("不想再收到", role="link")
    switch(citizen, on=False)
    send(officer, second, topic)
    citizen.open("pages/mine/messages")
    citizen.page.reload()
    citizen.sees(first)
    expect(citizen.page.get_by_text(second)).to_have_count(0)
    assert page_faults(citizen.page) == []


def ask_for_it(citizen: Citizen) -> str:
    """Switch the purpose on and follow a topic; its name."""
    citizen.open("pages/mine/message-settings")
    switch(citizen, on=True)
    topic = citizen.page.get_by_role("group", name="想关注的内容").get_by_role("checkbox").first
    topic.click()
    expect(topic).to_have_attribute("aria-checked", "true")
    assert page_faults(citizen.page) == []
    return topic.inner_text().strip()


def switch(citizen: Citizen, *, on: bool) -> None:
    wanted = citizen.named(PURPOSE, role="switch").first
    expect(wanted).to_have_attribute("aria-checked", "false" if on else "true", timeout=15_000)
    wanted.click()
    expect(wanted).to_have_attribute("aria-checked", "true" if on else "false")


def send(officer: Officer, title: str, topic: str) -> None:
    write(officer, title, topic)
    page = officer.page
    address = page.url
    officer.log_in(APPROVER)
    page.goto(address)
    page.get_by_role("button", name="批准", exact=True).click()
    officer.sees("已批准")
    officer.log_in(AUTHOR)
    page.goto(address)
    page.get_by_role("button", name="开始发送").click()
    expect(page.get_by_role("heading", name="已全部处理")).to_be_visible(timeout=30_000)
    assert page_faults(page) == []


def write(officer: Officer, title: str, topic: str) -> None:
    """The size is estimated before anything is sent, and names nobody."""
    officer.log_in(AUTHOR)
    page = officer.page
    page.goto(f"{officer.city.console}/messages/new/")
    page.get_by_label("名称（只在工作台显示）").fill(title)
    page.get_by_label("用途").select_option("city_activity")
    page.get_by_label("标题", exact=True).fill(title)
    page.get_by_label("正文", exact=True).fill("本周起湖滨夜市每晚六点到十点开放，设便民服务台。")
    page.get_by_role("group", name="订阅主题").get_by_label(topic, exact=True).check()
    page.get_by_role("button", name="预览和估算人数").click()
    preview = page.locator("#preview")
    expect(preview).to_contain_text(re.compile("人"))
    expect(preview).to_contain_text(title)
    assert page_faults(page) == []
    page.locator("#draft button[type=submit]").click()
    page.get_by_role("button", name="提交审批").click()
    officer.sees("由您起草，请另一位运营人员或监察人员审批。")
