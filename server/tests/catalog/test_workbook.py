"""The workbook: export and import are inverse, and every fault is named with sheet, cell and reason."""

import json
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from catalog.factories import make_city, make_spec, make_staff, spec_data
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from zhijian.catalog.actions.importing import import_items
from zhijian.catalog.codes import Audience, Channel, ItemKind, Level
from zhijian.catalog.errors import WorkbookInvalid, WorkbookTooLarge, WorkbookUnreadable
from zhijian.catalog.models import ServiceItem
from zhijian.catalog.spec import ItemSpec
from zhijian.catalog.workbook import read_workbook, write_workbook
from zhijian.core.actor import SYSTEM
from zhijian.core.deadlines import LimitUnit
from zhijian.organizations.rules import Post

_words = st.text("居住证材料，。｜\\=+-@\n甲乙ab0、\"'", max_size=30).map(str.strip)
_line = _words.map(lambda text: text.replace("\n", " ").strip())
_named = st.text("甲乙丙丁abc=｜\\、", min_size=1, max_size=10)
_limit = st.none() | st.builds(
    lambda value, unit, note: {"value": value, "unit": unit, "note": note},
    st.integers(0, 3650), st.sampled_from(LimitUnit.values), _line,
)  # fmt: skip
_codes = st.lists(st.sampled_from([f"m{n}" for n in range(5)]), unique=True, max_size=3)


@st.composite
def specs(draw: st.DrawFn) -> ItemSpec:
    """Any specification, consistent or not."""
    material = st.fixed_dictionaries(
        {"code": st.sampled_from(["m0", "m1"]), "name": _named, "copies": st.integers(0, 20), "situational": st.booleans(),
         "filling_notes": _words, "basis": _words},
    )  # fmt: skip
    option = st.fixed_dictionaries(
        {"key": st.sampled_from(["a", "b"]), "label": _named, "adds": _codes, "removes": _codes, "note": _words,
         "promised_limit": _limit, "halls": st.just(["city"]) | st.just([])},
    )  # fmt: skip
    questions = [
        {"key": f"q{index}", "text": draw(_named), "options": draw(st.lists(option, min_size=2, max_size=3))}
        for index in range(draw(st.integers(0, 3)))
    ]
    return ItemSpec.model_validate(
        spec_data(
            code=draw(st.text("0123456789ABCdef", min_size=1, max_size=24)),
            name=draw(_named),
            legal_bases=draw(st.lists(st.fixed_dictionaries({"law": _named, "article": _line, "text": _words}), min_size=1, max_size=3)),
            conditions=draw(st.lists(_named, min_size=1, max_size=3)),
            steps=draw(st.lists(st.fixed_dictionaries({"name": _named, "detail": _words, "days": _line}), min_size=1, max_size=3)),
            kind=draw(st.sampled_from(ItemKind.values)),
            level=draw(st.sampled_from(Level.values)),
            audiences=draw(st.lists(st.sampled_from(Audience.values), min_size=1, unique=True)),
            channels=draw(st.lists(st.sampled_from(Channel.values), min_size=1, unique=True)),
            legal_limit=draw(_limit),
            promised_limit=draw(_limit),
            effective_from=draw(st.none() | st.dates().map(str)),
            materials=draw(st.lists(material, max_size=3)),
            fees=draw(st.lists(st.fixed_dictionaries({"name": _named, "standard": _named, "amount": st.none() | st.decimals(0, 99999, places=2).map(str)}), max_size=2)),
            questions=questions,
            authority_scope=draw(_words),
            search_words=draw(st.lists(_named, max_size=3)),
            charged=draw(st.booleans()),
        )
    )  # fmt: skip


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(st.lists(specs(), min_size=1, max_size=2, unique_by=lambda spec: spec.code))
def test_what_is_exported_is_imported_equal(given_specs: list[ItemSpec]) -> None:
    read = read_workbook(write_workbook(given_specs))
    assert [one.spec.model_dump_json_ready() for one in read] == [
        spec.model_dump_json_ready() for spec in given_specs
    ]


