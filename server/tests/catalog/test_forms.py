"""Compiled forms accept what they ask for, and nothing else; what is wrong is said in Chinese with the label."""

from typing import Any

import pytest
from catalog.strategies import fillings, forms
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhijian.catalog.form_spec import FormSpec
from zhijian.catalog.forms import check_form, clean_form, compile_form

_quick = settings(max_examples=60, suppress_health_check=list(HealthCheck))

FORM = FormSpec.model_validate(
    {
        "pages": [
            {
                "key": "p",
                "title": "基本情况",
                "fields": [
                    {"name": "name", "type": "text", "label": "姓名", "min": 2, "max": 10},
                    {"name": "address", "type": "address", "label": "居住地址"},
                    {
                        "name": "people",
                        "type": "number",
                        "label": "人数",
                        "min": 1,
                        "max": 10,
                        "required": False,
                    },
                    {"name": "born", "type": "date", "label": "出生日期", "required": False},
                    {"name": "tel", "type": "phone", "label": "联系电话", "required": False},
                    {"name": "id", "type": "id_number", "label": "身份证号", "required": False},
                    {
                        "name": "home",
                        "type": "choice",
                        "label": "住房",
                        "options": [{"value": "rent", "label": "租"}, {"value": "own", "label": "自有"}],
                    },
                    {
                        "name": "landlord",
                        "type": "text",
                        "label": "房东姓名",
                        "show_if": {"field": "home", "values": ["rent"]},
                    },
                    {
                        "name": "uses",
                        "type": "choices",
                        "label": "用途",
                        "required": False,
                        "max": 2,
                        "options": [{"value": v, "label": v} for v in "abc"],
                    },
                    {
                        "name": "kids",
                        "type": "group",
                        "label": "子女",
                        "required": False,
                        "max": 2,
                        "fields": [
                            {"name": "name", "type": "text", "label": "子女姓名"},
                            {"name": "age", "type": "number", "label": "年龄", "min": 0, "max": 17},
                        ],
                    },
                ],
            }
        ]
    }
)
COMPILED = compile_form(FORM)
GOOD: dict[str, Any] = {"name": "张三", "address": "云州市平安路8号", "home": "own"}


def _messages(values: Any, **options: Any) -> dict[str, str]:
    return {error.path: error.message for error in check_form(COMPILED, values, **options)}


def test_a_good_filling_has_no_errors() -> None:
    assert _messages(GOOD) == {}


@pytest.mark.parametrize(
    ("changes", "path", "message"),
    [
        ({"address": None}, "/address", "请填写“居住地址”"),
        ({"address": "   "}, "/address", "请填写“居住地址”"),
        ({"home": ""}, "/home", "请选择“住房”"),
        ({"people": 11}, "/people", "“人数”不能大于 10"),
        ({"people": 0}, "/people", "“人数”不能小于 1"),
        ({"people": "三"}, "/people", "“人数”请填写数字"),
        ({"people": True}, "/people", "“人数”请填写数字"),
        ({"name": "张"}, "/name", "“姓名”至少填写 2 个字"),
        ({"name": "张" * 11}, "/name", "“姓名”最多填写 10 个字"),
        ({"born": "2024-02-30"}, "/born", "“出生日期”请填写正确的日期，例如 2024-05-01"),
        (
            {"tel": "12345"},
            "/tel",
            "“联系电话”请填写 11 位手机号码，或带区号的固定电话，例如 0999-1234567，有分机的写作 0999-1234567转801；境外号码请从 + 或 00 和国家或地区代码写起",
        ),
        ({"id": "990101199001010011"}, "/id", "“身份证号”不是有效的居民身份证号码，请核对 18 位号码"),
        ({"home": "boat"}, "/home", "“住房”请从给出的选项中选择"),
        ({"home": "rent"}, "/landlord", "请填写“房东姓名”"),
        ({"uses": ["a", "a"]}, "/uses", "“用途”不能重复选择"),
        ({"uses": ["a", "b", "c"]}, "/uses", "“用途”最多选择 2 项"),
        ({"kids": [{"name": "小明"}]}, "/kids/0/age", "请填写“第 1 项的年龄”"),
        (
            {"kids": [{"name": "小明", "age": 3}, {"name": "小红", "age": 18}]},
            "/kids/1/age",
            "“第 2 项的年龄”不能大于 17",
        ),
        ({"kids": "三个"}, "/kids", "“子女”的格式不正确，请重新填写"),
        ({"surprise": 1}, "/surprise", "表单中没有这一项，请刷新页面后重试"),
        ({"kids": [{"name": "小明", "age": 3, "x": 1}]}, "/kids/0/x", "表单中没有这一项，请刷新页面后重试"),
    ],
)
def test_what_is_wrong_is_said_with_the_label(changes: dict[str, Any], path: str, message: str) -> None:
    assert _messages(GOOD | changes).get(path) == message


def test_what_nobody_sees_in_a_text_is_not_stored() -> None:
    values = GOOD | {"name": "张\u202e三\u200b ", "address": "某路\u20661号\r\n二楼"}
    kept = clean_form(compile_form(FORM), values).values
    assert (kept["name"], kept["address"]) == ("张三", "某路1号\n二楼")


