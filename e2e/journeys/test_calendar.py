"""The year's days are entered, and what was promised follows: the notice of the next year, and a holiday prolonged in the running one."""

import re
from datetime import date

from playwright.sync_api import Locator, Page, expect
from support import hall
from support.applicant import Applicant
from support.city import City
from support.faults import page_faults
from support.officer import Officer

#: Invented, in the wording of the State Council's office.
NOTICE = """国务院办公厅关于2027年部分节假日安排的通知
国办发明电〔2026〕99号
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（农历腊月二十九、周五）至13日（农历正月初八、周六）放假调休，共9天。1月31日（周日）、2月14日（周日）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。4月25日（周日）、5月8日（周六）上班。
五、端午节：6月9日（周三）放假1天，不调休。
六、中秋节：9月15日（周三）放假1天，不调休。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。
国务院办公厅
2026年11月4日"""
SIZES = ((1024, 768), (1366, 768))


def test_the_next_year_is_entered(officer: Officer, city: City) -> None:
    officer.log_in("zw_system1")
    page = officer.page
    officer.sees("2027年的工作日历是暂定的")
    page.get_by_role("link", name="录入2027年的安排").click()
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        assert page_faults(page) == []
    page.locator("summary", has_text="从通知读取").click()
    page.get_by_label("通知全文").fill(NOTICE)
    page.get_by_role("button", name="读取").click()
    officer.sees("已读出安排，还没有生效")
    expect(page.get_by_role("button", name="2月14日 周日 上班 春节")).to_be_visible()
    page.get_by_role("button", name="核对影响").click()
    officer.sees("还没有生效，请核对后确认")
    expect(page.get_by_role("row").filter(has_text="2月14日")).to_contain_text("上班")
    assert page_faults(page) == []
    page.get_by_role("button", name="确认生效").click()
    officer.sees("请输入年度 2027 以确认")
    confirm(page, 2027)
    officer.sees("2027年的工作日历已生效")
    page.goto(f"{city.console}/")
    expect(page.get_by_text("2027年的工作日历是暂定的")).to_have_count(0)


def test_a_holiday_is_prolonged(officer: Officer, applicant: Applicant, city: City) -> None:
    """By keyboard alone; the officer's case has the later date and says why, and comes back with the calendar."""
    number = applicant.submitted()["number"]
    officer.log_in("ga_case1")
    officer.open_case(number)
    before = due(officer.page)
    turned(officer, city, before, number)
    officer.log_in("ga_case1")
    officer.open_case(number)
    officer.sees(re.compile("工作日历变更.*受理答复期限由.*改为"))
    assert due(officer.page) > before
    turned(officer, city, before, number)
    officer.log_in("ga_case1")
    officer.open_case(number)
    assert due(officer.page) == before


def turned(officer: Officer, city: City, day: date, number: str) -> None:
    """The administrator makes a working day a rest day, or the other way round."""
    officer.log_in("zw_system1")
    page = officer.page
    page.goto(f"{city.console}/calendar/{day.year}/")
    cell = _first_day(page)
    for _ in range((day - date(day.year, 1, 1)).days // 7):
        page.keyboard.press("ArrowDown")
    for _ in range((day - date(day.year, 1, 1)).days % 7):
        page.keyboard.press("ArrowRight")
    assert cell.count()
    expect(page.locator(f"button[data-day='{day.isoformat()}']")).to_be_focused()
    page.keyboard.press("Space")
    page.get_by_role("button", name="核对影响").press("Enter")
    expect(page.get_by_role("row").filter(has_text=number)).to_contain_text("受理答复期限")
    assert page_faults(page) == []
    confirm(page, day.year)
    officer.sees(f"{day.year}年的工作日历已生效")


def _first_day(page: Page) -> Locator:
    first = page.locator("button[data-day]").first
    first.focus()
    return first


def confirm(page: Page, year: int) -> None:
    page.get_by_label(f"请输入年度 {year} 以确认").fill(str(year))
    page.get_by_role("button", name="确认生效").press("Enter")


def due(page: Page) -> date:
    """The day by which the office is to answer, as the page says."""
    said = page.locator("dt:text-is('最晚') + dd").first.inner_text()
    found = re.search(r"(?:(\d{4})年)?(\d+)月(\d+)日", said)
    assert found is not None
    return date(int(found[1] or hall.today().year), int(found[2]), int(found[3]))
