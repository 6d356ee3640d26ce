"""A service item changes: written by one, read by two others, and told to whoever has begun to apply."""

import json
import re
from pathlib import Path
from typing import Any

import openpyxl
from playwright.sync_api import expect
from support.applicant import Applicant
from support.citizen import Citizen
from support.city import City
from support.editor import Editor
from support.inside import until
from support.officer import Officer

RELIEF, RELIEF_CODE = "临时救助", "990100MZ0013000"
SCHOOL, SCHOOL_CODE = "义务教育入学（小学、初中）", "990100JY0042000"


def published(city: City, code: str) -> dict[str, Any]:
    return dict(city.get(f"/public/items/{code}.json"))


def test_a_promise_is_changed(officer: Officer, citizen: Citizen, applicant: Applicant, city: City) -> None:
    before = published(city, RELIEF_CODE)
    days = 8 if before["promised_limit"]["value"] != 8 else 9
    draft = applicant.begun(RELIEF_CODE, {"cause": "illness", "household": "local"})
    editor = Editor(officer)
    officer.log_in("mz_item1")
    editor.promise(RELIEF, days)
    citizen_still_reads(citizen, before)
    assert f"{days}个工作日" in editor.approve("mz_review1", RELIEF)
    editor.approve("zw_review1", RELIEF)
    until(lambda: published(city, RELIEF_CODE)["version"] == before["version"] + 1, seconds=20)
    citizen.open(f"pages/guide/index?code={RELIEF_CODE}")
    citizen.page.reload()
    citizen.sees(f"{days}个工作日")
    citizen.sees(re.compile(f"指南第 {before['version'] + 1} 版"))
    goes_on_by_the_new_guide(citizen, draft, f"承诺办结时限改为{days}个工作日")
    assert applicant.case(draft)["version"]["number"] == before["version"] + 1


def citizen_still_reads(citizen: Citizen, before: dict[str, Any]) -> None:
    """What is under review is nobody's guide yet."""
    citizen.open(f"pages/guide/index?code={before['code']}")
    citizen.sees(re.compile(f"指南第 {before['version']} 版"))


def goes_on_by_the_new_guide(citizen: Citizen, draft: str, change: str) -> None:
    citizen.open(f"pages/case/apply?id={draft}")
    citizen.sees("这个事项有变化")
    citizen.sees(change)
    citizen.tap("按新指南继续")
    citizen.gone("这个事项有变化")


def test_an_item_is_withdrawn(officer: Officer, citizen: Citizen, applicant: Applicant, city: City) -> None:
    """Guide and draft say so. It comes back by review as it came into being."""
    draft = applicant.begun(SCHOOL_CODE, {"stage": "primary"})
    editor = Editor(officer)
    officer.log_in("jy_item1")
    editor.withdraw(SCHOOL, "今年报名已经结束")
    try:
        citizen.open(f"pages/guide/index?code={SCHOOL_CODE}")
        citizen.page.reload()
        citizen.sees(re.compile("不再提供|已停止|已经撤下|已停用"))
        expect(citizen.named("在线办理")).to_have_count(0)
        citizen.open(f"pages/case/apply?id={draft}")
        citizen.sees("这个事项已停止网上办理")
    finally:
        officer.log_in("jy_item1")
        editor.open(SCHOOL)
        editor.hand_in()
        editor.approve("jy_review1", SCHOOL)
        editor.approve("zw_review1", SCHOOL)
    citizen.open(f"pages/guide/index?code={SCHOOL_CODE}")
    citizen.page.reload()
    expect(citizen.named("在线办理")).to_be_visible()


def test_a_workbook_with_a_bad_row(officer: Officer, city: City, tmp_path: Path) -> None:
    """Cell and reason are named, and not even the good rows are taken."""
    officer.log_in("wj_item1")
    page = officer.page
    page.goto(f"{city.console}/items/workbook/")
    changed = tmp_path / "修改.xlsx"
    with page.expect_download() as answer:
        page.get_by_role("link", name=re.compile("下载工作簿")).click()
    answer.value.save_as(changed)
    book = openpyxl.load_workbook(changed)
    sheet = book["事项"]
    heads = [cell.value for cell in sheet[1]]
    promised, name = heads.index("承诺办结时限") + 1, heads.index("事项名称") + 1
    sheet.cell(2, name).value = "改了名称的事项"
    bad = sheet.cell(3, promised)
    bad.value = "很快"
    book.save(changed)
    before = items(officer)
    page.goto(f"{city.console}/items/workbook/")
    page.get_by_label(re.compile("工作簿")).set_input_files(changed)
    page.get_by_role("button", name="导入", exact=True).click()
    row = page.get_by_role("row").filter(has_text=f"事项!{bad.coordinate}")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("“承诺办结时限”请填写整数")
    assert items(officer) == before


def items(officer: Officer) -> Any:
    """Everything that the manager's department has written, drafts included."""
    answer = officer.page.request.get(f"{officer.city.console}/items/workbook/items.json")
    return json.loads(answer.body())
