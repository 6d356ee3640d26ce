"""Two persons for one place, a hundred times over; thousands for 72 places; a lane killed in the middle."""

import multiprocessing
import os
import random
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from appointments.rush_factories import (
    LONG_AGO,
    Place,
    book_all,
    make_people,
    make_place,
    make_rush,
    make_slot,
)
from django.db import connection
from django.db.models import F
from support.crowd import Asker, ask_all
from support.lane import LaneProcess
from support.threads import at_once

from zhijian.appointments.actions import rush as actions
from zhijian.appointments.actions.reservation import ClaimLost, Wanted, reserve
from zhijian.appointments.errors import SlotFull
from zhijian.appointments.models import Booking, Claim, QueueEntry, Rush, Seat, Slot
from zhijian.core.clock import now

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ROUNDS, SLOTS = 100, 60


def oversold() -> int:
    """Bookings that keep a place without one of their own, and persons with two of an item."""
    live = Booking.objects.filter(state="confirmed", slot__ends_at__gt=now())
    without = live.exclude(seat__booking=F("pk"), seat__until=F("slot__ends_at"), seat__slot=F("slot"))
    twice = live.values_list("citizen_id", "item_code")
    return without.count() + len(twice) - len(set(twice))


# Two persons, one place ----------------------------------------------------------------------------------------