def test_heads_are_the_standards_words_and_codes_are_words() -> None:
    book = load_workbook(BytesIO(write_workbook([make_spec()])))
    assert book.sheetnames == ["事项", "材料", "收费", "结果", "常见问题", "情形"]
    items = {head.value: cell.value for head, cell in zip(*book["事项"].iter_rows(max_row=2), strict=True)}
    assert items["实施编码"] == "990100000709002001"
    assert (items["法定办结时限"], items["法定办结时限单位"]) == (15, "工作日")
    assert (items["事项类型"], items["行使层级"], items["办理形式"]) == (
        "行政确认",
        "县级",
        "窗口办理、移动端办理",
    )
    assert [cell.value for cell in book["材料"][1]][:4] == [
        "实施编码",
        "材料代码",
        "材料名称",
        "名称（英文）",
    ]


def _changed(change: Callable[[Workbook], None], *given_specs: ItemSpec) -> bytes:
    book = load_workbook(BytesIO(write_workbook(given_specs or [make_spec()])))
    change(book)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _set(sheet: str, head: str, value: Any, row: int = 2) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        heads = [cell.value for cell in book[sheet][1]]
        book[sheet].cell(row, heads.index(head) + 1).value = value  # cell(…, None) would change nothing

    return change


@pytest.mark.parametrize(
    ("head", "written", "field", "value"),
    [
        ("事项类型", "01", "kind", "01"),
        ("事项类型", 1, "kind", "01"),
        ("事项类型", "许可", "kind", "01"),
        ("事项类型", "行政许可", "kind", "01"),
        ("行使层级", "县", "level", "4"),
        ("服务对象", "自然人，企业", "audiences", ["1", "2"]),
        ("是否收费", "是", "charged", True),
        ("是否收费", "1", "charged", True),
        ("计划生效日期", "2026/05/01", "effective_from", "2026-05-01"),
        ("计划生效日期", "２０２６年5月1日", "effective_from", "2026-05-01"),
        ("计划生效日期", 20260501, "effective_from", "2026-05-01"),
        ("法定办结时限单位", "day", "legal_limit", {"value": 15, "unit": "day", "note": ""}),
        ("中介服务", None, "intermediary_services", ""),
    ],
)
def test_codes_and_words_are_both_read(head: str, written: Any, field: str, value: Any) -> None:
    (read,) = read_workbook(_changed(_set("事项", head, written)))
    assert read.spec.model_dump(mode="json")[field] == value


def _append(sheet: str, *values: Any) -> Callable[[Workbook], None]:
    return lambda book: book[sheet].append(list(values))


def _rename(sheet: str, head: str, name: str) -> Callable[[Workbook], None]:
    return _set(sheet, head, name, row=1)


@pytest.mark.parametrize(
    ("change", "path", "code", "reason"),
    [
        (_set("事项", "事项类型", "放行"), "事项!H2", "bad_value", "没有“放行”这个值"),
        (_set("事项", "是否收费", "也许"), None, "bad_value", "请填写“是”或“否”"),
        (_set("事项", "法定办结时限", "十五"), None, "bad_value", "请填写整数"),
        (_set("事项", "法定办结时限单位", None), None, "missing", "单位"),
        (_set("事项", "事项名称", None), "事项!A2", "missing", "请填写“事项名称”"),
        (_set("事项", "事项名称", "长" * 201), "事项!A2", "string_too_long", "最多 200 个字"),
        (_set("事项", "申请表单", "{oops"), None, "bad_value", "不是正确的 JSON"),
        (_set("事项", "到办事现场次数", 99), None, "less_than_equal", "不能大于 9"),
        (_set("材料", "复印件份数", 50, row=3), None, "less_than_equal", "不能大于 20"),
        (_set("材料", "材料名称", None, row=4), "材料!C4", "missing", "请填写"),
        (_set("材料", "材料代码", "中文"), "材料!B2", "string_pattern_mismatch", "格式不正确"),
        (_append("收费", "000", "工本费", "20元"), "收费!A2", "unknown_item", "不在工作表“事项”中"),
        (_append("材料", None, "x", "无主材料"), "材料!A5", "required", "请填写“实施编码”"),
        (_rename("结果", "结果名称", "果名"), None, "unknown_column", "不认识列“果名”"),
        (lambda book: book.remove(book["收费"]), "收费", "missing_sheet", "缺少工作表“收费”"),
        (lambda book: book.create_sheet("备注"), "备注", "unknown_sheet", "不认识工作表“备注”"),
        (_set("情形", "选项代码", None), "情形!E2", "missing", "请填写"),
        (_set("情形", "问题", None), "情形!C2", "missing", "请填写"),
    ],
)
def test_a_fault_is_named_with_sheet_cell_and_reason(
    change: Callable[[Workbook], Any], path: str | None, code: str, reason: str
) -> None:
    with pytest.raises(WorkbookInvalid) as refusal:
        read_workbook(_changed(change))
    mine = [field for field in refusal.value.fields if field.code == code]
    assert mine, refusal.value.fields
    assert any(reason in field.message for field in mine), mine
    if path:
        assert path in {field.path for field in mine}


