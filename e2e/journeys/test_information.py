"""信息发布: written by an editor, read by two reviewers, found and read by citizens, taken back with a reason."""

import re
import secrets

import pytest
from playwright.sync_api import Page, expect
from support.citizen import Citizen
from support.city import City
from support.faults import faults, page_faults
from support.inside import until
from support.modes import back_to_chinese, in_each_mode
from support.officer import Officer

PLAIN = "每月最后一个周六，民政窗口照常办理婚姻登记。"
BODY = "预约从每月1日开始，请带好双方身份证。"
REASON = "开放日期有误，更正后将重新发布。"


@pytest.fixture
def reader(app: Page, city: City) -> Citizen:
    """Somebody who has not logged in."""
    return Citizen(app, city, "")


def test_an_article_from_draft_to_revocation(officer: Officer, reader: Citizen, city: City) -> None:
    title = f"婚姻登记周六开放的通知{secrets.token_hex(2)}"
    officer.log_in("mz_edit1")
    number = writes(officer, title)
    assert title not in titles(city), "nobody reads what is under review"
    approves(officer, "mz_review1", title)
    assert title not in titles(city), "one reviewer is not enough"
    approves(officer, "zw_review1", title)
    until(lambda: title in titles(city), seconds=20)
    address = finds(reader, title)
    reads_in_each_mode(reader, title, address)
    revokes(officer, number)
    until(lambda: title not in titles(city), seconds=20)
    sees_the_trace(reader, title, address)


def titles(city: City) -> list[str]:
    return [str(one["title"]) for one in city.get("/public/content/kinds/notice.json")["articles"]]


def writes(officer: Officer, title: str) -> str:
    """Hands the draft in; its number in the console."""
    page = officer.page
    page.goto(f"{officer.city.console}/content/add/")
    page.locator("#id_title").fill(title)
    page.locator("#id_kind").select_option(label="通知公告")
    page.locator("#id_department").select_option(label="云州市民政局")
    page.locator("#id_plain_summary").fill(PLAIN)
    page.locator("#id_summary").fill("增加每月一个周六的婚姻登记服务。")
    page.get_by_role("textbox", name="正文").click()
    page.keyboard.type(BODY)
    assert page_faults(page) == []
    page.get_by_role("button", name="更多动作").click()
    page.get_by_role("button", name=re.compile("提交")).click()
    expect(page.get_by_text(re.compile("已提交|提交.*审核")).first).to_be_visible()
    officer.page.goto(f"{officer.city.console}/content/?q={title}")
    link = page.get_by_role("link", name=title, exact=True).first.get_attribute("href") or ""
    found = re.search(r"/content/edit/(\d+)/", link)
    assert found, link
    return found[1]


def approves(officer: Officer, username: str, title: str) -> None:
    page = officer.page
    officer.log_in(username)
    page.goto(f"{officer.city.console}/content/review/")
    page.get_by_role("link", name=title, exact=True).click()
    officer.sees(BODY)
    assert page_faults(page) == []
    page.get_by_role("button", name="审核通过").click()
    officer.sees(re.compile(f"已通过“{title}”"))


def finds(reader: Citizen, title: str) -> str:
    """By the list and by search; the article's address."""
    reader.open()
    reader.tap("全部政策和信息", role="link")
    reader.sees("按专题看")
    assert faults(reader.page) == []
    reader.tap("通知公告", role="tab")
    reader.page.get_by_role("link").filter(has_text=title).first.click()
    reader.step(title)
    address = reader.page.url
    reader.open("pages/search/index")
    reader.page.get_by_role("textbox").first.fill("婚姻登记周六开放")
    reader.tap("搜索", exact=True)
    reader.sees(re.compile("找到 .* 篇政策和信息"))
    assert faults(reader.page) == []
    reader.page.get_by_role("link").filter(has_text=title).first.click()
    reader.step(title)
    assert reader.page.url == address
    return address


def reads_in_each_mode(reader: Citizen, title: str, address: str) -> None:
    def look() -> None:
        reader.step(title)
        reader.sees(PLAIN)
        reader.sees(BODY)

    in_each_mode(reader, address, look)
    page = reader.page
    expect(page.get_by_text(BODY)).to_be_visible()
    assert page.get_by_text(BODY).evaluate("one => one.closest('[lang]').lang") == "zh-CN"
    reader.sees("In one sentence")
    back_to_chinese(reader)


def revokes(officer: Officer, number: str) -> None:
    page = officer.page
    officer.log_in("mz_edit1")
    page.goto(f"{officer.city.console}/content/revoke/{number}/")
    assert page_faults(page) == []
    page.get_by_label(re.compile("撤回原因")).fill(REASON)
    page.get_by_role("button", name="撤回", exact=True).click()
    officer.sees(re.compile("已撤回“"))


def sees_the_trace(reader: Citizen, title: str, address: str) -> None:
    page = reader.page
    page.goto(address)
    page.reload()
    reader.step(title)
    reader.sees(re.compile("撤回$"))
    reader.sees(REASON)
    expect(page.get_by_text(BODY)).to_have_count(0)
    assert faults(page) == []
    reader.open("pages/content/list?kind=notice")
    page.reload()
    reader.sees("按专题看")
    expect(page.get_by_role("link").filter(has_text=title)).to_have_count(0)


def test_what_a_new_policy_changes(reader: Citizen, city: City) -> None:
    """From the guide to the policy, its clauses against the former one, its explanation, and back to the item."""
    reader.open("pages/guide/index?code=990100GA0002000")
    reader.page.get_by_role("link").filter(has_text="全程网办，10个工作日缩短为5个").first.click()
    reader.step("云州市居住证管理办法")
    reader.sees("修改 6 条，新增 2 条，删去 1 条")
    reader.tap("逐条对照")
    reader.sees("不再提交纸质材料复印件")
    assert faults(reader.page) == []
    reader.tap(re.compile("^一图看懂"), role="link")
    reader.step("一图看懂：新版居住证管理办法")
    expect(reader.page.get_by_role("img", name=re.compile("^流程图：第一步")).first).to_be_visible()
    assert faults(reader.page) == []
    reader.tap("居住证申领", role="link", exact=True)
    reader.step("居住证申领")
