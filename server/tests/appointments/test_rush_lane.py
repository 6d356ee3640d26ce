"""The lane's batches against the database: one seat a person, honest refusals, repeats, bad neighbours.

Scenarios that the ordinary path knows too are asked of both, and both must say the same.
"""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import asyncpg
import pytest
from appointments.rush_factories import (
    book_all,
    enter,
    in_lane,
    make_people,
    make_person,
    make_place,
    make_rush,
    make_slot,
)
from django.db import connection, transaction

from zhijian.appointments.actions import rush as actions
from zhijian.appointments.events import BookingConfirmed
from zhijian.appointments.models import Booking, Claim, NoShow, NoShowRule, QueueEntry, Rush, Seat, Slot
from zhijian.appointments.queries.rush import admitted
from zhijian.appointments.rush.database import Away, Database
from zhijian.appointments.rush.lane import Lane, Turn, Wish
from zhijian.audit.models import AuditEntry
from zhijian.core.clock import now
from zhijian.core.errors import Problem
from zhijian.identity.models import Citizen, Session
from zhijian.identity.queries import token_hash

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_booking_is_whole() -> None:
    slot = make_slot(make_place())
    citizen, token = make_person()
    ((status, body),) = book_all([(token, slot.public_id, "key-00001")])
    booking = Booking.objects.get()
    assert (status, body["id"], body["number"]) == (201, booking.public_id, booking.number)
    assert (booking.citizen, booking.booked_by, booking.slot) == (citizen, citizen, slot)
    assert (booking.key, booking.state, body["state"]) == ("key-00001", "confirmed", "confirmed")
    seat, claim = Seat.objects.get(), Claim.objects.get()
    assert (seat.booking, seat.until) == (claim.booking, claim.until) == (booking, slot.ends_at)
    entry = AuditEntry.objects.get(action="booking.confirmed")
    assert (entry.actor_key, entry.subject) == (citizen.public_id, f"booking:{booking.public_id}")


def test_a_batch_is_told_by_one_task(monkeypatch: pytest.MonkeyPatch, run_tasks: Callable[[], int]) -> None:
    told: list[Any] = []
    monkeypatch.setattr("zhijian.appointments.tasks.rush.emit", told.append)
    slot = make_slot(make_place(), seats=2)
    book_all([(token, slot.public_id, f"key-{n:05}") for n, (_, token) in enumerate(make_people(5))])
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE queue_name = 'events'")
        assert cursor.fetchone() in {(1,), (2,)}  # two if the second batch found a seat left
    run_tasks()
    assert {event.booking_id for event in told} == set(Booking.objects.values_list("public_id", flat=True))
    assert all(isinstance(event, BookingConfirmed) for event in told)


def test_nothing_is_told_when_nobody_won() -> None:
    slot = make_slot(make_place(), seats=0)
    assert [status for status, _ in book_all([(make_person()[1], slot.public_id, "key-00001")])] == [409]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        assert cursor.fetchone() == (0,)


def test_a_repeat_gets_the_same_booking() -> None:
    place = make_place()
    slot, other = make_slot(place, seats=3), make_slot(place, number=1)
    _, token = make_person()
    asked = (token, slot.public_id, "key-00001")
    answers = book_all([asked, asked, asked]) + book_all([asked])
    assert {(status, body["id"]) for status, body in answers} == {(201, Booking.objects.get().public_id)}
    ((status, body),) = book_all([(token, other.public_id, "key-00001")])
    assert (status, body["code"]) == (422, "core.idempotency_key_reused")


def test_one_person_twice_in_a_batch_has_one_booking() -> None:
    slot = make_slot(make_place(), seats=5)
    _, token = make_person()
    (won, _), (lost, body) = book_all(
        [(token, slot.public_id, "key-00001"), (token, slot.public_id, "key-00002")]
    )
    assert (won, lost, body["code"]) == (201, 409, "appointments.already_booked")
    assert Seat.objects.filter(until__gt=now()).count() == 1


@pytest.mark.parametrize("largest", [1, 3, 256])
def test_all_seats_are_given_out_and_no_more(largest: int) -> None:
    place = make_place()
    slots = [make_slot(place, number=number, seats=4) for number in range(3)]
    people = make_people(30)
    answers = book_all(
        [(token, slots[n % 3].public_id, f"key-{n:05}") for n, (_, token) in enumerate(people)],
        largest=largest,
    )
    assert [status for status, _ in answers].count(201) == 12
    assert {body["code"] for status, body in answers if status == 409} == {"appointments.slot_full"}
    assert Seat.objects.filter(until__gt=now()).values("booking").distinct().count() == 12
    assert len({body["number"] for status, body in answers if status == 201}) == 12


