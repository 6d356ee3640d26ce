"""Files as people have them."""

import json
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhijian.calendars.rules.formats import decode, read, write_csv
from zhijian.calendars.rules.year import Day, YearPlan

CSV = """年度,2027
依据,国务院办公厅关于2027年部分节假日安排的通知
文号,国办发明电〔2026〕99号
发文日期,2026-11-04
网址,https://www.gov.cn/
日期,类型,名称
2027-02-05,休,除夕
2027/2/14,班,春节
"""


@pytest.mark.parametrize(
    "text",
    [
        CSV,
        "\ufeff" + CSV,
        CSV.replace(",", "，"),
        CSV.replace(",", "\t"),
        CSV.replace("\n", "\r\n"),
        CSV.replace("休", "放假").replace("班,", "上班,"),
        CSV.replace("2027-02-05", "2027年2月5日"),
        CSV.replace("2027-02-05", "２０２７．２．５"),
        CSV.replace("2027-02-05", "20270205"),
    ],
)
def test_csv(text: str) -> None:
    found = read(text)
    assert found.unread == ()
    assert found.plan.marks == {date(2027, 2, 5): False, date(2027, 2, 14): True}
    assert found.plan.source.document_number == "国办发明电〔2026〕99号"
    assert found.plan.source.issued_on == date(2026, 11, 4)
    assert not found.plan.provisional


def test_spreadsheets_write_gbk() -> None:
    assert read(decode(CSV.encode("gbk"))).plan.days == read(CSV).plan.days


def test_json_as_the_software_ships_it() -> None:
    from pathlib import Path

    import zhijian.core

    text = (Path(zhijian.core.__file__).parent / "calendars/2027.json").read_text(encoding="utf-8")
    found = read(text)
    assert found.unread == ()
    assert found.plan.provisional
    assert len(found.plan.days) == 13
    assert found.plan.source.title.startswith("全国年节")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2027-02-30,休,春节", "没有读懂日期"),
        ("2027-02-05,开会,春节", "请写“休”或“班”"),
        ("二月五日,休", "没有读懂日期"),
        ('{"year": 2027}', "格式不对"),
        ('{"days": [', "格式不对"),
        ("年度,明年\n2027-02-05,休", "四位数"),
        ("发文日期,去年\n2027-02-05,休", "没有读懂发文日期"),
        ("年度,2026\n2026-02-05,休,春节", "这是2026年的安排"),
    ],
)
def test_faults_name_the_place(text: str, words: str) -> None:
    assert words in "".join(read(text, 2027 if "这是" in words else None).unread)


DAYS = st.lists(
    st.builds(
        Day,
        st.dates(date(2027, 1, 1), date(2027, 12, 31)),
        st.booleans(),
        st.sampled_from(["", "春节", "国庆节"]),
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda day: day.date,
)


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=40)
@given(DAYS)
def test_what_is_written_is_read_again(days: list[Day]) -> None:
    plan = YearPlan(2027, tuple(sorted(days)))
    assert read(write_csv(plan)).plan.days == plan.days
    document = {"year": 2027, "title": "通知", "days": plan.json}
    assert read(json.dumps(document)).plan.days == plan.days


@given(st.text(max_size=400))
def test_any_text_is_read_without_falling(text: str) -> None:
    read(text)
    read(text, 2027)
