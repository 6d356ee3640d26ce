"""The smaller decisions: corrections, refusals, deliveries, autosave, completeness, changes of an item."""

from datetime import date
from typing import Any

import pytest
from catalog.factories import make_spec, spec_data
from hypothesis import given
from hypothesis import strategies as st

from zhijian.cases.presenting.sentences import Scene, sentence
from zhijian.cases.rules import autosave, completeness, corrections, deliveries, refusals
from zhijian.cases.rules.changes import differences
from zhijian.cases.rules.corrections import Fault
from zhijian.cases.rules.states import State
from zhijian.catalog.rules import apply_answers
from zhijian.core.dates import weekday_date, weekday_date_en

FIELDS, MATERIALS = {"name", "address"}, {"id_card", "lease"}


def notice(fields: list[Fault] = [], materials: list[Fault] = []) -> list[tuple[str, str]]:  # noqa: B006
    found = corrections.unnamed(fields=fields, materials=materials, known_fields=FIELDS, asked=MATERIALS)
    return [(error.path, error.code) for error in found]


@pytest.mark.parametrize(
    ("fields", "materials", "wrong"),
    [
        ([Fault("/address", "写到门牌号")], [], []),
        ([], [Fault("lease", "补最后一页")], []),
        ([Fault("/family/0/name", "写全名")], [], [("/fields/0", "unknown")]),
        ([], [], [("/fields", "required")]),
        ([], [Fault("tax_record", "请提交")], [("/materials/0", "not_in_guide")]),
        ([Fault("/address", "  ")], [], [("/fields/0", "words_required")]),
    ],
)
def test_a_notice_names_only_what_the_guide_lists(
    fields: list[Fault], materials: list[Fault], wrong: list[tuple[str, str]]
) -> None:
    assert notice(fields, materials) == wrong


@pytest.mark.parametrize(
    ("reasons", "law", "paths"),
    [
        ("材料与情况不符", "第九条", []),
        ("不行", "第九条", ["/reasons"]),
        ("材料与情况不符", " ", ["/law"]),
        ("", "", ["/reasons", "/law"]),
    ],
)
def test_a_refusal_carries_reasons_and_law(reasons: str, law: str, paths: list[str]) -> None:
    assert [error.path for error in refusals.incomplete(reasons=reasons, law=law)] == paths


def test_remedies_name_both_ways_and_their_terms() -> None:
    words = refusals.remedies("云州市公安局")
    assert "60日" in words
    assert "6个月" in words
    assert "行政复议" in words
    assert "行政诉讼" in words


@pytest.mark.parametrize(
    ("given_", "codes"),
    [
        ({"method": "electronic"}, []),
        ({"method": "pickup", "hall": "city"}, []),
        ({"method": "pickup", "hall": "moon"}, ["unknown"]),
        ({"method": "pickup"}, ["required"]),
        ({"method": "courier", "address": "某路1号", "receiver": "林试验", "phone": "19900000001"}, []),
        ({"method": "courier"}, ["required", "required", "required"]),
        (
            {"method": "courier", "address": "长" * 300, "receiver": "林", "phone": "1"},
            ["too_long", "bad_phone"],
        ),
        ({"method": "pigeon"}, ["required"]),
        ({}, ["required"]),
    ],
)
def test_ways_of_delivery(given_: dict[str, Any], codes: list[str]) -> None:
    assert [error.code for error in deliveries.wrong(given_, courier=True, halls=["city"])] == codes


def test_what_the_item_does_not_offer() -> None:
    assert deliveries.wrong({"method": "courier"}, courier=False, halls=[])[0].code == "not_offered"
    assert deliveries.wrong({"method": "pickup"}, courier=True, halls=[])[0].code == "not_offered"


def test_only_what_the_method_needs_is_kept() -> None:
    kept = deliveries.tidy({"method": "pickup", "hall": "city", "address": "某路1号", "phone": "1"})
    assert kept == {"method": "pickup", "hall": "city"}


values = st.dictionaries(st.sampled_from("abcd"), st.one_of(st.none(), st.integers(), st.text(max_size=5)))


@given(values, values)
def test_autosave_keeps_all_that_was_not_sent_again(stored: dict[str, Any], sent: dict[str, Any]) -> None:
    merged = autosave.merged(stored, sent)
    for name, value in {**stored, **sent}.items():
        assert merged.get(name) == value
    assert None not in merged.values()
    assert autosave.merged(merged, sent) == merged


