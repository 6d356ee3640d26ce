"""An answer to a request: told in the inbox, read, and rated once, with fingers of any size and in both languages."""

import re

import pytest
from playwright.sync_api import Page, expect
from support.citizen import Citizen
from support.city import City
from support.faults import faults

PEOPLE = {"normal": "19900001004", "elder": "19900001005"}  # each has an answered request that nobody rated


@pytest.mark.parametrize("mode", list(PEOPLE))
def test_told_read_and_rated(app: Page, city: City, mode: str) -> None:
    citizen = Citizen(app, city, PEOPLE[mode])
    citizen.open()
    if mode == "elder":
        citizen.tap(re.compile("长辈版"))
    citizen.open("pages/login/index")
    citizen.log_in()
    citizen.open("pages/mine/messages")
    citizen.tap("诉求", role="tab")
    citizen.tap(re.compile("您的诉求有答复了"), role="link")
    citizen.sees(re.compile("为什么收到"))
    citizen.sees("您的诉求有答复了")
    assert faults(app, mode) == []
    citizen.tap("去看看")
    citizen.tap("评价这次办理")
    citizen.tap(re.compile("^4 星"), role="radio")
    assert faults(app, mode) == []
    citizen.tap("提交评价")
    citizen.sees(re.compile("您在.*评价了 4 星，谢谢"))
    assert faults(app, mode) == []
    expect(citizen.named("评价这次办理")).to_have_count(0)
