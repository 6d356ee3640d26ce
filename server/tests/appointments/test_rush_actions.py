"""Arranging, calling off, joining and drawing, against the database."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from appointments.rush_factories import ITEM, enter, make_people, make_place, make_rush, make_slot
from organizations.factories import RegionFactory, StaffFactory
from support.threads import at_once

from zhijian.appointments import errors, events
from zhijian.appointments.actions import rush as actions
from zhijian.appointments.actions.rush import draw as drawing
from zhijian.appointments.models import Booking, QueueEntry, Rush, Seat, Slot
from zhijian.appointments.queries import rush as queries
from zhijian.appointments.rules.draw import Outcome, digest, order
from zhijian.appointments.rules.rush import Plan
from zhijian.appointments.tasks.rush import settle_due_draws
from zhijian.audit.models import AuditEntry
from zhijian.core.actor import SYSTEM
from zhijian.core.clock import now
from zhijian.organizations.rules import Post

pytestmark = pytest.mark.django_db


def plan(**changes: Any) -> Plan:
    day = (now() + timedelta(days=10)).date()
    sound = Plan(
        name="5·20结婚登记",
        item_code=ITEM,
        first_date=day,
        last_date=day,
        mode="queue",
        joins_from=now() + timedelta(hours=1),
        opens_at=now() + timedelta(hours=2),
        closes_at=now() + timedelta(hours=4),
    )
    return replace(sound, **changes)


def closed_draw(*seats: int) -> tuple[Rush, list[Slot]]:
    """A draw whose entry closed a minute ago, over slots with so many seats each."""
    place = make_place()
    slots = [make_slot(place, number=number, seats=count) for number, count in enumerate(seats)]
    moment = now()
    times = {"joins_from": moment - timedelta(hours=3), "opens_at": moment - timedelta(hours=2)}
    return make_rush(place, *slots, mode="draw", closes_at=moment - timedelta(minutes=1), **times), slots


# Arranging -----------------------------------------------------------------------------------------------------


def test_a_rush_takes_the_slots_of_its_dates_in_the_region_and_below() -> None:
    place = make_place()
    inside = [make_slot(place, number=number) for number in range(2)]
    other_item = make_slot(place, item_code="other")
    elsewhere = make_slot(make_place())
    city = RegionFactory()
    place.region.parent = city
    place.region.save()
    wanted = plan()
    rush = actions.arrange(SYSTEM, region=city, plan=wanted)
    assert set(rush.slots.all()) == set(inside)
    assert {slot.opens_at for slot in rush.slots.all()} == {wanted.opens_at}
    assert not Slot.objects.filter(pk__in=[other_item.pk, elsewhere.pk], rush__isnull=False).exists()
    assert (rush.seed, rush.seed_digest) == ("", "")


def test_a_draws_seed_is_sealed_when_it_is_arranged() -> None:
    place = make_place()
    make_slot(place)
    rush = actions.arrange(SYSTEM, region=place.region, plan=plan(mode="draw"))
    rush.refresh_from_db()
    assert len(rush.seed) == 64
    assert rush.seed_digest == digest(rush.seed)
    entry = AuditEntry.objects.get(action="rush.arranged")
    assert entry.facts["seed_digest"] == rush.seed_digest
    assert rush.seed not in str(entry.facts)


def test_what_cannot_be_arranged() -> None:
    place = make_place()
    with pytest.raises(errors.RushWrong) as refused:
        actions.arrange(SYSTEM, region=place.region, plan=plan())
    assert refused.value.fields[0].message == "这些日期还没有号源，请先生成号源"
    slot = make_slot(place)
    with pytest.raises(errors.RushWrong):
        actions.arrange(SYSTEM, region=place.region, plan=plan(opens_at=now() - timedelta(days=1)))
    Seat.objects.update(until=slot.ends_at)
    with pytest.raises(errors.RushWrong) as refused:
        actions.arrange(SYSTEM, region=place.region, plan=plan())
    assert refused.value.fields[0].message == "这些日期已有人预约，不能再改为排队或抽签"
    Seat.objects.update(until=now())
    actions.arrange(SYSTEM, region=place.region, plan=plan())
    with pytest.raises(errors.RushWrong) as refused:
        actions.arrange(SYSTEM, region=place.region, plan=plan())
    assert refused.value.fields[0].message == "这些日期已属于另一个场次"


def test_calling_off_gives_the_slots_back_until_somebody_has_joined() -> None:
    place = make_place()
    slot = make_slot(place)
    rush = actions.arrange(SYSTEM, region=place.region, plan=plan(joins_from=now() - timedelta(minutes=1)))
    ((citizen, _),) = make_people(1)
    entry = actions.join(citizen.actor, citizen=citizen, rush_id=rush.public_id)
    with pytest.raises(errors.RushFixed):
        actions.call_off(SYSTEM, rush=rush)
    entry.delete()
    Rush.objects.update(joined=0)
    actions.call_off(SYSTEM, rush=rush)
    slot.refresh_from_db()
    assert (slot.rush, Rush.objects.count()) == (None, 0)
    with pytest.raises(errors.RushUnknown):
        actions.call_off(SYSTEM, rush=rush)


# Joining -------------------------------------------------------------------------------------------------------


def test_joining_twice_keeps_the_place() -> None:
    rush = make_rush(make_place())
    (first, _), (second, _) = make_people(2)
    entries = [actions.join(one.actor, citizen=one, rush_id=rush.public_id) for one in (first, second, first)]
    assert [entry.position for entry in entries] == [1, 2, 1]
    rush.refresh_from_db()
    assert rush.joined == 2


@pytest.mark.parametrize(
    ("wishes", "message"),
    [
        ([], "请选择1到5个时段"),
        (["a", "a"], "同一个时段只能选一次"),
        (["nowhere"], "所选时段不属于这一场或已停办，请重新选择"),
        (["1", "2", "3", "4", "5", "6"], "请选择1到5个时段"),
    ],
)
def test_wishes_that_cannot_be(wishes: list[str], message: str) -> None:
    rush = make_rush(make_place(), mode="draw")
    ((citizen, _),) = make_people(1)
    with pytest.raises(errors.WishesWrong) as refused:
        actions.join(citizen.actor, citizen=citizen, rush_id=rush.public_id, wishes=wishes)
    assert refused.value.fields[0].message == message
    assert not QueueEntry.objects.exists()


def test_wishes_may_change_until_the_entry_closes() -> None:
    place = make_place()
    slots = [make_slot(place, number=number) for number in range(2)]
    rush = make_rush(place, *slots, mode="draw")
    ((citizen, _),) = make_people(1)
    for wishes in ([slots[0].public_id], [slots[1].public_id, slots[0].public_id]):
        actions.join(citizen.actor, citizen=citizen, rush_id=rush.public_id, wishes=wishes)
    entry = QueueEntry.objects.get()
    assert entry.wishes == [slots[1].public_id, slots[0].public_id]
    Rush.objects.update(closes_at=now())
    with pytest.raises(errors.JoinClosed):
        actions.join(citizen.actor, citizen=citizen, rush_id=rush.public_id, wishes=[slots[0].public_id])


def test_a_draw_is_not_joined_before_it_opens() -> None:
    moment = now()
    rush = make_rush(make_place(), mode="draw", opens_at=moment + timedelta(hours=1))
    ((citizen, _),) = make_people(1)
    with pytest.raises(errors.JoinNotOpen):
        actions.join(citizen.actor, citizen=citizen, rush_id=rush.public_id, wishes=["x"])
    with pytest.raises(errors.RushUnknown):
        actions.join(citizen.actor, citizen=citizen, rush_id="nothing")


# Drawing -------------------------------------------------------------------------------------------------------


def entered(rush: Rush, slots: list[Slot], count: int) -> list[QueueEntry]:
    """Everybody wishes the first slot, then the second."""
    wishes = [slot.public_id for slot in slots]
    return [enter(rush, citizen, wishes=wishes) for citizen, _ in make_people(count)]


def test_the_drawn_order_gets_the_dearest_wishes(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Any] = []
    monkeypatch.setattr(drawing, "emit", told.append)
    rush, slots = closed_draw(2, 1)
    entries = entered(rush, slots, 6)
    settled = actions.settle(SYSTEM, rush=rush)
    drawn = [lot.entry for lot in order(rush.seed, [entry.public_id for entry in entries])]
    found = list(QueueEntry.objects.order_by("rank").select_related("booking__slot", "rush"))
    assert [entry.public_id for entry in found] == drawn
    assert [entry.rank for entry in found] == list(range(1, 7))
    assert [entry.booking and entry.booking.slot for entry in found] == [slots[0]] * 2 + [slots[1]] + [
        None
    ] * 3
    assert [queries.outcome_of(entry) for entry in found] == [Outcome.WON] * 3 + [Outcome.WISHES_FULL] * 3
    assert settled.drawn_at is not None
    assert Booking.objects.filter(state="confirmed", via="draw").count() == 3
    assert told[-1] == events.DrawSettled(rush.public_id)
    assert {event.booking_id for event in told[:-1]} == set(
        Booking.objects.values_list("public_id", flat=True)
    )


def _by_hand(drawn: list[str], wishes: dict[str, list[str]], places: dict[str, int]) -> dict[str, str | None]:
    """Who gets which slot, as anybody would work it out from the published order."""
    given: dict[str, str | None] = {}
    for entry in drawn:
        given[entry] = next((wish for wish in wishes[entry] if places[wish]), None)
        if found := given[entry]:
            places[found] -= 1
    return given


@pytest.mark.parametrize("chance", [random.Random(seed) for seed in range(4)])
def test_the_result_is_what_anybody_works_out(chance: random.Random) -> None:
    rush, slots = closed_draw(*(chance.randrange(4) for _ in range(4)))
    names = [slot.public_id for slot in slots]
    wishes = {
        enter(rush, citizen, wishes=chosen).public_id: chosen
        for citizen, _ in make_people(14)
        for chosen in [chance.sample(names, chance.randrange(1, 5))]
    }
    places = {slot.public_id: slot.seats.count() for slot in slots}
    expected = _by_hand([lot.entry for lot in order(rush.seed, wishes)], wishes, places)
    actions.settle(SYSTEM, rush=rush)
    found = QueueEntry.objects.values_list("public_id", "booking__slot__public_id")
    assert dict(found) == expected


def test_settling_again_changes_nothing() -> None:
    rush, slots = closed_draw(1)
    entered(rush, slots, 3)
    first = actions.settle(SYSTEM, rush=rush)
    before = list(QueueEntry.objects.order_by("pk").values_list("rank", "booking"))
    assert actions.settle(SYSTEM, rush=rush).drawn_at == first.drawn_at
    assert list(QueueEntry.objects.order_by("pk").values_list("rank", "booking")) == before
    assert AuditEntry.objects.filter(action="rush.drawn").count() == 1


@pytest.mark.parametrize("survived", [0, 1, 2, 4])
def test_a_killed_settlement_goes_on(survived: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rush, slots = closed_draw(2, 1)
    entries = entered(rush, slots, 5)
    give, given = drawing._give, 0

    def killed(*args: Any) -> None:
        nonlocal given
        if given == survived:
            raise SystemExit
        given += 1
        give(*args)

    monkeypatch.setattr(drawing, "_give", killed)
    with pytest.raises(SystemExit):
        actions.settle(SYSTEM, rush=rush)
    rush.refresh_from_db()
    assert rush.drawn_at is None
    monkeypatch.setattr(drawing, "_give", give)
    settle_due_draws.func()
    drawn = [lot.entry for lot in order(rush.seed, [entry.public_id for entry in entries])]
    winners = set(QueueEntry.objects.filter(booking__isnull=False).values_list("public_id", flat=True))
    assert winners == set(drawn[:3])
    rush.refresh_from_db()
    assert rush.drawn_at is not None


def test_whoever_has_a_booking_already_leaves_the_place_to_the_next() -> None:
    rush, slots = closed_draw(1)
    entries = entered(rush, slots, 2)
    first = order(rush.seed, [entry.public_id for entry in entries])[0].entry
    lucky = next(entry for entry in entries if entry.public_id == first)
    booked = make_slot(make_place())
    actions.book(citizen=lucky.citizen, slot_id=booked.public_id, key="key-00001")
    actions.settle(SYSTEM, rush=rush)
    outcomes = {
        entry.public_id: queries.outcome_of(entry) for entry in QueueEntry.objects.select_related("rush")
    }
    assert outcomes.pop(first) == Outcome.ALREADY_BOOKED
    assert set(outcomes.values()) == {Outcome.WON}


def test_a_closed_slot_is_nobodys_wish() -> None:
    rush, slots = closed_draw(1, 1)
    slots[0].closed = True
    slots[0].save()
    entered(rush, slots, 1)
    actions.settle(SYSTEM, rush=rush)
    assert Booking.objects.get().slot == slots[1]


def test_before_the_entry_closes_nothing_is_drawn() -> None:
    with pytest.raises(errors.DrawNotDue):
        actions.settle(SYSTEM, rush=make_rush(make_place(), mode="draw"))
    with pytest.raises(errors.DrawNotDue):
        actions.settle(SYSTEM, rush=make_rush(make_place()))


@pytest.mark.django_db(transaction=True)
def test_two_settlers_at_once_keep_the_order(run_tasks: Callable[[], int]) -> None:
    rush, slots = closed_draw(3, 2)
    entries = entered(rush, slots, 9)
    results = at_once([lambda: actions.settle(SYSTEM, rush=rush)] * 3)
    assert all(isinstance(result, Rush) for result in results)
    drawn = [lot.entry for lot in order(rush.seed, [entry.public_id for entry in entries])]
    found = {entry.public_id: entry.booking for entry in QueueEntry.objects.select_related("booking__slot")}
    assert [found[entry] and found[entry].slot for entry in drawn] == [slots[0]] * 3 + [slots[1]] * 2 + [
        None
    ] * 4
    assert AuditEntry.objects.filter(action="rush.drawn").count() == 1


# Who sees what -------------------------------------------------------------------------------------------------


def test_hall_managers_see_the_rushes_of_their_regions() -> None:
    place, elsewhere = make_place(), make_place()
    rush = make_rush(place)
    make_rush(elsewhere)
    manager = StaffFactory(department=place.group.department, posts=[Post.HALL_MANAGER])
    officer = StaffFactory(department=place.group.department, posts=[Post.WINDOW_OFFICER])
    assert list(queries.visible_to(manager)) == [rush]
    assert not queries.visible_to(officer).exists()