def test_an_unreadable_cell_is_named_once() -> None:
    with pytest.raises(WorkbookInvalid) as refusal:
        read_workbook(_changed(_set("事项", "承诺办结时限", "很快")))
    assert [field.message for field in refusal.value.fields] == ["“承诺办结时限”请填写整数"]


def test_a_repeated_item_is_named() -> None:
    with pytest.raises(WorkbookInvalid) as refusal:
        read_workbook(write_workbook([make_spec(), make_spec()]))
    assert [(field.path[:2], field.code) for field in refusal.value.fields] == [("事项", "repeated")]


def _zip(**entries: bytes) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/"), content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", WorkbookUnreadable),
        (b"not a zip", WorkbookUnreadable),
        (b"PK\x03\x04" + b"\x00" * 100, WorkbookUnreadable),
        (_zip(word__document=b"<xml/>"), WorkbookUnreadable),
        (_zip(**{"xl__workbook.xml": b"<broken"}), WorkbookUnreadable),
        (_zip(**{"xl__workbook.xml": b"0" * 60_000_000}), WorkbookTooLarge),
        (_zip(**{f"e{n}": b"" for n in range(300)}), WorkbookTooLarge),
        (b"0" * 6_000_000, WorkbookTooLarge),
    ],
)
def test_bombs_and_broken_files_are_refused(content: bytes, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        read_workbook(content)


@pytest.mark.django_db
def test_an_import_makes_drafts_and_nothing_else() -> None:
    manager = make_staff(Post.ITEM_MANAGER, make_city())
    content = write_workbook([make_spec(), make_spec(code="2", name="别的事项")])
    assert import_items(manager.actor, content=content, name="事项.xlsx") == ["990100000709002001", "2"]
    assert not ServiceItem.objects.filter(live=True).exists()
    import_items(manager.actor, content=content, name="事项.xlsx")
    assert sum(item.revisions.count() for item in ServiceItem.objects.all()) == 2


@pytest.mark.django_db
def test_an_import_is_whole_or_nothing() -> None:
    make_city()
    content = write_workbook([make_spec(), make_spec(code="2", department="nobody")])
    with pytest.raises(WorkbookInvalid) as refusal:
        import_items(SYSTEM, content=content, name="事项.xlsx")
    assert [(field.path, field.message) for field in refusal.value.fields] == [
        ("事项!A3", "没有代码为“nobody”的部门")
    ]
    assert not ServiceItem.objects.exists()


@pytest.mark.django_db
def test_an_import_into_another_department_is_refused() -> None:
    from organizations.factories import DepartmentFactory

    make_city()
    stranger = make_staff(Post.ITEM_MANAGER, DepartmentFactory())
    with pytest.raises(WorkbookInvalid):
        import_items(stranger.actor, content=write_workbook([make_spec()]), name="事项.xlsx")
    assert not ServiceItem.objects.exists()


@pytest.mark.django_db
def test_json_is_imported_the_same_way() -> None:
    make_city()
    good = json.dumps([spec_data(), spec_data(code="2")]).encode()
    assert len(import_items(SYSTEM, content=good, name="items.json")) == 2
    bad = json.dumps([spec_data(), spec_data(kind="99", colour="red")]).encode()
    with pytest.raises(WorkbookInvalid) as refusal:
        import_items(SYSTEM, content=bad, name="items.json")
    assert {field.path for field in refusal.value.fields} == {"第 2 个事项/kind", "第 2 个事项/colour"}
    for broken in (b"{", b"[" * 100_000, b"\xff"):
        with pytest.raises(WorkbookUnreadable):
            import_items(SYSTEM, content=broken, name="items.json")
