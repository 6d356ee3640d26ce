"""Each item of the demo city is complete, consistent and honest about how far it can be handled online."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from zhijian.catalog.codes import CaseType, Channel, Handling, OnlineDepth, ResultKind
from zhijian.catalog.form_spec import FormField
from zhijian.catalog.forms import check_form, compile_form
from zhijian.catalog.rules import apply_answers, check_spec
from zhijian.catalog.spec import ItemSpec
from zhijian.core.deadlines import LimitUnit

from . import city

NAMES = (
    "居民身份证", "居住证申领", "居住证签注", "出生登记", "户口迁移", "普通护照", "往来港澳通行证", "无犯罪记录证明",
    "机动车注册登记", "驾驶证期满换证", "结婚登记", "最低生活保障", "临时救助", "高龄津贴", "残疾人两项补贴", "残疾人证",
    "社会保险登记", "基本养老金", "失业保险金", "养老保险关系转移", "社会保障卡", "工伤认定", "劳动能力鉴定",
    "就业困难人员", "生育津贴", "异地就医", "医疗费.*报销", "公积金提取", "公积金贷款", "转移登记", "公共租赁住房", "企业.*设立登记",
    "个体工商户", "食品经营许可", "公共场所卫生许可", "医疗机构执业", "生育登记", "道路货物运输", "建筑工程施工许可",
    "户外广告", "教师资格", "义务教育", "法律援助", "公证", "社会团体", "取水许可",
)  # fmt: skip
HOT = ["居住证申领", "公积金", "居民身份证", "异地就医", "社会保障卡", "无犯罪记录", "驾驶证", "生育登记"]
HAN = re.compile(r"[\u4e00-\u9fff]")
FOR_ANOTHER = re.compile("受他人委托|代办|未满16周岁的孩子|行动不便的老人")
CONFIRMING = re.compile("我确认|我承诺|本人承诺")

every_item = pytest.mark.parametrize("path", city.ITEM_FILES, ids=lambda path: path.stem)


def fields_of(spec: ItemSpec) -> Iterator[FormField]:
    for page in spec.form.pages:
        for field in page.fields:
            yield field
            yield from field.fields


@every_item
def test_is_named_after_its_code(path: Path) -> None:
    assert city.item(path).code == path.stem


@every_item
def test_is_written_in_the_common_layout(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n"


@every_item
def test_can_be_published(path: Path) -> None:
    assert check_spec(city.item(path)) == []


@every_item
def test_whoever_acts_for_another_is_sent_to_a_hall(path: Path) -> None:
    spec = city.item(path)
    if spec.handling != Handling.ONLINE or not any(field.verified for field in fields_of(spec)):
        return
    for question in spec.questions:
        for option in question.options:
            if FOR_ANOTHER.search(option.label):
                assert "大厅" in option.blocks, option.label


@every_item
def test_refers_to_what_the_city_has(path: Path) -> None:
    spec, organizations, themes = (
        city.item(path),
        city.document("organizations.json"),
        city.document("themes.json"),
    )
    assert spec.department in city.codes(organizations["departments"])
    assert {place.hall for place in spec.places} <= set(city.codes(organizations["halls"]))
    for group in ("themes_person", "themes_legal", "life_events"):
        assert set(getattr(spec, group)) <= {theme["name"] for theme in themes[group]}, group
    assert spec.themes_person or spec.themes_legal


@every_item
def test_situations_change_only_listed_materials(path: Path) -> None:
    spec = city.item(path)
    options = [option for question in spec.questions for option in question.options]
    listed = {material.code for material in spec.materials}
    assert {code for option in options for code in [*option.adds, *option.removes]} <= listed
    added = {code for option in options for code in option.adds}
    assert {material.code for material in spec.materials if material.situational} <= added
    for question in spec.questions:
        for option in question.options:
            apply_answers(spec, {question.key: option.key})


@every_item
def test_each_situation_promises_no_longer_than_the_law(path: Path) -> None:
    spec = city.item(path)
    for question in spec.questions:
        for option in question.options:
            if (
                option.promised_limit
                and spec.legal_limit
                and option.promised_limit.unit == spec.legal_limit.unit
            ):
                assert option.promised_limit.value <= spec.legal_limit.value, option.label


@every_item
def test_handling_is_honest(path: Path) -> None:
    spec = city.item(path)
    assert spec.online == (spec.handling == Handling.ONLINE) == bool(spec.form.pages)
    if spec.handling == Handling.ONLINE:
        assert {Channel.COMPUTER, Channel.MOBILE} & set(spec.channels)
        assert (spec.online_depth == OnlineDepth.WHOLE) == (spec.visits == 0)
    else:
        assert set(spec.channels) <= {Channel.WINDOW, Channel.COURIER, Channel.OTHER}
        assert spec.online_depth in (OnlineDepth.CONSULT, OnlineDepth.PREVIEW)
    if spec.handling == Handling.VISIT:
        assert spec.bookable
        assert spec.visits > 0
        assert spec.places
    assert bool(spec.visits_reason) == (spec.visits > 0)
    instant = spec.promised_limit is not None and spec.promised_limit.unit == LimitUnit.INSTANT
    assert instant == (spec.case_type == CaseType.INSTANT)


@every_item
def test_form_compiles_and_refuses_an_empty_application(path: Path) -> None:
    spec = city.item(path)
    if spec.handling != Handling.ONLINE:
        return
    assert 2 <= len(spec.form.pages) <= 5
    assert 4 <= sum(len(page.fields) for page in spec.form.pages) <= 24
    compiled = compile_form(spec.form)
    assert {error.code for error in check_form(compiled, {})} == {"required"}
    assert check_form(compiled, {}, partial=True) == []


@every_item
def test_says_everything_a_person_needs(path: Path) -> None:
    spec = city.item(path)
    for text in (
        spec.short_name,
        spec.exercise_content,
        spec.authority_scope,
        spec.service_hours,
        spec.handling_department,
    ):
        assert text
    assert len(spec.short_name) <= 6
    assert spec.summary.endswith("。")
    assert spec.conditions
    assert len(spec.steps) >= 3
    assert spec.materials
    assert spec.results
    assert len(spec.faqs) >= 2
    assert len(set(spec.search_words)) >= 6
    assert all(basis.law.startswith("《") for basis in spec.legal_bases)
    for material in spec.materials:
        assert material.acceptance_standard, material.name
        assert material.issuer or material.source_note or material.source == "applicant", material.name


@every_item
def test_is_readable_in_english(path: Path) -> None:
    spec = city.item(path)
    texts = [spec.name_en, spec.summary_en]
    texts += [part.name_en for part in (*spec.steps, *spec.materials, *spec.results)]
    texts += [page.title_en for page in spec.form.pages]
    for question in spec.questions:
        texts += [question.text_en, *(option.label_en for option in question.options)]
        texts += [option.note_en for option in question.options if option.note]
    for field in fields_of(spec):
        texts += [field.label_en, *(choice.label_en for choice in field.options)]
        texts += [field.hint_en] if field.hint else []
    missing = [text for text in texts if not text or HAN.search(text)]
    assert missing == []


def test_codes_are_unique() -> None:
    specs = city.items()
    for name in ("code", "base_code", "name", "short_name"):
        repeated = [value for value, n in Counter(getattr(spec, name) for spec in specs).items() if n > 1]
        assert repeated == [], name


@pytest.mark.parametrize("name", NAMES)
def test_the_46_items_are_there(name: str) -> None:
    assert any(re.search(name, spec.name) for spec in city.items())


def test_there_are_46_items() -> None:
    assert len(city.ITEM_FILES) == len(NAMES) == 46


def test_the_eight_frequent_services_come_in_order() -> None:
    hot = sorted((spec for spec in city.items() if spec.hot), key=lambda spec: -spec.hot)
    assert len(hot) == len({spec.hot for spec in hot}) == len(HOT)
    for words, spec in zip(HOT, hot, strict=True):
        assert words in spec.name


def test_most_items_can_be_handled_online_and_ask_about_the_situation() -> None:
    specs = city.items()
    assert sum(spec.handling == Handling.ONLINE for spec in specs) >= 26
    assert sum(bool(spec.questions) for spec in specs) >= 28


@every_item
def test_what_the_applicant_confirms_is_a_declaration(path: Path) -> None:
    """A sentence to confirm must not be asked as a question that can be answered with no."""
    for field in fields_of(city.item(path)):
        assert (field.type == "declaration") == bool(CONFIRMING.match(field.label)), field.label
        assert field.type != "declaration" or field.required


def test_every_field_type_is_used() -> None:
    used = {field.type for spec in city.items() for field in fields_of(spec)}
    assert used == {
        "text", "textarea", "number", "date", "choice", "choices", "boolean", "declaration", "phone", "id_number",
        "credit_code", "address", "group",
    }  # fmt: skip


@every_item
def test_every_certificate_says_what_it_certifies(path: Path) -> None:
    spec = city.item(path)
    for result in spec.results:
        if spec.handling == Handling.ONLINE and result.kind == ResultKind.CERTIFICATE:
            assert len(result.statement) > 10
            assert "特此证明" not in result.statement
    assert not [fault for fault in check_spec(spec) if "/results/" in fault.path]
    texts = [result.statement for result in spec.results if result.statement]
    assert len(set(texts)) == len(texts)
