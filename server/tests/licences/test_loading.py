"""The demo's licences."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import override_settings

from zhijian.core.actor import SYSTEM
from zhijian.core.errors import Problem
from zhijian.identity.loading import load_citizens
from zhijian.licences.loading import load_licences
from zhijian.licences.models import Licence
from zhijian.organizations.loading import load_organizations

pytestmark = pytest.mark.django_db
DEMO = Path(__file__).resolve().parents[3] / "demo"


@override_settings(DEMO=True)
def test_people_of_the_demo_hold_their_licences_once(run_tasks: Callable[[], int]) -> None:
    people = json.loads((DEMO / "people.json").read_text())
    load_organizations(SYSTEM, json.loads((DEMO / "organizations.json").read_text()))
    load_citizens(SYSTEM, people)
    expected = sum(len(person.get("licences", ())) for person in people if person["real_name"])
    assert load_licences(SYSTEM, people) == expected > 0
    assert load_licences(SYSTEM, people) == 0
    assert Licence.objects.count() == expected
    run_tasks()
    assert not Licence.objects.filter(file=None).exists()


def test_only_in_a_demo() -> None:
    with override_settings(DEMO=False), pytest.raises(Problem) as refusal:
        load_licences(SYSTEM, [])
    assert refusal.value.code == "licences.demo_only"
