"""The demo city's halls, from its own file."""

import copy
from datetime import date
from typing import Any

import pytest
from demo import city

from zhijian.appointments.errors import SupplyWrong
from zhijian.appointments.loading import load_appointments
from zhijian.appointments.models import Counter, CounterGroup, NoShowRule, Schedule, Seat, Slot
from zhijian.core.actor import SYSTEM
from zhijian.organizations.loading import load_organizations

VALID_FROM = date(2026, 1, 1)


def _document() -> Any:
    return city.document("appointments.json")


def test_what_halls_offer_is_bookable_there() -> None:
    items = {spec.code: spec for spec in city.items()}
    for row in _document()["halls"]:
        for group in row["groups"]:
            for plan in group["plans"]:
                spec = items[plan["item_code"]]
                assert spec.bookable
                assert row["hall"] in {place.hall for place in spec.places}
                assert spec.department == group["department"]


@pytest.mark.django_db
def test_it_loads_once_and_whole() -> None:
    load_organizations(SYSTEM, city.document("organizations.json"))
    slots = load_appointments(SYSTEM, _document(), valid_from=VALID_FROM)
    assert slots == Slot.objects.count() > 5_000
    kinds = (CounterGroup, Counter, Schedule, Slot, Seat, NoShowRule)
    before = [kind.objects.count() for kind in kinds]
    assert Schedule.objects.values("group__hall").distinct().count() == 7
    assert not Counter.objects.filter(groups=None).exists()
    assert load_appointments(SYSTEM, _document(), valid_from=VALID_FROM) == 0
    assert [kind.objects.count() for kind in kinds] == before


@pytest.mark.django_db
@pytest.mark.parametrize("part", ["hall", "department", "counter", "line", "shape"])
def test_a_wrong_document_loads_nothing(part: str) -> None:
    load_organizations(SYSTEM, city.document("organizations.json"))
    document = copy.deepcopy(_document())
    first = document["halls"][0]
    if part == "hall":
        first["hall"] = "nowhere"
    elif part == "department":
        first["groups"][0]["department"] = "nobody"
    elif part == "counter":
        first["counters"][0]["groups"] = ["nothing"]
    elif part == "line":
        first["groups"][0]["plans"][0]["lines"][0]["ends"] = "08:00"
    else:
        first["groups"][0]["plans"][0]["lines"][0]["starts"] = "nine"
    with pytest.raises(SupplyWrong) as refused:
        load_appointments(SYSTEM, document, valid_from=VALID_FROM)
    assert refused.value.fields
    assert not CounterGroup.objects.exists()