def test_a_hidden_value_is_dropped_and_not_stored() -> None:
    checked = clean_form(COMPILED, GOOD | {"landlord": "李四"})
    assert checked.errors == []
    assert "landlord" not in checked.values


DECLARED = compile_form(
    FormSpec.model_validate(
        {
            "pages": [
                {
                    "key": "p",
                    "title": "声明",
                    "fields": [{"name": "declaration", "type": "declaration", "label": "我确认以上信息真实"}],
                }
            ]
        }
    )
)


def test_a_declaration_is_confirmed_by_true_alone() -> None:
    assert check_form(DECLARED, {"declaration": True}) == []


@pytest.mark.parametrize("values", [{}, {"declaration": None}, {"declaration": ""}, {"declaration": False}])
def test_an_open_declaration_stops_the_submission_but_not_the_draft(values: dict[str, Any]) -> None:
    (error,) = check_form(DECLARED, values)
    assert (error.path, error.code, error.message) == ("/declaration", "required", "请先勾选确认")
    assert check_form(DECLARED, values, partial=True) == []


@pytest.mark.parametrize("value", [1, "true", "是", [True], {"yes": True}])
def test_a_declaration_takes_nothing_like_true(value: Any) -> None:
    for partial in (True, False):
        codes = {error.code for error in check_form(DECLARED, {"declaration": value}, partial=partial)}
        assert "bad_type" in codes


def test_a_draft_may_be_incomplete_but_not_wrong() -> None:
    assert _messages({"name": "张三"}, partial=True) == {}
    assert _messages({"people": 99, "home": "rent"}, partial=True) == {"/people": "“人数”不能大于 10"}


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"name": "长" * 1_000_000}, "too_long"),
        ({"name": {"a": {"b": {"c": {"d": {"e": 1}}}}}}, "too_deep"),
        ({"kids": [{}] * 5000}, "too_large"),
        ({f"x{n}": 1 for n in range(5000)}, "too_large"),
        ({"name": "a\x00b"}, "bad_characters"),
        ({"name": "\ud800"}, "bad_characters"),
        (["not", "an", "object"], "bad_type"),
        ("text", "bad_type"),
        (None, "bad_type"),
    ],
)
def test_hostile_bodies_are_refused_before_anything_looks_inside(values: Any, code: str) -> None:
    assert [error.code for error in check_form(COMPILED, values)] == [code]
    assert [error.code for error in check_form(COMPILED, values, partial=True)] == [code]


@_quick
@given(st.data())
def test_every_filling_made_from_a_form_passes(data: st.DataObject) -> None:
    form = data.draw(forms())
    values = data.draw(fillings(form))
    assert check_form(compile_form(form), values) == []


@_quick
@given(st.data())
def test_a_wrong_value_in_any_field_is_found_there(data: st.DataObject) -> None:
    form = data.draw(forms())
    values = data.draw(fillings(form))
    if not values:
        return
    name = data.draw(st.sampled_from(sorted(values)))
    deciding = any(
        f.show_if and f.show_if.field == name for p in form.pages for o in p.fields for f in [o, *o.fields]
    )
    if deciding:
        return  # changing it changes what else is asked
    broken = values | {name: {"unexpected": "object"}}
    assert any(error.path.startswith(f"/{name}") for error in check_form(compile_form(form), broken))


@_quick
@given(st.data())
def test_a_missing_required_field_is_found(data: st.DataObject) -> None:
    form = data.draw(forms())
    values = data.draw(fillings(form))
    required = [f.name for p in form.pages for f in p.fields if f.required and f.name in values]
    if not required:
        return
    name = data.draw(st.sampled_from(required))
    errors = check_form(compile_form(form), {key: value for key, value in values.items() if key != name})
    assert f"/{name}" in {error.path for error in errors if error.code == "required"}


@_quick
@given(st.data())
def test_an_unknown_field_is_never_accepted(data: st.DataObject) -> None:
    form = data.draw(forms())
    values = data.draw(fillings(form))
    assert "unknown_field" in {error.code for error in check_form(compile_form(form), values | {"zzz": "x"})}


@_quick
@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
        lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(), inner, max_size=5),
        max_leaves=30,
    )
)
def test_no_json_value_makes_the_check_fail(values: Any) -> None:
    assert isinstance(check_form(COMPILED, values), list)
    assert isinstance(check_form(COMPILED, values, partial=True), list)


@pytest.mark.parametrize("written", ["2025/3/1", "2025年3月1日", "20250301", "２０２５．３．１", "2025-3-1"])
def test_a_date_is_stored_in_one_way_however_it_is_written(written: str) -> None:
    checked = clean_form(COMPILED, GOOD | {"born": written})
    assert (checked.values["born"], checked.errors) == ("2025-03-01", [])


@pytest.mark.parametrize("written", ["2024-02-30", "2023年02月29日", "20241301", "0000-01-01", "1/3/2025"])
def test_what_is_no_day_of_the_calendar_is_refused(written: str) -> None:
    assert _messages(GOOD | {"born": written}) == {"/born": "“出生日期”请填写正确的日期，例如 2024-05-01"}
