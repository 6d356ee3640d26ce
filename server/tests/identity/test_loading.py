"""The demo's people."""

import json
from copy import deepcopy
from typing import Any

import pytest
from django.conf import settings as django_settings
from identity.factories import id_number, phone
from pytest_django.fixtures import Settings

from zhijian.core.actor import SYSTEM
from zhijian.identity import errors, queries
from zhijian.identity.loading import load_citizens
from zhijian.identity.models import Citizen

pytestmark = pytest.mark.django_db
PEOPLE: list[dict[str, Any]] = [
    {"phone": phone(1), "name": "林试验", "id_number": id_number(1), "label": "林先生", "real_name": True},
    {"phone": phone(2), "name": "吴试验", "id_number": id_number(2), "label": "吴同学", "real_name": False},
]


@pytest.fixture(autouse=True)
def _demo(settings: Settings) -> None:
    settings.DEMO = True


def test_people_are_loaded_once() -> None:
    assert [load_citizens(SYSTEM, PEOPLE) for _ in range(2)] == [2, 0]
    confirmed, other = queries.citizen_by_phone(phone(1)), queries.citizen_by_phone(phone(2))
    assert confirmed
    assert (confirmed.name, confirmed.real_name) == ("林试验", True)
    assert other
    assert (other.name, other.real_name) == ("", False)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("phone", "13800001234"),
        ("id_number", id_number(region="110105")),
        ("id_number", "1"),
        ("name", "林1"),
    ],
)
def test_only_invented_people_are_loaded(key: str, value: str) -> None:
    people = deepcopy(PEOPLE)
    people[1][key] = value
    with pytest.raises(errors.DataWrong) as refusal:
        load_citizens(SYSTEM, people)
    assert [fault.path for fault in refusal.value.fields] == [f"/1/{key}"]
    assert not Citizen.objects.exists()


def test_outside_a_demo_nobody_is_loaded(settings: Settings) -> None:
    settings.DEMO = False
    with pytest.raises(errors.DemoOnly):
        load_citizens(SYSTEM, PEOPLE)


def test_the_demo_citys_people_are_sound() -> None:
    people = json.loads((django_settings.DEMO_ROOT / "people.json").read_text(encoding="utf-8"))
    assert load_citizens(SYSTEM, people) == len(people)