def test_unknown_fields_are_named() -> None:
    assert [error.path for error in autosave.unknown({"name": 1, "evil": 2}, FIELDS)] == ["/evil"]


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({}, ["/materials/id_card", "/materials/lease"]),
        ({"necessity": "deferred"}, ["/materials/lease"]),
        ({"necessity": "optional"}, ["/materials/lease"]),
        ({"form": "paper"}, ["/materials/lease"]),
    ],
)
def test_missing_materials(change: dict[str, str], missing: list[str]) -> None:
    data = spec_data()
    data["materials"][0] |= change
    spec = make_spec(materials=data["materials"])
    asked = apply_answers(spec, {"home": "rent"}).materials
    assert [error.path for error in completeness.missing_materials(asked, [])] == missing
    assert completeness.missing_materials(asked, ["id_card", "lease"]) == []


def test_open_questions_are_asked_by_their_text() -> None:
    spec = make_spec()
    (error,) = completeness.open_questions(spec, apply_answers(spec, {}))
    assert error.message == "请选择：您住的房子是？"


def test_changes_are_told_in_sentences() -> None:
    data = spec_data()
    photo = {"code": "photo", "name": "近期照片"}
    after = make_spec(
        materials=[photo, *data["materials"][1:]],
        promised_limit={"value": 5, "unit": "working_day"},
        conditions=["在本市居住满一年"],
        charged=True,
        fees=[{"name": "工本费", "standard": "每证20元", "amount": "20.00"}],
    )
    told = differences(make_spec(), after)
    assert "新增材料“近期照片”" in told
    assert "不再需要材料“居民身份证”" in told
    assert "承诺办结时限改为5个工作日" in told
    assert "收费改为：工本费：每证20元" in told
    assert "受理条件有变化，请重新核对" in told


def test_changes_of_the_form_are_told() -> None:
    before = make_spec()
    pages = spec_data()["form"]["pages"][0]
    other = pages | {"fields": [pages["fields"][0], {"name": "job", "type": "text", "label": "职业"}]}
    told = differences(before, make_spec(form={"pages": [other]}))
    assert set(told) == {"表单新增“职业”", "表单不再填写“居住地址”", "表单不再填写“人数”"}


def test_a_change_of_anything_else_is_told_too() -> None:
    assert differences(make_spec(), make_spec(enquiry="0999-0101001")) == [
        "办事指南的其他内容有更新，您的填写和材料不受影响"
    ]


TODAY, DUE = date(2026, 11, 22), date(2026, 12, 3)


def scene(state: State, **changes: Any) -> Scene:
    return Scene(
        **({"state": state, "office": "市公安局", "office_en": "PSB", "due": DUE, "today": TODAY} | changes)
    )


@pytest.mark.parametrize(
    ("state", "changes", "words"),
    [
        (State.REVIEWING, {}, "市公安局正在审查，最晚12月3日（周四）前办结"),
        (State.REVIEWING, {"due": None}, "市公安局正在审查"),
        (State.REVIEWING, {"overdue": True}, "市公安局正在审查，已超过承诺的时间，我们正在督办"),
        (State.SUBMITTED, {}, "市公安局已收到您的申请，最晚12月3日（周四）前告知是否受理"),
        (
            State.SUBMITTED,
            {"corrected": True},
            "市公安局已收到您的补正材料，最晚12月3日（周四）前告知是否受理",
        ),
        (State.CORRECTION, {}, "需要您补正，请在12月3日（周四）前提交"),
        (State.DELIVERING, {"delivery": "courier"}, "结果已寄出，收到后请确认"),
        (State.DELIVERING, {"delivery": "pickup"}, "结果已做好，请到窗口领取"),
        (State.CONCLUDED, {}, "已办结"),
        (State.CONCLUDED, {"refused": True}, "已办结：没有获得批准，理由和救济途径见下方"),
    ],
)
def test_sentences(state: State, changes: dict[str, Any], words: str) -> None:
    assert sentence(scene(state, **changes))[0] == words


def test_the_english_sentence() -> None:
    words = sentence(scene(State.REVIEWING))[1]
    assert words == "PSB is reviewing your application, to be completed by Thu 3 Dec at the latest"


@given(st.sampled_from(list(State)), st.booleans(), st.booleans(), st.one_of(st.none(), st.dates()))
def test_every_scene_has_a_sentence(state: State, overdue: bool, refused: bool, due: date | None) -> None:
    words, words_en = sentence(scene(state, overdue=overdue, refused=refused, due=due))
    assert words
    assert words_en.isascii()


def test_dates_name_the_year_only_when_it_is_another() -> None:
    assert weekday_date(date(2027, 1, 4), this_year=2026) == "2027年1月4日（周一）"
    assert weekday_date_en(date(2026, 12, 3), this_year=2026) == "Thu 3 Dec"