def _rounds(place: Place, rounds: int) -> list[list[int]]:
    """Slots with one seat each; every round has an item of its own, so that the same persons may book again."""
    starts = now() + timedelta(days=10)
    common = {
        "schedule": place.schedule,
        "group": place.group,
        "opens_at": now() - timedelta(days=1),
        "date": starts.date(),
    }
    slots = Slot.objects.bulk_create(
        Slot(
            item_code=f"round-{round_}",
            starts_at=starts + timedelta(minutes=number),
            ends_at=starts + timedelta(minutes=number + 1),
            closes_at=starts,
            **common,
        )
        for round_ in range(rounds)
        for number in range(SLOTS)
    )
    Seat.objects.bulk_create((Seat(slot=slot, number=1, until=LONG_AGO) for slot in slots), batch_size=2_000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return [[slot.pk for slot in slots[at : at + SLOTS]] for at in range(0, len(slots), SLOTS)]


def _side(people: list[int], rounds: list[list[int]], meet: Callable[[], Any]) -> int:
    """One of two who reach for each place together; how many they got."""
    moment, got = now(), 0
    for slots in rounds:
        for person, slot in zip(people, slots, strict=True):
            meet()
            wanted = Wanted(person, person, slot, ("general",), moment)
            try:
                got += reserve(wanted) is not None
            except ClaimLost:  # cannot be: nobody stands on both sides
                return -1
    return got


def _one_winner_each(got: list[Any], rounds: int) -> None:
    assert sum(got) == rounds * SLOTS == Booking.objects.count() == Claim.objects.count()
    assert Seat.objects.filter(booking__slot=F("slot"), until__gt=now()).count() == rounds * SLOTS
    assert min(got) > 0, "the two never met"


def test_sixty_places_two_threads_a_hundred_times() -> None:
    rounds = _rounds(make_place(), ROUNDS)
    sides = [[person.pk for person, _ in make_people(SLOTS, first=first)] for first in (0, SLOTS)]
    meet = threading.Barrier(2, timeout=20)
    calls = [lambda side=side: _side(side, rounds, meet.wait) for side in sides]  # type: ignore[misc]
    _one_winner_each(at_once(calls, timeout=200), ROUNDS)


def test_sixty_places_two_processes_a_hundred_times() -> None:
    rounds = _rounds(make_place(), ROUNDS)
    sides = [[person.pk for person, _ in make_people(SLOTS, first=first)] for first in (0, SLOTS)]
    connection.close()  # a child must not inherit it
    fork = multiprocessing.get_context("fork")
    meet, told = fork.Barrier(2, timeout=20), fork.SimpleQueue()

    def child(side: list[int]) -> None:
        told.put(_side(side, rounds, meet.wait))
        os._exit(0)

    children = [fork.Process(target=child, args=(side,)) for side in sides]
    for process in children:
        process.start()
    for process in children:
        process.join(200)
        process.kill()
    _one_winner_each([told.get() for _ in children if not told.empty()], ROUNDS)


# Both paths at once --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("turn", range(10))
def test_lane_and_ordinary_path_share_the_places(turn: int) -> None:
    """Nobody waits for a seat with others in hand: no two wait for each other."""
    slot = make_slot(make_place(), seats=10)
    people = make_people(40)
    in_lane = [(token, slot.public_id, f"key-{citizen.pk:05}") for citizen, token in people[:24]]

    def ordinary(citizen: Any) -> str:
        try:
            return actions.book(citizen=citizen, slot_id=slot.public_id, key="key-ordinary").state
        except SlotFull:
            return "full"

    calls: list[Callable[[], Any]] = [lambda: book_all(in_lane, largest=3)]
    calls += [lambda citizen=citizen: ordinary(citizen) for citizen, _ in people[24:]]  # type: ignore[misc]
    lane, *others = at_once(calls)
    won = [status for status, _ in lane].count(201) + others.count("confirmed")
    assert won == 10 == Booking.objects.count()
    assert {body["code"] for status, body in lane if status != 201} <= {"appointments.slot_full"}
    assert set(others) <= {"confirmed", "full"}
    assert oversold() == 0


def test_one_person_on_eight_lines_has_one_booking() -> None:
    slots = [make_slot(make_place(), seats=3) for _ in range(2)]
    ((_, token),) = make_people(1)
    calls = [
        lambda n=n: book_all([(token, slots[n % 2].public_id, f"key-{n:05}")])
        for n in range(8)  # type: ignore[misc]
    ]
    answers = [answer for (answer,) in at_once(calls)]
    assert sorted(status for status, _ in answers) == [201] + [409] * 7
    assert {body["code"] for status, body in answers if status == 409} == {"appointments.already_booked"}
    assert Seat.objects.filter(until__gt=now()).count() == 1


def test_joining_at_once_gives_every_position_once() -> None:
    rush = make_rush(make_place())
    people = [citizen for citizen, _ in make_people(8)]
    at_once([lambda c=c: actions.join(c.actor, citizen=c, rush_id=rush.public_id) for c in people * 2])  # type: ignore[misc]
    assert sorted(QueueEntry.objects.values_list("position", flat=True)) == list(range(1, 9))
    assert Rush.objects.get().joined == 8


# The lane as a process -----------------------------------------------------------------------------------------

PEOPLE, PLACES = 5_000, 72


@pytest.fixture
def lane(tmp_path: Path) -> Iterator[LaneProcess]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = LaneProcess(port, tmp_path / "lane.log")
    process.start()
    yield process
    process.stop()


def _crowd(count: int) -> list[Asker]:
    """Everybody has been let in and wants one of twelve times with six places each."""
    place = make_place()
    slots = [make_slot(place, number=number, seats=PLACES // 12) for number in range(12)]
    rush = make_rush(place, *slots, per_second=1_000)
    people = make_people(count)
    QueueEntry.objects.bulk_create(
        QueueEntry(rush=rush, citizen=citizen, position=position, joined_at=now())
        for position, (citizen, _) in enumerate(people, start=1)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    chance = random.Random(520)
    return [
        Asker(token, {"slot": chance.choice(slots).public_id, "key": f"key-{citizen.pk:06}"})
        for citizen, token in people
    ]


def test_five_thousand_people_on_72_places(lane: LaneProcess) -> None:
    people = _crowd(PEOPLE)
    strangers = [Asker(token, {"slot": people[0].body["slot"], "key": "key-stranger"}) for _, token in make_people(20, first=PEOPLE)]  # fmt: skip
    ask_all(lane.port, [*strangers, *people])
    answers = Counter((person.answers[-1][0], person.answers[-1][1].get("code")) for person in people)
    assert answers == {(201, None): PLACES, (409, "appointments.slot_full"): PEOPLE - PLACES}
    assert {person.answers[-1][1]["code"] for person in strangers} == {"appointments.rush_only"}
    assert Booking.objects.count() == Claim.objects.count() == PLACES
    assert Seat.objects.filter(until__gt=now(), booking__isnull=False).count() == PLACES
    assert oversold() == 0


@pytest.mark.parametrize("range_", [(1, 72), (73, 1_500)], ids=["while places go", "when all are gone"])
def test_killed_at_a_random_moment_and_asked_again(lane: LaneProcess, range_: tuple[int, int]) -> None:
    """The moment is counted in answers, not in time: it falls among the requests on any machine."""
    people = _crowd(2_000)
    moment = random.randint(*range_)

    def kill() -> None:
        while sum(bool(person.answers) for person in people) < moment:
            time.sleep(0.001)
        lane.kill()
        lane.start()

    assert at_once([lambda: ask_all(lane.port, people), kill], timeout=90) == [None, None]
    assert sum(person.lost for person in people) > 0, (
        f"the kill after {moment} answers came too late to matter"
    )
    told: dict[str, set[tuple[int, str]]] = {}
    for person in people:
        final = [(status, body.get("id") or body["code"]) for status, body in person.answers if status != 503]
        assert all(status in (201, 409) for status, _ in final)
        told.setdefault(person.body["key"], set()).update(final)
    assert {len(answers) for answers in told.values()} == {1}
    won = {said for answers in told.values() for status, said in answers if status == 201}
    assert len(won) == PLACES
    assert won == set(Booking.objects.values_list("public_id", flat=True))
    assert oversold() == 0


def test_an_orderly_end_answers_everybody(lane: LaneProcess) -> None:
    people = _crowd(400)
    finished: list[int] = []

    def end() -> None:
        while not Booking.objects.exists():
            time.sleep(0.005)
        finished.append(lane.stop())

    at_once([lambda: ask_all(lane.port, people, seconds=6), end])
    assert finished == [0]
    booked = dict(Booking.objects.values_list("key", "public_id"))
    told = {
        person.body["key"]: body["id"]
        for person in people
        for status, body in person.answers
        if status == 201
    }
    assert told == booked  # nobody has a place without having been told, or the other way round