def test_general_seats_go_first_and_priority_seats_stay() -> None:
    slot = make_slot(make_place(), seats=0)
    kinds = ["overbook", "priority", "walk_in", "general"]
    Seat.objects.bulk_create(
        Seat(slot=slot, number=n, pool=pool, until=now() - timedelta(days=1)) for n, pool in enumerate(kinds)
    )
    answers = book_all(
        [(token, slot.public_id, f"key-{n:05}") for n, (_, token) in enumerate(make_people(3))]
    )
    assert [status for status, _ in answers] == [201, 201, 409]
    assert list(Booking.objects.order_by("id").values_list("pool", flat=True)) == ["general", "overbook"]


def test_a_seat_that_a_failed_claim_left_goes_to_somebody() -> None:
    """The first two are one person on two devices whose claims collide with a booking made meanwhile."""
    slot = make_slot(make_place(), seats=1)
    (busy, busy_token), (_, free_token) = make_people(2)
    blocker = make_slot(make_place(), seats=1)

    async def use(lane: Any) -> list[Any]:
        asked = [(busy_token, "key-00001"), (free_token, "key-00002")]
        return await asyncio.gather(
            *(lane.book(Wish(token_hash(token), slot.public_id, key)) for token, key in asked)
        )

    actions.book(citizen=busy, slot_id=blocker.public_id, key="key-earlier")
    answers = in_lane(use)
    assert [answer.status for answer in answers] == [409, 201]


def test_a_seat_that_somebody_holds_locked_is_not_called_full() -> None:
    slot = make_slot(make_place(), seats=1)
    _, token = make_person()

    async def use(lane: Any) -> Any:
        asking = asyncio.ensure_future(lane.book(Wish(token_hash(token), slot.public_id, "key-00001")))
        await asyncio.sleep(0.4)
        assert not asking.done()
        await asyncio.to_thread(release)
        return await asking

    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as holder:

        def hold() -> None:
            transaction.set_autocommit(False)
            list(Seat.objects.select_for_update().filter(slot=slot))

        def give_up() -> None:
            transaction.rollback()
            transaction.set_autocommit(True)
            connection.close()

        def release() -> None:
            holder.submit(give_up).result()

        holder.submit(hold).result()
        assert in_lane(use).status == 201


def test_two_who_cannot_both_be_are_answered_alone() -> None:
    """One key for two items at once breaks the batch's statement; everybody else gets their place all the same."""
    place = make_place()
    slot = make_slot(place, seats=5)
    other = make_slot(place, number=1, seats=5, item_code="other")
    _, twice = make_person()
    wishes = [(token, slot.public_id, f"key-{n:05}") for n, (_, token) in enumerate(make_people(3))]
    answers = book_all([(twice, slot.public_id, "key-same1"), (twice, other.public_id, "key-same1"), *wishes])
    assert sorted(status for status, _ in answers) == [201, 201, 201, 201, 422]
    assert Booking.objects.count() == 4


# The same scenarios on both paths ----------------------------------------------------------------------------


@dataclass
class Scene:
    citizen: Citizen
    token: str
    slot: Slot


def _scene(**slot: Any) -> Scene:
    citizen, token = make_person()
    return Scene(citizen, token, make_slot(make_place(), **slot))


def _with_rush(position: int | None, **fields: Any) -> Scene:
    place = make_place()
    citizen, token = make_person()
    slot = make_slot(place)
    rush = make_rush(place, slot, **fields)
    if position:
        enter(rush, citizen, position=position)
    return Scene(citizen, token, slot)


def _missed(count: int, *, days: int = 1, appeal: str = "none", hall_rule: bool = False) -> Scene:
    """Somebody who did not come ``count`` times, each a day before the other, the last ``days`` ago."""
    scene = _scene()
    NoShowRule.objects.create(misses=3, within_days=30, blocked_days=10)
    if hall_rule:
        NoShowRule.objects.create(hall=scene.slot.group.hall, misses=5, within_days=30, blocked_days=10)
    for number in range(count):
        at = now() - timedelta(days=days + number)
        booking = Booking.objects.create(
            citizen=scene.citizen, booked_by=scene.citizen, slot=scene.slot, item_code="past",
            state="missed", created_at=at, confirmed_at=at,
        )  # fmt: skip
        NoShow.objects.create(booking=booking, citizen=scene.citizen, at=at, appeal=appeal)
    return scene


def _claimed(*, runs_out: timedelta) -> Scene:
    scene = _scene()
    moment = now()
    booking = Booking.objects.create(
        citizen=scene.citizen, booked_by=scene.citizen, slot=scene.slot, item_code=scene.slot.item_code,
        state="cancelled", created_at=moment,
    )  # fmt: skip
    Claim.objects.create(
        citizen=scene.citizen, item_code=scene.slot.item_code, booking=booking, until=moment + runs_out
    )
    return scene


