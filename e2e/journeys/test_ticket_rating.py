"""An answer to a request: told in the inbox, read, and rated once, with fingers of any size and in both languages."""

import re

import pytest
from playwright.sync_api import Page, expect
from support.axe import overflows, violations
from support.citizen import Citizen
from support.city import City
from support.measure import small_targets, small_texts

LEAST = {"normal": (44, 15), "elder": (60, 21)}
PEOPLE = {"normal": "19900001004", "elder": "19900001005"}  # each has an answered request that nobody rated


def settle(page: Page, mode: str) -> None:
    page.wait_for_load_state("networkidle")
    target, text = LEAST[mode]
    assert violations(page) + small_targets(page, target) + small_texts(page, text) == []
    assert not overflows(page)


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
    settle(app, mode)
    citizen.tap("去看看")
    citizen.tap("评价这次办理")
    citizen.tap(re.compile("^4 星"), role="radio")
    settle(app, mode)
    citizen.tap("提交评价")
    citizen.sees(re.compile("您在.*评价了 4 星，谢谢"))
    settle(app, mode)
    expect(citizen.named("评价这次办理")).to_have_count(0)
