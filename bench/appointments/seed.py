"""A rush with places for every round, and people who have been let in; made by SQL, as it is much."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bench.figures import Value
from bench.progress import say

PEOPLE = 12_000
ITEMS = 2  # a round's; each person books each item once
SEATS = 10  # a slot's, as halls have them
SLOTS = PEOPLE // SEATS  # an item's in a round

_PEOPLE = """
INSERT INTO identity_citizen (public_id, phone, phone_index, name, id_number, id_index, real_name_level, checks, locale,
    elder_mode, created_at)
SELECT 'rush' || n, '', 'rush' || n, '', '', 'rush' || n, 1, 0, 'zh-CN', false, now()
FROM generate_series(1, %(people)s) n ON CONFLICT DO NOTHING
"""
_SESSIONS = """
INSERT INTO identity_session (public_id, citizen_id, token_hash, device, created_at, last_seen_at, expires_at)
SELECT public_id, id, encode(sha256(convert_to('bench-' || public_id, 'UTF8')), 'hex'), 'bench', now(), now(),
    now() + interval '1 day'
FROM identity_citizen WHERE phone_index LIKE 'rush%%'
ON CONFLICT (token_hash) DO UPDATE SET expires_at = excluded.expires_at
"""
_ENTRIES = """
INSERT INTO appointments_queueentry (public_id, rush_id, citizen_id, position, joined_at, wishes)
SELECT 'r' || %(rush)s || '-' || id, %(rush)s, id, row_number() OVER (ORDER BY id), now(), '[]'
FROM identity_citizen WHERE phone_index LIKE 'rush%%'
"""
_SEATS = """
INSERT INTO appointments_seat (slot_id, number, pool, until)
SELECT slot.id, n, 'general', '2020-01-01' FROM appointments_slot slot, generate_series(1, %(seats)s) n
WHERE slot.rush_id = %(rush)s
"""
_OVERSOLD = """
SELECT (SELECT count(*) FROM appointments_booking booking JOIN appointments_slot slot ON slot.id = booking.slot_id
    LEFT JOIN appointments_seat seat ON seat.booking_id = booking.id AND seat.slot_id = slot.id AND seat.until = slot.ends_at
    WHERE booking.state = 'confirmed' AND slot.ends_at > now() AND seat.id IS NULL)
  + (SELECT count(*) FROM (SELECT 1 FROM appointments_booking booking
        JOIN appointments_slot slot ON slot.id = booking.slot_id
        WHERE booking.state = 'confirmed' AND slot.ends_at > now()
        GROUP BY booking.citizen_id, booking.item_code HAVING count(*) > 1) twice)
  + (SELECT count(*) FROM (SELECT 1 FROM appointments_booking booking
        JOIN appointments_slot slot ON slot.id = booking.slot_id
        WHERE booking.state = 'confirmed' AND slot.ends_at > now() GROUP BY slot.id
        HAVING count(*) > (SELECT count(*) FROM appointments_seat seat WHERE seat.slot_id = slot.id)) beyond)
"""


@dataclass(frozen=True, slots=True)
class Ask:
    """The ``citizen`` whose bearer token is ``token`` wants a place in ``slot``, by database id and by public id."""

    citizen: int
    token: str
    slot: int
    slot_id: str


@dataclass(frozen=True, slots=True)
class Seeded:
    """Each round's requests are asked once."""

    rounds: list[list[Ask]]
    until: datetime

    def take(self) -> list[Ask]:
        return self.rounds.pop()


def seed(*, rounds: int) -> Seeded:
    from django.db import connection

    say(f"appointments: {rounds} rounds of {ITEMS * PEOPLE} places …")
    rush, slots = _rush(rounds)
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE, {"people": PEOPLE})
        cursor.execute(_SESSIONS)
        cursor.execute(_ENTRIES, {"rush": rush.pk})
        cursor.execute(_SEATS, {"rush": rush.pk, "seats": SEATS})
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")
        cursor.execute(
            "SELECT id, 'bench-' || public_id FROM identity_citizen WHERE phone_index LIKE 'rush%' ORDER BY id"
        )
        people = cursor.fetchall()
    share = ITEMS * SLOTS
    found = []
    for number in range(rounds):
        part = slots[number * share : (number + 1) * share]
        found.append(
            [
                Ask(citizen, token, slot.pk, slot.public_id)
                for item in range(ITEMS)
                for place, (citizen, token) in enumerate(people)
                for slot in [part[item * SLOTS + place % SLOTS]]
            ]
        )
    return Seeded(found, slots[0].ends_at)


def _rush(rounds: int) -> tuple[Any, list[Any]]:
    """A queue whose people have all been let in, and its slots, item by item."""
    from zhijian.appointments.models import CounterGroup, Rush, Schedule, Slot
    from zhijian.core.clock import now
    from zhijian.organizations.models import Hall

    moment, hall = now(), Hall.objects.order_by("code").first()
    assert hall is not None
    from zhijian.organizations.models import Department

    group, _ = CounterGroup.objects.get_or_create(
        hall=hall,
        code="bench",
        defaults={"department": Department.objects.first(), "name": "压测", "prefix": "Z"},
    )
    schedule, _ = Schedule.objects.get_or_create(
        group=group,
        item_code="bench",
        defaults={"valid_from": moment.date(), "release_at": moment.time()},
    )
    rush = Rush.objects.create(
        name="压测",
        item_code="bench",
        region=hall.region,
        first_date=moment.date(),
        last_date=moment.date() + timedelta(days=30),
        joins_from=moment - timedelta(days=1),
        opens_at=moment - timedelta(hours=1),
        closes_at=moment + timedelta(days=1),
        per_second=1_000,
        window_minutes=32_000,
        joined=PEOPLE,
    )
    starts = moment + timedelta(days=20)
    slots = Slot.objects.bulk_create(
        (
            Slot(
                schedule=schedule,
                group=group,
                item_code=f"{rush.pk}-{item}",
                rush=rush,
                date=starts.date(),
                starts_at=starts + timedelta(minutes=number),
                ends_at=starts + timedelta(days=1),
                opens_at=rush.opens_at,
                closes_at=starts,
            )
            for item in range(rounds * ITEMS)
            for number in range(SLOTS)
        ),
        batch_size=2_000,
    )
    return rush, slots


def confirmed(slots: list[int]) -> int:
    from zhijian.appointments.models import Booking

    return Booking.objects.filter(slot__in=slots, state="confirmed").count()


def wait_until_told() -> None:
    """Until the worker has passed on what the lane confirmed. The messages that follow for minutes are left unsent:
    what comes next must find the machine as quiet as what was before.
    """
    from django.db import connection

    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs WHERE status = 'todo' AND queue_name = 'messages'")
            cursor.execute(
                "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"
                " AND queue_name IN ('events', 'messages')"
            )
            if cursor.fetchone() == (0,):
                return
        time.sleep(0.2)


def oversold() -> Value:
    """Confirmed bookings without a seat of their own, persons with two of an item, slots with more than seats."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(_OVERSOLD)
        (count,) = cursor.fetchone()
    return int(count)
