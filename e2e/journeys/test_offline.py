"""Mistyped, nothing found, no network, a broken server: the app says which, in Chinese, and loses nothing."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect
from support.applicant import Applicant
from support.citizen import Citizen
from support.city import City
from support.papers import drawn

ITEM = "990100YB0026000"  # 跨省异地就医备案
WITHDRAWAL = "住房公积金提取"


@pytest.fixture
def visitor(app: Page, city: City) -> Citizen:
    """Somebody who has not logged in, on the search page."""
    visitor = Citizen(app, city, "")
    visitor.open("pages/search/index")
    return visitor


@pytest.mark.parametrize("words", ["gjj", "gjjtq", "公积金提去", "gongjijin", "取公积金"])
def test_searching_as_people_type(visitor: Citizen, words: str) -> None:
    search(visitor, words)
    results = visitor.page.get_by_role("link").filter(has_text=WITHDRAWAL)
    expect(results.first).to_be_visible()
    visitor.tap(re.compile(WITHDRAWAL), role="link")
    expect(visitor.named(WITHDRAWAL, role="heading")).to_be_visible()


def test_a_correction_is_told(visitor: Citizen) -> None:
    search(visitor, "公积金提去")
    visitor.sees("已为您改为搜索“公积金提取”。")


def test_nothing_found(visitor: Citizen) -> None:
    """The words are said again, and there is a way on."""
    search(visitor, "xyzzyq")
    visitor.sees("没有找到“xyzzyq”。请换个说法，或按主题查找。")
    expect(visitor.page.get_by_role("textbox")).to_have_value("xyzzyq")
    visitor.tap("查看全部事项")
    visitor.page.wait_for_url("**/browse/**")


def search(citizen: Citizen, words: str) -> None:
    citizen.page.get_by_role("textbox").fill(words)
    citizen.tap("搜索", exact=True)


def test_without_network(visitor: Citizen, phone: BrowserContext, city: City) -> None:
    """A guide once read can be read again, with the time of its copy; what was never read says so."""
    guide = f"pages/guide/index?code={ITEM}"
    visitor.open(guide)
    visitor.sees("跨省异地就医备案")
    later = Citizen(phone.new_page(), city, "")
    later.open()
    later.page.wait_for_load_state("networkidle")
    with offline(phone):
        later.open(guide)
        later.sees("跨省异地就医备案")
        later.sees(re.compile(r"网络不通，显示的是\d+月\d+日.*\d+:\d+保存的内容，可能不是最新"))
        later.open("pages/search/index")
        search(later, "居住证")
        later.sees("网络不通，只在手机里保存的事项中查找。")
        later.tap(re.compile("居住证申领"), role="link")
        later.sees("您填写的内容还在。请检查网络后重试。")
    later.tap("重试")
    expect(later.named("居住证申领", role="heading")).to_be_visible()


@contextmanager
def offline(phone: BrowserContext) -> Iterator[None]:
    phone.set_offline(True)
    yield
    phone.set_offline(False)


def test_typing_without_network(
    citizen: Citizen, applicant: Applicant, phone: BrowserContext, tmp_path: Path
) -> None:
    """What was typed stays on the phone, also when the app is opened anew, and goes out with the next page."""
    draft = applicant.begun(ITEM, {"kind": "other"})
    citizen.open(f"pages/case/apply?id={draft}")
    begin_second_page(citizen)
    with offline(phone):
        citizen.fill("去哪个市", "望城市")
        citizen.tap("下一步")
        citizen.sees("还没有保存到服务器")
        citizen.sees(re.compile("网络不通"))
        citizen.step("就医地和日期")
    citizen.page.reload()
    citizen.step("提交材料")
    citizen.upload("医保电子凭证", drawn(tmp_path, "凭证", "card"))
    citizen.next("核对并提交")
    citizen.sees("望城市")
    assert applicant.case(draft)["form"]["values"]["city"] == "望城市"


def begin_second_page(citizen: Citizen) -> None:
    citizen.step("就医的人")
    citizen.tap("职工医保", role="radio")
    citizen.next("就医地和日期")
    citizen.fill("去哪个省", "远山省")
    citizen.page.get_by_label("开始日期", exact=True).fill("2026-12-01")


def test_a_broken_server(phone: BrowserContext, applicant: Applicant, city: City) -> None:
    """Its own words are never shown; the person's are kept."""
    citizen = Citizen(phone.new_page(), city, applicant.person.phone)
    citizen.carry(applicant.token)
    draft = applicant.begun(ITEM, {"kind": "other"})
    citizen.open(f"pages/case/apply?id={draft}")
    begin_second_page(citizen)
    with broken(citizen.page, "**/api/v1/cases/*/form"):
        citizen.fill("去哪个市", "望城市")
        citizen.tap("下一步")
        citizen.sees("还没有保存到服务器")
        citizen.sees("您填写的内容没有丢失")
        expect(citizen.page.get_by_label("去哪个市")).to_have_value("望城市")
        main = citizen.page.get_by_role("main").inner_text()
        assert not re.search("Traceback|Error|error|undefined|core\\.", main)
    citizen.tap("下一步")
    citizen.step("提交材料")


@contextmanager
def broken(page: Page, address: str) -> Iterator[None]:
    """The server answers there as behind a proxy that lost it."""

    def answer(route: Route) -> None:
        route.fulfill(status=503, content_type="text/html", body="<h1>Error 503 Service Unavailable</h1>")

    page.route(address, answer)
    yield
    page.unroute(address)