DAY = timedelta(days=1)
SCENES: dict[str, tuple[Callable[[], Scene], str]] = {
    "free": (lambda: _scene(), ""),
    "no seats": (lambda: _scene(seats=0), "appointments.slot_full"),
    "closed": (lambda: _scene(closed=True), "appointments.slot_closed"),
    "not open": (lambda: _scene(opens_at=now() + DAY), "appointments.slot_not_open"),
    "past": (lambda: _scene(closes_at=now() - DAY), "appointments.slot_past"),
    "closed before full": (lambda: _scene(closed=True, seats=0), "appointments.slot_closed"),
    "claimed": (lambda: _claimed(runs_out=DAY), "appointments.already_booked"),
    "claim ran out": (lambda: _claimed(runs_out=-DAY), ""),
    "let in": (lambda: _with_rush(600), ""),
    "not yet let in": (lambda: _with_rush(900), "appointments.rush_only"),
    "not in the queue": (lambda: _with_rush(None), "appointments.rush_only"),
    "turn over": (lambda: _with_rush(1, opens_at=now() - timedelta(minutes=11)), "appointments.rush_only"),
    "rush over": (lambda: _with_rush(None, joins_from=now() - DAY, opens_at=now() - DAY, closes_at=now()), ""),
    "rush not open": (lambda: _with_rush(1, opens_at=now() + DAY, closes_at=now() + 2 * DAY), "appointments.rush_only"),
    "draw under way": (lambda: _with_rush(1, mode="draw"), "appointments.rush_only"),
    "draw closed": (lambda: _with_rush(1, mode="draw", joins_from=now() - DAY, opens_at=now() - DAY, closes_at=now()), "appointments.rush_only"),
    "draw settled": (lambda: _with_rush(None, mode="draw", drawn_at=now()), ""),
    "missed thrice": (lambda: _missed(3), "appointments.blocked"),
    "missed twice": (lambda: _missed(2), ""),
    "missed long ago": (lambda: _missed(3, days=11), ""),
    "misses excused": (lambda: _missed(3, appeal="excused"), ""),
    "appeal under way": (lambda: _missed(3, appeal="asked"), "appointments.blocked"),
    "the hall is milder": (lambda: _missed(4, hall_rule=True), ""),
    "missed too often for the hall": (lambda: _missed(5, hall_rule=True), "appointments.blocked"),
}  # fmt: skip


@pytest.mark.parametrize("name", SCENES)
def test_both_paths_say_the_same(name: str) -> None:
    make, expected = SCENES[name]
    scene = make()
    ((status, body),) = book_all([(scene.token, scene.slot.public_id, "key-00001")])
    assert (body.get("code", ""), status == 201) == (expected, not expected)
    lane = _traces()
    _undo()
    said = ""
    try:
        actions.book(citizen=scene.citizen, slot_id=scene.slot.public_id, key="key-00001")
    except Problem as problem:
        said = problem.code
    assert said == expected
    assert _traces() == lane


def _traces() -> list[Any]:
    """What is left of a booking in every table, without ids and times."""
    columns = ("citizen", "booked_by", "slot", "item_code", "item_version", "answers", "pool", "state", "via", "key", "reason")  # fmt: skip
    live = Seat.objects.filter(until__gt=now()).values_list("slot", "number", "pool", "until")
    claims = Claim.objects.filter(until__gt=now()).values_list("citizen", "item_code", "until")
    audits = AuditEntry.objects.filter(action="booking.confirmed").values_list(
        "actor_key", "actor_label", "facts"
    )
    booked = Booking.objects.filter(key__isnull=False).values_list(*columns)
    return [list(live), list(claims), list(audits[:1]), list(booked)]


def _undo() -> None:
    """As if the lane had not been asked."""
    mine = Booking.objects.filter(key="key-00001")
    Seat.objects.filter(booking__in=mine).update(booking=None, until=now() - DAY)
    Claim.objects.filter(booking__in=mine).delete()
    mine.delete()


# Who asks ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"ended_at": now()}, 401, "identity.session_ended"),
        ({"expires_at": now() - DAY}, 401, "identity.session_expired"),
        ({"token_hash": "0" * 64}, 401, "identity.session_ended"),
    ],
)
def test_sessions_are_checked(change: dict[str, Any], status: int, code: str) -> None:
    scene = _with_rush(1)
    Session.objects.update(**change)
    rush = Rush.objects.get()

    async def use(lane: Lane) -> list[Any]:
        hashed = token_hash(scene.token)
        turn = Turn(hashed, rush.public_id)
        return [await lane.book(Wish(hashed, scene.slot.public_id, "key-00001")), await lane.join(turn), await lane.place(turn)]  # fmt: skip

    for answer in in_lane(use):
        assert (answer.status, json.loads(answer.body)["code"]) == (status, code)
    assert not Booking.objects.exists()


