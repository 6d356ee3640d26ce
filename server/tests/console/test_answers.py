"""The filled form as an officer reads it."""

from typing import Any

from zhijian.cases.console.answers import CONFIRMED, NOT_CONFIRMED, NOT_GIVEN, hidden, sections

UI: dict[str, Any] = {
    "pages": [
        {
            "key": "person",
            "title": "本人信息",
            "fields": [
                {"name": "name", "type": "text", "label": "姓名", "prefill": "citizen.name"},
                {"name": "id_number", "type": "id_number", "label": "身份证号码"},
                {"name": "phone", "type": "phone", "label": "手机号码"},
                {"name": "organization", "type": "text", "label": "单位全称"},
                {"name": "backup", "type": "text", "label": "备用联系人"},
            ],
        },
        {
            "key": "home",
            "title": "居住情况",
            "fields": [
                {
                    "name": "provider",
                    "type": "choice",
                    "label": "房屋由谁提供",
                    "options": [{"value": "rent", "label": "租房"}, {"value": "own", "label": "自有"}],
                },
                {"name": "address", "type": "address", "label": "现居住地址"},
                {"name": "shared", "type": "boolean", "label": "与他人合住"},
                {"name": "declared", "type": "declaration", "label": "我确认以上信息真实"},
                {"name": "agreed", "type": "declaration", "label": "我承诺及时申报变化"},
                {
                    "name": "kinds",
                    "type": "choices",
                    "label": "用途",
                    "options": [{"value": "a", "label": "入学"}, {"value": "b", "label": "就医"}],
                },
                {
                    "name": "lease",
                    "type": "text",
                    "label": "合同编号",
                    "show_if": {"field": "provider", "values": ["own"]},
                },
                {
                    "name": "children",
                    "type": "group",
                    "label": "同住子女",
                    "fields": [
                        {"name": "child_name", "type": "text", "label": "子女姓名"},
                        {"name": "child_id", "type": "id_number", "label": "身份证号码"},
                    ],
                },
            ],
        },
    ]
}
VALUES: dict[str, Any] = {
    "name": "林试验",
    "id_number": "990102199001010013",
    "phone": "19900001234",
    "provider": "rent",
    "address": "云州市澄湖区试验路1号",
    "shared": False,
    "declared": True,
    "kinds": ["a", "b"],
    "children": [{"child_name": "林小试", "child_id": "990102201501010011"}],
}


def _rows(**options: bool) -> dict[str, Any]:
    return {row.label: row for section in sections(UI, VALUES, **options) for row in section.rows}


def test_choices_are_words_and_groups_are_tables() -> None:
    rows = _rows(masked=False)
    assert rows["房屋由谁提供"].text == "租房"
    assert rows["用途"].text == "入学、就医"
    assert rows["与他人合住"].text == "否"
    assert rows["同住子女"].heads == ("子女姓名", "身份证号码")
    assert rows["同住子女"].table == (("林小试", "990102201501010011"),)


def test_a_declaration_is_confirmed_or_not() -> None:
    rows = _rows()
    assert rows["我确认以上信息真实"].text == CONFIRMED
    assert rows["我承诺及时申报变化"].text == NOT_CONFIRMED
    assert not rows["我承诺及时申报变化"].given


def test_personal_data_is_masked_unless_revealed() -> None:
    shown = str(sections(UI, VALUES))
    for clear in ("林试验", "990102199001010013", "19900001234", "林小试", "990102201501010011"):
        assert clear not in shown
    assert _rows(masked=False)["身份证号码"].text == "990102199001010013"
    assert hidden(sections(UI, VALUES)) == {"name", "id_number", "phone"}
    assert hidden(sections(UI, VALUES, masked=False)) == frozenset()


def test_the_address_stays_readable_for_the_decision() -> None:
    assert _rows()["现居住地址"].text == "云州市澄湖区试验路1号"


def test_what_was_not_filled_in_says_so_and_what_was_not_asked_is_left_out() -> None:
    rows = _rows()
    assert rows["单位全称"].text == NOT_GIVEN
    assert not rows["备用联系人"].masked
    assert "合同编号" not in rows


def test_rows_name_themselves_as_a_correction_does() -> None:
    assert _rows()["现居住地址"].pointer == "/address"


def test_a_form_without_pages_has_no_sections() -> None:
    assert sections({"pages": []}, {}) == []
