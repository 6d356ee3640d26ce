"""Pure decisions: situations, consistency, limits in words, who may review."""

from typing import Any

import pytest
from catalog.factories import make_spec, spec_data
from hypothesis import given
from hypothesis import strategies as st

from zhijian.catalog.errors import UnknownAnswer
from zhijian.catalog.rules import apply_answers, check_spec, fee_text, limit_text, limit_text_en
from zhijian.catalog.spec import ItemSpec, Limit


def test_no_answers_leave_the_item_as_it_is() -> None:
    applied = apply_answers(make_spec(), {})
    assert applied.material_codes == ["id_card"]
    assert applied.fee == "不收费"
    assert applied.halls == ("city", "south")
    assert applied.promised_limit is not None
    assert applied.promised_limit.value == 10
    assert applied.unanswered == ("home",)
    assert applied.blocks == applied.notes == ()


def test_an_answer_narrows_materials_place_and_days() -> None:
    applied = apply_answers(make_spec(), {"home": "own"})
    assert applied.material_codes == ["id_card", "deed"]
    assert applied.halls == ("south",)
    assert applied.promised_limit == Limit(value=5, unit="working_day")
    assert applied.unanswered == ()


def test_notes_are_told() -> None:
    assert [note.text for note in apply_answers(make_spec(), {"home": "rent"}).notes] == ["合同要在有效期内"]


@pytest.mark.parametrize(
    "answers", [{"home": "boat"}, {"other": "rent"}, {"home": "rent", "x": "y"}, {"home": ""}]
)
def test_what_the_item_does_not_ask_is_refused(answers: dict[str, str]) -> None:
    with pytest.raises(UnknownAnswer) as refusal:
        apply_answers(make_spec(), answers)
    assert refusal.value.fields


def test_a_removal_wins_over_an_addition() -> None:
    questions = spec_data()["questions"]
    second = {
        "key": "kind",
        "text": "方式？",
        "options": [
            {"key": "trust", "label": "告知承诺", "removes": ["lease", "id_card"]},
            {"key": "no", "label": "否"},
        ],
    }
    spec = make_spec(questions=[*questions, second])
    assert apply_answers(spec, {"home": "rent", "kind": "trust"}).material_codes == []


def test_a_later_question_overrides_an_earlier_one() -> None:
    options = [
        {"key": "a", "label": "甲", "fee": "20元", "blocks": "请到窗口"},
        {"key": "b", "label": "乙", "fee": "40元"},
    ]
    spec = make_spec(questions=[{"key": k, "text": k, "options": options} for k in ("one", "two")])
    applied = apply_answers(spec, {"one": "a", "two": "b"})
    assert applied.fee == "40元"
    assert applied.blocks == ("请到窗口",)


@given(st.dictionaries(st.sampled_from(["home"]), st.sampled_from(["rent", "own"])))
def test_asked_materials_are_always_the_items_own_in_its_order(answers: dict[str, str]) -> None:
    spec = make_spec()
    order = [material.code for material in spec.materials]
    asked = apply_answers(spec, answers).material_codes
    assert asked == [code for code in order if code in asked]


def test_fees_in_words() -> None:
    fees = [{"name": "工本费", "standard": "每证20元"}, {"name": "补证费", "standard": "每证40元"}]
    assert fee_text(make_spec(charged=True, fees=fees)) == "工本费：每证20元；补证费：每证40元"


@pytest.mark.parametrize(
    ("limit", "text", "english"),
    [
        (None, "", ""),
        (Limit(value=0, unit="instant"), "即办", "On the spot"),
        (Limit(value=1, unit="working_day"), "1个工作日", "1 working day"),
        (Limit(value=60, unit="day"), "60日", "60 days"),
        (Limit(value=2, unit="hour"), "2小时", "2 hours"),
    ],
)
def test_limits_in_words(limit: Limit | None, text: str, english: str) -> None:
    assert (limit_text(limit), limit_text_en(limit)) == (text, english)


def _field(**changes: Any) -> dict[str, Any]:
    form = {
        "pages": [
            {"key": "p", "title": "页", "fields": [{"name": "a", "type": "text", "label": "甲"} | changes]}
        ]
    }
    return {"form": form}


OPTIONS = spec_data()["questions"][0]["options"]


def _question(**changes: Any) -> dict[str, Any]:
    return {"questions": [spec_data()["questions"][0] | changes]}


@pytest.mark.parametrize(
    ("changes", "path", "code"),
    [
        ({"name": " "}, "/name", "required"),
        ({"enquiry": ""}, "/enquiry", "required"),
        ({"visits": 1}, "/visits_reason", "required"),
        ({"effective_from": "2026-02-01", "effective_to": "2026-01-01"}, "/effective_to", "bad_range"),
        ({"promised_limit": {"value": 20, "unit": "working_day"}}, "/promised_limit", "longer_than_law"),
        ({"promised_limit": {"value": 0, "unit": "day"}}, "/promised_limit", "bad_limit"),
        ({"promised_limit": {"value": 3, "unit": "instant"}}, "/promised_limit", "bad_limit"),
        ({"materials": [{"code": "a", "name": "甲"}] * 2, "questions": []}, "/materials", "repeated"),
        ({"questions": []}, "/materials/1/situational", "never_asked"),
        ({"charged": True}, "/fees", "required"),
        ({"fees": [{"name": "工本费", "standard": "20元"}]}, "/charged", "fees_without_charge"),
        (_question(options=[OPTIONS[0], OPTIONS[0], OPTIONS[1]]), "/questions/0", "repeated"),
        (
            _question(options=[OPTIONS[0] | {"adds": ["nothing"]}, OPTIONS[1]]),
            "/questions/0",
            "unknown_material",
        ),
        (_question(options=[OPTIONS[0] | {"halls": ["north"]}, OPTIONS[1]]), "/questions/0", "unknown_hall"),
        ({"form": {"pages": []}}, "/form", "required"),
        ({"online": False}, "/online", "handling_differs"),
        ({"handling": "visit", "places": [], "questions": []}, "/places", "required"),
        (_field(type="choice"), "/form/a", "no_options"),
        (_field(min=5, max=3), "/form/a", "bad_range"),
        (_field(show_if={"field": "b", "values": ["x"]}), "/form/a", "unknown_condition"),
        (_field(prefill="citizen.id_number"), "/form/a", "bad_prefill"),
        (_field(type="id_number", prefill="citizen.name"), "/form/a", "bad_prefill"),
        (
            _field(
                type="group", fields=[{"name": "b", "type": "text", "label": "乙", "prefill": "citizen.name"}]
            ),
            "/form/a",
            "bad_prefill",
        ),
        (_field(type="group"), "/form/a", "bad_group"),
        (
            _field(type="group", fields=[{"name": "g", "type": "group", "label": "组", "fields": []}]),
            "/form/a",
            "nested_group",
        ),
    ],
)
def test_an_inconsistency_is_named(changes: dict[str, Any], path: str, code: str) -> None:
    assert (path, code) in {(error.path, error.code) for error in check_spec(make_spec(**changes))}


def test_the_invented_item_is_consistent() -> None:
    assert check_spec(make_spec()) == []


def test_a_specification_survives_json() -> None:
    spec = make_spec()
    assert ItemSpec.model_validate(spec.model_dump_json_ready()) == spec