def test_a_real_name_is_needed() -> None:
    _, token = make_person(real_named=False)
    ((status, body),) = book_all([(token, make_slot(make_place()).public_id, "key-00001")])
    assert (status, body["code"]) == (403, "identity.real_name_needed")


# The queue -----------------------------------------------------------------------------------------------------


def _turns(
    people: list[tuple[Citizen, str]], rush: Rush, what: str, **options: Any
) -> list[tuple[int, dict[str, Any]]]:
    async def use(lane: Any) -> list[Any]:
        return await asyncio.gather(
            *(getattr(lane, what)(Turn(token_hash(token), rush.public_id)) for _, token in people)
        )

    return [(answer.status, json.loads(answer.body)) for answer in in_lane(use, **options)]


@pytest.mark.parametrize("largest", [2, 256])
def test_positions_are_given_once_and_without_gaps(largest: int) -> None:
    rush = make_rush(make_place())
    people = make_people(9)
    joined = _turns(people * 2, rush, "join", largest=largest)
    assert {status for status, _ in joined} == {201}
    assert sorted({body["position"] for _, body in joined}) == list(range(1, 10))
    assert [body["position"] for _, body in joined[:9]] == [body["position"] for _, body in joined[9:]]
    rush.refresh_from_db()
    assert rush.joined == QueueEntry.objects.count() == 9
    assert AuditEntry.objects.filter(action="rush.joined").count() == 9
    places = _turns(people, rush, "place")
    assert [body["position"] for _, body in places] == [body["position"] for _, body in joined[:9]]
    assert {body["phase"] for _, body in places} == {"your_turn"}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"joins_from": now() + DAY, "opens_at": now() + DAY, "closes_at": now() + 2 * DAY}, "appointments.join_not_open"),
        ({"joins_from": now() - DAY, "opens_at": now() - DAY, "closes_at": now()}, "appointments.join_closed"),
        ({"mode": "draw"}, "appointments.rush_unknown"),
    ],
)  # fmt: skip
def test_joining_at_the_wrong_time(fields: dict[str, Any], code: str) -> None:
    ((_, body),) = _turns([make_person()], make_rush(make_place(), **fields), "join")
    assert body["code"] == code


def test_whoever_has_not_joined_has_no_place() -> None:
    ((status, body),) = _turns([make_person()], make_rush(make_place()), "place")
    assert (status, body["code"]) == (404, "appointments.not_joined")


@pytest.mark.parametrize("position", [1, 7, 100, 601, 1_000])
@pytest.mark.parametrize("seconds", [0, 0.1, 0.7, 10, 60.1, 600, 600.7])
def test_the_statement_admits_as_the_rule_does(position: int, seconds: float) -> None:
    """At the microsecond of each border the SQL condition and the pure rule agree."""
    from zhijian.appointments.queries.rush_terms import ADMITTED

    place = make_place()
    citizen, _ = make_person()
    slot = make_slot(place)
    rush = make_rush(place, slot, opens_at=now(), closes_at=now() + timedelta(hours=2))
    enter(rush, citizen, position=position)
    slot.refresh_from_db()
    sql = f"SELECT {ADMITTED} FROM appointments_rush rush JOIN appointments_queueentry entry ON entry.rush_id = rush.id"
    for micros in (-1, 0, 1):
        moment = slot.rush.opens_at + timedelta(seconds=seconds, microseconds=micros)  # type: ignore[union-attr]
        with connection.cursor() as cursor:
            cursor.execute(sql, {"now": moment})
            assert cursor.fetchone() == (admitted(citizen, slot, moment),)


# The database away ---------------------------------------------------------------------------------------------


def test_a_database_that_is_away_is_said_and_found_again() -> None:
    slot = make_slot(make_place())
    _, token = make_person()
    from config.lane import connect

    down = True

    async def sometimes() -> asyncpg.Connection:
        if down:
            raise ConnectionRefusedError
        return await connect()

    async def run() -> list[Any]:
        nonlocal down
        lane = Lane(Database(sometimes, lines=4))
        wish = Wish(token_hash(token), slot.public_id, "key-00001")
        first = await lane.book(wish)
        down = False
        second = await lane.book(wish)
        await lane.close()
        return [first, second]

    away, back = asyncio.run(run())
    assert (away.status, away.retry_after, json.loads(away.body)["code"]) == (503, 2, "core.unavailable")
    assert back.status == 201


def test_a_line_that_breaks_under_a_statement_is_replaced() -> None:
    from config.lane import connect

    async def run() -> Any:
        database = Database(connect, lines=1)
        with pytest.raises(Away):
            await database.fetch("SELECT pg_terminate_backend(pg_backend_pid())")
        rows = await database.fetch("SELECT 1 AS one")
        await database.close()
        return rows[0]["one"]

    assert asyncio.run(run()) == 1
