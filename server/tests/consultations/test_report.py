"""Figures against a count by hand, and exports that hold no persons and run no formulas."""

import csv
import io
from collections import Counter
from typing import Any

import pytest
from consultations.factories import VALUES, Desk, drafted, published, take_part
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from zhijian.audit.models import AuditEntry
from zhijian.consultations import actions, exporting
from zhijian.consultations.models import Answer, Consultation
from zhijian.consultations.queries.report import report
from zhijian.core.clock import today
from zhijian.core.errors import Problem

pytestmark = pytest.mark.django_db

SHEETS = st.fixed_dictionaries(
    {
        "q1": st.sampled_from(["yes", "no"]),
        "q3": st.integers(1, 5),
        "q4": st.fixed_dictionaries(
            {"safe": st.sampled_from(["low", "high"]), "cheap": st.sampled_from(["low", "high"])}
        ),
    },
    optional={"q2": st.lists(st.sampled_from(["home", "shed", "street"]), min_size=1, unique=True)},
)


def by_key(row: Consultation) -> dict[str, Any]:
    return {one.key: one for one in report(row).results}


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(SHEETS, max_size=12))
def test_the_database_counts_as_a_person_would(sheets: list[dict[str, Any]]) -> None:
    row = published(Desk())
    Answer.objects.bulk_create(Answer(consultation=row, day=today(), values=values) for values in sheets)
    found = by_key(row)
    assert report(row).answers == len(sheets)
    ones = Counter(values["q1"] for values in sheets)
    assert {bar.key: bar.count for bar in found["q1"].rows[0].bars} == {
        "yes": ones["yes"],
        "no": ones["no"],
    }
    many = Counter(one for values in sheets for one in values.get("q2", []))
    assert {bar.key: bar.count for bar in found["q2"].rows[0].bars if bar.count} == many
    assert found["q2"].answered == sum("q2" in values for values in sheets)
    marks = [values["q3"] for values in sheets]
    assert found["q3"].rows[0].mean == (round(sum(marks) / len(marks), 2) if marks else None)
    for place, name in enumerate(("safe", "cheap")):
        high = sum(values["q4"][name] == "high" for values in sheets)
        assert found["q4"].rows[place].bars[1].count == high


def test_another_consultations_answers_are_not_counted() -> None:
    row = published(Desk())
    take_part(published(Desk()))
    assert report(row).answers == 0


def test_free_words_and_clauses_are_counted() -> None:
    row = published(Desk())
    take_part(row, values=VALUES | {"q5": "多装"}, comments=[("c1", "好"), ("", "很好")])
    take_part(row, comments=[("c1", "不好")])
    found = report(row)
    assert by_key(row)["q5"].answered == 1
    assert found.clauses == {"c1": 2, "c2": 0}


def test_report_costs_three_statements(django_assert_num_queries: Any) -> None:
    row = published(Desk())
    for _ in range(3):
        take_part(row)
    with django_assert_num_queries(3):
        report(row)


# Exports.

NASTY = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "<b>粗</b>", '逗号,"引号"\n换行']


@pytest.fixture
def filled() -> Consultation:
    row = published(Desk())
    for words in NASTY:
        take_part(row, values=VALUES | {"q5": words}, comments=[("c1", words)])
    return row


def test_workbook_has_words_codes_and_their_key(filled: Consultation) -> None:
    book = load_workbook(io.BytesIO(exporting.workbook(filled)))
    assert book.sheetnames == ["答卷（文字）", "答卷（代码）", "代码说明", "意见"]
    words = list(book["答卷（文字）"].values)
    codes = list(book["答卷（代码）"].values)
    assert words[0][:3] == ("序号", "1. 您有电动自行车吗", "2. 在哪里充电")
    assert codes[0] == ("序号", "q1", "q2", "q3", "q4.safe", "q4.cheap", "q5")
    assert words[1][1:6] == ("有", "家里；车棚", 4, "重要", "不重要")
    assert codes[1][1:6] == ("yes", "home；shed", 4, "high", "low")
    assert ("q1", "单选", "您有电动自行车吗", "yes", "有") in list(book["代码说明"].values)
    assert len(words) == len(NASTY) + 1


def test_no_cell_is_a_formula(filled: Consultation) -> None:
    book = load_workbook(io.BytesIO(exporting.workbook(filled)))
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert {cell.value for cell in cells} >= {"=1+1", "@SUM(A1)"}


def test_comma_separated_opens_right_and_runs_nothing(filled: Consultation) -> None:
    content = exporting.comma_separated(filled)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert len(rows) == len(NASTY) + 1
    for line in rows[1:]:
        assert not any(value.startswith(("=", "+", "-", "@", "\t", "\r")) for value in line)
    assert {line[-1] for line in rows[1:]} >= {"'=1+1", "'@SUM(A1)"}


@pytest.mark.parametrize("write", [exporting.workbook, exporting.comma_separated])
def test_no_person_and_no_time_is_exported(write: Any) -> None:
    row = published(Desk())
    person = take_part(row, values=VALUES, comments=[("c1", "赞成")], notify=True)
    content = write(row)
    if write is exporting.workbook:
        book = load_workbook(io.BytesIO(content))
        text = "\n".join(str(value) for sheet in book for line in sheet.values for value in line)
    else:
        text = content.decode()
    answer = Answer.objects.get()
    for secret in (person.public_id, person.name, answer.pk, answer.handle, str(answer.day)):
        assert str(secret) not in text


def test_exporting_is_audited_and_only_after_publication() -> None:
    desk = Desk()
    with pytest.raises(Problem) as refusal:
        actions.note_export(desk.editor.actor, consultation=drafted(desk), kind="csv")
    assert refusal.value.code == "consultations.not_now"
    row = published(desk)
    actions.note_export(desk.editor.actor, consultation=row, kind="csv")
    assert AuditEntry.objects.get(action="consultation.exported").facts == {"kind": "csv"}
