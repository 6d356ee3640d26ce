"""Numbers as a clipboard gives them, and an identity that nobody types over: seen cleaned, seen locked, sent."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, expect
from support.citizen import Citizen
from support.city import City
from support.faults import faults
from support.watch import watched

ITEM = "990100WJ0037000"  # 生育登记
PASTED_ID, ID = "990102 19920706 019x", "99010219920706019X"


@pytest.fixture
def narrow(phone: BrowserContext, city: City) -> Iterator[Page]:
    page = phone.new_page()
    page.set_viewport_size({"width": 320, "height": 720})
    with watched(page, city.hosts):
        yield page


def test_pasted_numbers_are_cleaned_and_ones_own_identity_is_locked(narrow: Page, city: City) -> None:
    citizen = Citizen(narrow, city, "19900001004")
    citizen.open(f"pages/guide/index?code={ITEM}")
    citizen.tap("已经怀孕", role="radio")
    citizen.tap("在线办理")
    log_in_with_a_pasted_number(citizen)
    citizen.step("登记人")
    identity_is_shown_and_not_asked(citizen)
    in_elder_mode_and_english(citizen)
    fill_in(citizen)
    hand_in(citizen)


def log_in_with_a_pasted_number(citizen: Citizen) -> None:
    phone = citizen.page.get_by_label("手机号", exact=True)
    phone.fill("+86 199-0000-1004")
    citizen.ask_for_code()
    expect(phone).to_have_value("19900001004")
    code = citizen.code()
    citizen.page.get_by_label("验证码", exact=True).fill(f" {code[:3]} {code[3:]}")
    with citizen.page.expect_response(re.compile("/api/v1/sessions")) as answer:
        citizen.tap("登录", exact=True)
    citizen.token = answer.value.json()["token"]


def identity_is_shown_and_not_asked(citizen: Citizen) -> None:
    citizen.sees("周念慈")
    citizen.sees("网上只能为本人办理")
    expect(citizen.page.get_by_role("textbox", name="登记人姓名")).to_have_count(0)
    expect(citizen.page.get_by_role("textbox", name="公民身份号码")).to_have_count(0)


def in_elder_mode_and_english(citizen: Citizen) -> None:
    for mode, settings, words in (
        ("elder", {"elder_mode": True}, "网上只能为本人办理"),
        (
            "english",
            {"elder_mode": False, "locale": "en"},
            "Online you can apply only for yourself",
        ),
        ("normal", {"locale": "zh-CN"}, "网上只能为本人办理"),
    ):
        httpx.patch(
            f"{citizen.city.app}/api/v1/me",
            json=settings,
            headers={"Authorization": f"Bearer {citizen.token}"},
        ).raise_for_status()
        citizen.page.reload()
        citizen.sees(words)
        citizen.sees("周念慈")
        keep(citizen.page, f"{mode}-320")
        assert faults(citizen.page, mode) == []


def fill_in(citizen: Citizen) -> None:
    citizen.fill("现在的住址", "云州市澄湖区望湖路88号")
    citizen.next("孩子情况")
    citizen.tap("第一个", role="radio")
    citizen.next("对方信息")
    citizen.tap("是", role="radio", exact=True)
    citizen.fill("姓名", "何试验")
    number = citizen.page.get_by_role("textbox", name="公民身份号码")
    number.fill(PASTED_ID)
    number.blur()
    expect(number).to_have_value(ID)
    citizen.fill("手机号码", "(0999) 1234567 转 801")


def hand_in(citizen: Citizen) -> None:
    citizen.next("提交材料")
    citizen.reuse("居民身份证")
    citizen.tap("下一步")
    if citizen.page.get_by_role("heading", name="领取方式", level=1).is_visible():
        citizen.tap("下一步")
    citizen.step("核对并提交")
    citizen.sees(ID)
    citizen.sees("0999-1234567转801")
    citizen.tap(re.compile("以上内容真实准确"), role="checkbox")
    citizen.tap("提交申请")
    assert citizen.number()


def keep(page: Page, name: str) -> None:
    """A picture for whoever works on this, where ``E2E_PICTURES`` names a folder."""
    if folder := os.environ.get("E2E_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
