"""Slots are made as the plans ask, each once."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from appointments.supply_factories import (
    ITEM,
    Place,
    at,
    free,
    make_place,
    make_schedule,
    slots_on,
)
from organizations.factories import RegionFactory

from zhijian.appointments.actions import supply
from zhijian.appointments.models import (
    Closure,
    Rush,
    Schedule,
    Seat,
    Slot,
)
from zhijian.core.clock import now, today
from zhijian.core.workdays import Workdays

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    return make_place()


@pytest.fixture
def schedule(place: Place) -> Schedule:
    return make_schedule(place.group)


def test_the_seeded_calendar_is_that_of_the_rules() -> None:
    from appointments.test_supply_rules import MAKE_UP, REST

    days = Workdays.load().days
    assert {day: days.get(day) for day in REST} == dict.fromkeys(REST, False)
    assert {day: days.get(day) for day in MAKE_UP} == dict.fromkeys(MAKE_UP, True)


def test_slots_are_made_a_week_beyond_the_bookable_days(schedule: Schedule) -> None:
    dates = set(Slot.objects.values_list("date", flat=True))
    assert max(dates) == today() + timedelta(days=17)
    slot = slots_on(schedule, 3)[0]
    assert slot.opens_at == at(3 - 10, 8)
    assert slot.closes_at == at(3, 8)
    seats = list(slot.seats.order_by("number").values_list("number", "pool", "booking"))
    assert seats == [(1, "general", None), (2, "general", None), (3, "priority", None), (4, "walk_in", None)]
    assert free(slot) == 2


def test_making_them_again_makes_none(schedule: Schedule) -> None:
    before = (Slot.objects.count(), Seat.objects.count())
    assert supply.open_slots(schedule=schedule) == 0
    assert supply.open_all() == 0
    assert (Slot.objects.count(), Seat.objects.count()) == before


def test_a_deleted_slot_is_made_again_and_no_other(schedule: Schedule) -> None:
    slots_on(schedule, 5)[0].delete()
    assert supply.open_all() == 1


def test_the_next_day_adds_its_slots(schedule: Schedule) -> None:
    with time_machine.travel(now() + timedelta(days=1), tick=False):
        assert supply.open_slots(schedule=schedule) == 2


def test_up_to_a_day(place: Place) -> None:
    schedule = make_schedule(place.group, opened=False)
    supply.open_slots(schedule=schedule, until=today() + timedelta(days=2))
    assert max(Slot.objects.values_list("date", flat=True)) == today() + timedelta(days=2)


def test_slots_of_a_closed_time_are_made_shut(place: Place) -> None:
    Closure.objects.create(hall=place.hall, starts_at=at(2, 0), ends_at=at(2, 23), reason="停电检修")
    schedule = make_schedule(place.group)
    shut = slots_on(schedule, 2)
    assert [slot.closed for slot in shut] == [True, True]
    assert free(shut[0]) == 0
    assert [slot.closed for slot in slots_on(schedule, 3)] == [False, False]


def _mark(place: Place, **fields: Any) -> Rush:
    """Three and four days from today are given out in a rush that opens in two days."""
    standard = {
        "name": "5·20结婚登记", "item_code": ITEM, "region": place.region, "first_date": today() + timedelta(days=3),
        "last_date": today() + timedelta(days=4), "joins_from": at(1, 8), "opens_at": at(2, 8), "closes_at": at(2, 12),
    }  # fmt: skip
    return Rush.objects.create(**(standard | fields))


def test_slots_made_for_a_marked_date_belong_to_its_rush(place: Place) -> None:
    rush = _mark(place)
    schedule = make_schedule(place.group)
    marked = [slot for day in (3, 4) for slot in slots_on(schedule, day)]
    assert {(slot.rush_id, slot.opens_at) for slot in marked} == {(rush.pk, rush.opens_at)}
    assert set(rush.slots.all()) == set(marked)


def test_a_rush_of_the_city_takes_the_districts_slots(place: Place) -> None:
    city = RegionFactory()
    place.region.parent = city
    place.region.save()
    rush = _mark(place, region=city)
    assert {slot.rush_id for slot in slots_on(make_schedule(place.group), 3)} == {rush.pk}


@pytest.mark.parametrize("other", ["item", "region"])
def test_another_items_or_regions_rush_takes_none(place: Place, other: str) -> None:
    _mark(place, **({"item_code": "990100MZ0099000"} if other == "item" else {"region": RegionFactory()}))
    make_schedule(place.group)
    assert not Slot.objects.exclude(rush=None).exists()


def test_generation_asks_few_questions(schedule: Schedule, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(
        10
    ):  # savepoint ×2, hall, calendar and its lock ×2, closures, slots, plan ×3
        supply.open_slots(schedule=schedule)
