"""Special days, closures, the board and the groups in the console."""

import re
from datetime import timedelta
from typing import Any

import pytest
from appointments.supply_factories import (
    Place,
    at,
    book,
    free,
    make_place,
    make_schedule,
    slots_on,
)
from console.reading import visible
from django.http import HttpResponse
from django.test import Client

from zhijian.appointments.models import (
    Closure,
    Counter,
    CounterGroup,
    NoShowRule,
    Schedule,
    SpecialDay,
)
from zhijian.core.clock import today

pytestmark = pytest.mark.django_db
_LATIN = re.compile(r"[A-Za-z]{3,}")
ROOT = "/console/appointments/supply/"


@pytest.fixture
def place() -> Place:
    return make_place()


@pytest.fixture
def schedule(place: Place) -> Schedule:
    schedule = make_schedule(place.group)
    Closure.objects.create(hall=place.hall, starts_at=at(20, 0), ends_at=at(21, 0), reason="设备检修")
    SpecialDay.objects.create(
        schedule=schedule, date=today() + timedelta(days=9), as_weekday=0, reason="培训"
    )
    counter = Counter.objects.create(hall=place.hall, number="8")
    counter.groups.add(place.group)
    return schedule


@pytest.fixture
def manager(client: Client, place: Place) -> Client:
    client.force_login(place.manager)
    return client


def _address(page: str, place: Place, schedule: Schedule) -> str:
    return ROOT + page.format(plan=schedule.public_id, group=place.group.public_id)


def _strange(page: str) -> list[str]:
    return sorted(set(_LATIN.findall(visible(page))))


def _confirm(client: Client, address: str, shown: HttpResponse, data: dict[str, Any]) -> Any:
    digest = re.search(r'name="expected" value="([0-9a-f]{64})"', shown.content.decode())
    assert digest
    return client.post(address, data | {"step": "apply", "expected": digest[1]}, follow=True)


def test_special_days(manager: Client, place: Place, schedule: Schedule) -> None:
    address = _address("city/plans/{plan}/days/", place, schedule)
    day = today() + timedelta(days=4)
    data = {"date": day.isoformat(), "as_weekday": "0", "reason": "全员培训"}
    shown = manager.post(address, data)
    assert "减少时段" in shown.content.decode()
    assert "全员培训" in _confirm(manager, address, shown, data).content.decode()
    assert all(slot.closed for slot in slots_on(schedule, 4))
    for wrong in ({"date": "2026-13-01"}, {"as_weekday": "9"}, {"reason": ""}, {"date": "2020-01-01"}):
        assert manager.post(address, data | wrong).status_code == 422


def test_closing_and_opening_again(manager: Client, place: Place, schedule: Schedule) -> None:
    booked = book(slots_on(schedule, 3)[0])
    address = f"{ROOT}city/closing/"
    data = {
        "group": "",
        "starts_at": f"{at(3, 0):%Y-%m-%dT%H:%M}",
        "ends_at": f"{at(4, 0):%Y-%m-%dT%H:%M}",
        "reason": "消防演练",
    }
    shown = manager.post(address, data)
    assert booked.number in shown.content.decode()
    assert "消防演练" in _confirm(manager, address, shown, data).content.decode()
    booked.refresh_from_db()
    assert booked.slot.date != today() + timedelta(days=3)
    closure = Closure.objects.get(reason="消防演练")
    lift = f"{ROOT}city/closing/{closure.public_id}/lift/"
    shown = manager.post(lift)
    _confirm(manager, lift, shown, {})
    assert not any(slot.closed for slot in slots_on(schedule, 3))
    for wrong in ({"starts_at": "x"}, {"ends_at": data["starts_at"]}, {"reason": ""}):
        assert manager.post(address, data | wrong).status_code == 422


def test_the_board_and_one_seat_more_or_fewer(manager: Client, place: Place, schedule: Schedule) -> None:
    slot = slots_on(schedule, 3)[0]
    book(slot)
    book(slot, state="held")
    page = manager.get(f"{ROOT}city/board/?date={slot.date.isoformat()}").content.decode()
    assert "已约 1，占号 1，共 2" in page
    address = f"{ROOT}city/board/{slot.public_id}/"
    row = manager.post(address, {"pool": "general", "change": "1"}, headers={"HX-Request": "true"})
    assert row.content.decode().strip().startswith(f'<tr id="slot-{slot.public_id}"')
    assert free(slot) == 1
    assert manager.post(address, {"pool": "general", "change": "-1"}).status_code == 302
    refused = manager.post(address, {"pool": "general", "change": "-1"}, headers={"HX-Request": "true"})
    assert refused.status_code == 409
    assert refused["HX-Retarget"] == "#notices"
    assert "没有空号" in refused.content.decode()
    assert manager.post(address, {"pool": "gold", "change": "1"}).status_code == 422
    assert manager.get(f"{ROOT}city/board/?date=never&group=none").status_code == 200


def test_groups_counters_and_misses(manager: Client, place: Place, schedule: Schedule) -> None:
    data = {
        "name": "身份证", "name_en": "Identity cards", "code": "id", "prefix": "B", "department": place.department.code,
        "booked_share": "2", "walk_in_share": "1", "early_minutes": "30", "grace_minutes": "15",
        "service_minutes": "10", "near_metres": "500", "active": "1",
    }  # fmt: skip
    manager.post(f"{ROOT}city/groups/new/", data)
    made = CounterGroup.objects.get(code="id")
    address = f"{ROOT}city/groups/{made.public_id}/"
    manager.post(address, data | {"name": "身份证办理"})
    assert CounterGroup.objects.get(code="id").name == "身份证办理"
    for wrong in (
        {"prefix": "b"},
        {"booked_share": "0"},
        {"department": "x"},
        {"code": "大厅"},
        {"near_metres": ""},
    ):
        answer = manager.post(address, data | wrong)
        assert answer.status_code == 422
        assert _strange(answer.content.decode()) == []
    assert manager.post(f"{ROOT}city/groups/new/", data).status_code == 409
    manager.post(f"{ROOT}city/counters/", {"number": "9", "groups": [made.public_id]})
    counter = Counter.objects.get(number="9")
    manager.post(f"{ROOT}city/counters/", {"number": "10", "counter": counter.public_id, "groups": []})
    assert Counter.objects.get(number="10").pk == counter.pk
    assert manager.post(f"{ROOT}city/counters/", {"number": ""}).status_code == 422
    manager.post(f"{ROOT}city/misses/", {"misses": "3", "within_days": "90", "blocked_days": "30"})
    assert NoShowRule.objects.get().misses == 3
    assert manager.post(f"{ROOT}city/misses/", {"misses": "0"}).status_code == 422
    manager.post(f"{ROOT}city/misses/", {})
    assert not NoShowRule.objects.exists()
