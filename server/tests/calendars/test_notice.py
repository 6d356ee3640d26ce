"""The wording of the notice, as the State Council's office has written it over the years, for invented years."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhijian.calendars.rules.notice import read_notice
from zhijian.calendars.rules.year import Day, YearPlan, days_from, differences, faults, spoken, warnings

WHOLE = """国务院办公厅关于2027年
部分节假日安排的通知
国办发明电〔2026〕99号

各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
　　经国务院批准，现将2027年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
　　一、元旦：1月1日（周五）至3日（周日）放假，共3天。
　　二、春节：2月5日（农历腊月二十九、周五）至13日（农历正月初八、周六）放假调休，共9天。1月31日（周日）、2月14日（周日）上班。
　　三、清明节：4月3日（周六）至5日（周一）放假，共3天。
　　四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。4月25日（周日）、5月8日（周六）上班。
　　五、端午节：6月9日（周三）放假1天，不调休。
　　六、中秋节：9月15日（周三）放假1天，不调休。
　　七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。
　　节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作，遇有重大突发事件，要按规定及时报告并妥善处置。

国务院办公厅
2026年11月4日
"""
MAKE_UP = {
    date(2027, 1, 31),
    date(2027, 2, 14),
    date(2027, 4, 25),
    date(2027, 5, 8),
    date(2027, 9, 26),
    date(2027, 10, 9),
}


def test_a_whole_notice() -> None:
    read = read_notice(WHOLE)
    assert read.unread == ()
    assert read.notes == ()
    assert read.plan.year == 2027
    assert read.plan.source.document_number == "国办发明电〔2026〕99号"
    assert read.plan.source.issued_on == date(2026, 11, 4)
    assert {day.date for day in read.plan.days if day.working} == MAKE_UP
    rest = {day.date: day.name for day in read.plan.days if not day.working}
    assert len(rest) == 3 + 9 + 3 + 5 + 1 + 1 + 7
    assert rest[date(2027, 2, 13)] == "春节"
    assert faults(read.plan) == []


def marks(text: str, year: int = 2027) -> list[tuple[str, bool]]:
    read = read_notice(text, year)
    assert read.unread == (), text
    return [(f"{day.date:%m-%d}", day.working) for day in read.plan.days]


@pytest.mark.parametrize(
    ("text", "rest", "work"),
    [
        ("元旦：1月1日放假1天。", ["01-01"], []),
        ("一、元旦：2027年1月1日至3日放假调休，共3天。", ["01-01", "01-02", "01-03"], []),
        ("端午节：6月9日放假，与周末连休。", ["06-09"], []),
        ("清明节：4月3日至5日放假，共3天。", ["04-03", "04-04", "04-05"], []),
        ("劳动节：5月1日（星期六）至2日（星期日）放假，5月9日（星期日）上班。", None, None),
        ("劳动节：4月30日至5月2日放假调休，共3天。5月8日（星期六）上班。", ["04-30", "05-01", "05-02"], ["05-08"]),
        ("国庆节：10月1日（周五）放假。9月25日（周六）、26日（周日）上班。", ["10-01"], ["09-25", "09-26"]),
        (
            "春节：2月5日至6日放假调休，共2天。鼓励各单位结合带薪年休假等制度落实，安排职工在除夕（2月4日）休息。",
            ["02-05", "02-06"],
            [],
        ),
        ("元旦：１月１日（周五）放假　１天。", ["01-01"], []),
        ("元旦:1月1日(周五)放假1天;\n春节:2月5日(农历除夕,周五)至6日(周六)放假调休,共2天", ["01-01", "02-05", "02-06"], []),
    ],
)  # fmt: skip
def test_sentences(text: str, rest: list[str] | None, work: list[str] | None) -> None:
    if rest is None:
        assert read_notice(text, 2027).unread, "two statements in one sentence are not surely understood"
        return
    found = marks(text)
    assert [day for day, working in found if not working] == rest
    assert [day for day, working in found if working] == work


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("春节：2月5日（周四）放假1天。", "写的是周四"),
        ("春节：2月5日至13日放假调休，共8天。", "按日期是9天"),
        ("春节：2月30日放假1天。", "不存在的日期"),
        ("延长春节假期至2月16日（星期二），2月17日起正常上班。", "没有读懂"),
        ("春节：2月8日至5日放假。", "结束早于开始"),
        ("国务院办公厅关于2026年部分节假日安排的通知\n元旦：1月1日放假1天。", "这是2026年的通知"),
    ],
)
def test_what_is_not_understood_is_said(text: str, words: str) -> None:
    assert words in "".join(read_notice(text, 2027).unread)


def test_a_day_of_another_year_is_told_and_left_out() -> None:
    read = read_notice("元旦：2026年12月31日至2027年1月2日放假调休，共3天。", 2027)
    assert [day.date.year for day in read.plan.days] == [2027, 2027]
    assert "2026年12月31日" in read.notes[0]


@given(st.text(max_size=300))
def test_any_text_is_read_without_falling(text: str) -> None:
    read_notice(text)
    read_notice(text, 2027)


@given(
    st.dates(date(2027, 1, 1), date(2027, 12, 20)),
    st.integers(1, 10),
)
def test_what_is_written_is_read(first: date, length: int) -> None:
    from datetime import timedelta

    last = first + timedelta(days=length - 1)
    text = f"春节：{spoken(first)}至{spoken(last)}放假调休，共{length}天。"
    read = read_notice(text, 2027)
    assert read.unread == ()
    assert len(read.plan.days) == length


def _plan(*days: Day, year: int = 2027) -> YearPlan:
    from zhijian.calendars.rules.year import Source

    return YearPlan(year, days, Source("通知"))


REST, WORK = False, True


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([Day(date(2026, 12, 31), REST)], "不在2027年"),
        ([Day(date(2027, 2, 15), WORK)], "本来就是工作日"),
        ([Day(date(2027, 2, 14), WORK), Day(date(2027, 2, 14), REST)], "既写了放假又写了上班"),
        ([Day(date(2027, 2, 5), REST), Day(date(2027, 2, 5), REST, "春节")], "写了两次"),
        ([], "没有一个放假或上班的日子"),
    ],
)
def test_what_cannot_be(days: list[Day], words: str) -> None:
    assert words in "".join(faults(_plan(*days)))


def test_a_holiday_on_a_weekend_is_allowed() -> None:
    assert faults(_plan(Day(date(2027, 2, 6), REST, "春节"))) == []


def test_a_plausible_year_warns_of_nothing_and_a_bare_one_of_each_holiday() -> None:
    assert warnings(read_notice(WHOLE).plan) == []
    bare = "".join(warnings(_plan(Day(date(2027, 1, 1), REST, "元旦"))))
    for name in ("春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"):
        assert name in bare
    assert "元旦" not in bare


def test_the_years_that_ship_warn_of_nothing() -> None:
    from zhijian.core.calendar_seed import library_days

    for year in (2025, 2026):
        assert warnings(YearPlan(year, days_from(library_days(year)))) == []


def test_differences_are_said_day_by_day() -> None:
    before = (Day(date(2027, 2, 5), REST, "除夕"), Day(date(2027, 2, 6), REST, "春节"))
    after = (Day(date(2027, 2, 6), REST, "春节"), Day(date(2027, 2, 14), WORK, "春节"))
    found = [(each.date.day, each.before, each.after) for each in differences(before, after)]
    assert found == [(5, "放假（除夕）", "工作日"), (14, "周末", "上班（春节）")]
