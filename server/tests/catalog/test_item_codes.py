"""Codes as the national platform writes them are taken everywhere; what is too long is told with its length."""

import re
from io import BytesIO
from typing import Any

import pytest
from catalog.factories import make_city, make_spec, spec_data
from django.apps import apps
from django.db import models
from openpyxl import load_workbook
from pydantic import ValidationError

from zhijian.catalog.actions.importing import import_items
from zhijian.catalog.errors import WorkbookInvalid
from zhijian.catalog.models import ServiceItem
from zhijian.catalog.spec import ItemSpec
from zhijian.catalog.words import field_errors
from zhijian.catalog.workbook import read_workbook, write_workbook
from zhijian.content.rules import addresses
from zhijian.content.spec import ItemLink
from zhijian.core import item_codes
from zhijian.core.actor import SYSTEM

# Of the platform's shape: region or unit (18), 基本编码 (12), serial; the region is unassigned.
CODE = "11990100MB1X00000A4000104002000"
BASE = "000104002000"
BUSINESS = CODE + "01"


def national(**changes: Any) -> ItemSpec:
    return make_spec(**({"code": CODE, "base_code": BASE, "business_code": BUSINESS} | changes))


def test_the_shapes_are_the_platforms() -> None:
    assert (len(CODE), len(BASE), len(BUSINESS)) == (31, 12, 33)


@pytest.mark.django_db
def test_a_workbook_with_national_codes_is_imported_and_exported() -> None:
    make_city()
    import_items(SYSTEM, content=write_workbook([national()]), name="清单.xlsx")
    item = ServiceItem.objects.get(code=CODE)
    item.full_clean(exclude=["department", "current_version"])
    assert (item.base_code, item.business_code) == (BASE, BUSINESS)


@pytest.mark.parametrize(
    "pasted", [f" {CODE} ", f"{CODE[:18]} {CODE[18:]}", f"{CODE}\u200b", CODE.replace("1", "１")]
)
def test_pasted_blanks_and_wide_signs_are_no_fault(pasted: str) -> None:
    assert national(code=pasted).code == CODE


@pytest.mark.parametrize(("field", "length"), [("code", "31"), ("base_code", "12"), ("business_code", "33")])
@pytest.mark.parametrize("wrong", ["9" * 60, "11-22", "编码"])
def test_a_wrong_code_is_told_with_the_right_length(field: str, length: str, wrong: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        ItemSpec.model_validate(spec_data(**{field: wrong}))
    [told] = field_errors(refusal.value, ItemSpec)
    assert length in told.message
    assert "字母或数字" in told.message


def test_a_code_that_the_spreadsheet_rounded_is_refused() -> None:
    book = load_workbook(BytesIO(write_workbook([national()])))
    heads = [cell.value for cell in book["事项"][1]]
    book["事项"].cell(2, heads.index("业务办理项编码") + 1).value = int("9" * 33)
    changed = BytesIO()
    book.save(changed)
    with pytest.raises(WorkbookInvalid) as refusal:
        read_workbook(changed.getvalue())
    assert any("设为文本" in field.message for field in refusal.value.fields)


def test_every_table_has_room_for_an_items_code() -> None:
    narrow = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.CharField)
        and (field.name == "item_code" or field.verbose_name in {"实施编码", "事项编码"})
        and (field.max_length or 0) < item_codes.LENGTH
    ]
    assert narrow == []


def test_links_to_items_are_known_by_their_whole_code() -> None:
    assert ItemLink(code=CODE).code == CODE
    found = re.fullmatch(addresses._ITEM, f"/items/{CODE}/")
    assert found is not None
    assert found[1] == CODE


def test_visits_that_nobody_stated_are_unknown_not_none() -> None:
    data = spec_data()
    data.pop("visits", None)
    data.pop("visits_reason", None)
    assert ItemSpec.model_validate(data).visits is None
    [read] = read_workbook(write_workbook([ItemSpec.model_validate(data)]))
    assert read.spec.visits is None
    [stated] = read_workbook(write_workbook([make_spec(visits=0)]))
    assert stated.spec.visits == 0
