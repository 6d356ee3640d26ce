"""A certificate says what it certifies, for the period that was asked for, and never more than can be known."""

import io
from copy import deepcopy
from datetime import datetime
from typing import Any

import pytest
import time_machine
from cases.factories import World, approved_case, make_world
from catalog.factories import spec_data
from pypdf import PdfReader

from zhijian.cases import actions
from zhijian.cases.models import Case
from zhijian.catalog.rules import check_spec
from zhijian.catalog.spec import ItemSpec
from zhijian.core.actor import SYSTEM
from zhijian.core.zone import CHINA
from zhijian.licences.actions import make_document

pytestmark = pytest.mark.django_db
STATEMENT = "经查询，被查询人自{period_from|出生之日}起至{period_to|出具本证明之日}止，未发现有犯罪记录。"
DATES = [
    {"name": name, "type": "date", "label": label, "required": False}
    for name, label in (("period_from", "查询起始日期"), ("period_to", "查询截止日期"))
]


def certificate(**changes: Any) -> dict[str, Any]:
    result = {"name": "无犯罪记录证明", "kind": "certificate", "licence_type": "no_crime_certificate"}
    return result | {"statement": STATEMENT} | changes


def printed(case: Case) -> str:
    licence = make_document(SYSTEM, licence_id=case.result.licence.public_id)
    assert licence.file is not None
    return "".join(
        "".join(page.extract_text() for page in PdfReader(io.BytesIO(licence.file.read())).pages).split()
    )


def world_of(**changes: Any) -> World:
    form = deepcopy(spec_data()["form"])
    form["pages"][-1]["fields"] += DATES
    return make_world(results=[certificate(**changes)], form=form)


@pytest.mark.parametrize(
    ("period", "says"),
    [
        ({}, "自出生之日起至出具本证明之日止"),
        ({"period_from": "2019-05-01", "period_to": "2024-12-31"}, "自2019年5月1日起至2024年12月31日止"),
        ({"period_from": "2019-05-01"}, "自2019年5月1日起至出具本证明之日止"),
        ({"period_to": "2999-01-01"}, "至出具本证明之日止"),  # nobody can know
    ],
)
@time_machine.travel(datetime(2026, 3, 9, 10, tzinfo=CHINA), tick=False)
def test_no_criminal_record_is_said_with_its_period(period: dict[str, str], says: str) -> None:
    world = world_of()
    case = approved_case(world)
    Case.objects.filter(pk=case.pk).update(form=case.form | period)
    case.refresh_from_db()
    text = printed(actions.issue(world.office.window.actor, case=case))
    assert says in text
    assert "未发现有犯罪记录" in text
    assert "长期有效" not in text
    assert "反映出具之日的情况" in text


def test_a_certificate_with_a_term_says_its_term() -> None:
    world = world_of(validity_months=3)
    text = printed(actions.issue(world.office.window.actor, case=approved_case(world)))
    assert "有效期自" in text
    assert "止。" in text


def test_words_of_the_office_stand_in_place_of_the_term() -> None:
    world = world_of(validity="由使用单位自行决定采信的期限。")
    text = printed(actions.issue(world.office.window.actor, case=approved_case(world)))
    assert "由使用单位自行决定采信的期限。" in text
    assert "有效期自" not in text


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("", "required"),
        ("自{nobody}起", "unknown_field"),
        ("自{period_from}起", "may_be_empty"),
        (STATEMENT, None),
    ],
)
def test_no_item_is_published_whose_certificate_says_nothing(statement: str, code: str | None) -> None:
    data = deepcopy(spec_data(results=[certificate(statement=statement)]))
    data["form"]["pages"][-1]["fields"] += DATES
    faults = [fault.code for fault in check_spec(ItemSpec.model_validate(data)) if "statement" in fault.path]
    assert faults == ([code] if code else [])
