"""The one statement that reserves: for each request a seat, the person's claim and the booking, or nothing.

A seat is free when its ``until`` has passed. The statement locks free seats, skipping those that others are taking at
this moment; takes each person's claim on the item unless one is in force; and writes the bookings. The unique seat
and the unique claim refuse what must not be, whatever runs beside it, and time alone frees both. Claims come before
bookings (the foreign keys are checked at commit), so a claim that fails costs its own request only.

``RESERVE`` serves any number of requests: :func:`reserve` asks for one, a rush (``actions.rush.statements``) for many.

Whoever waits in line 候补 for such a slot comes before whoever comes now.

When nothing unlocked is free, a second statement waits for the seats that others have locked: whoever was first may
still give up, and then somebody must get the seat. A statement that comes away empty is undone, because a seat that
was taken between its snapshot and its lock stays locked otherwise: two that wait with such seats in hand would wait
for each other.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from zhijian.appointments.models.booking import booking_number
from zhijian.core.ids import new_id

#: Follows a step ``ready`` with a row for each request: n, citizen_id, booked_by_id, slot_id, item_code, until,
#: public_id, number, key, answers (jsonb), and whatever the steps after it need. ``until`` is when the seat frees
#: itself: the hold's end, or the slot's for a confirmed booking. Each gets a seat by its rank among the requests for
#: its slot; ``seated`` has those that did.
#:
#: The planner takes each of these steps for a row or two. ``(x IN (SELECT …)) IS TRUE`` keeps it from looping over one
#: step for every row of another: it builds a hash once, and a batch of 256 costs what its rows cost.
RESERVE = """demand AS MATERIALIZED (
    SELECT wanted.*, (
        SELECT version.id FROM catalog_itemversion version
        WHERE version.code = wanted.item_code AND version.valid_from <= %(now)s
            AND (version.valid_to IS NULL OR version.valid_to > %(now)s)
        ORDER BY version.number DESC LIMIT 1) AS version_id
    FROM (SELECT slot_id, item_code, count(*) AS persons FROM ready GROUP BY 1, 2) wanted
), seats AS MATERIALIZED (
    SELECT free.id, demand.slot_id, demand.version_id, free.pool, row_number() OVER (
        PARTITION BY demand.slot_id ORDER BY array_position(%(pools)s::text[], free.pool::text), free.number) AS rank
    FROM demand CROSS JOIN LATERAL (
        SELECT seat.id, seat.pool, seat.number FROM appointments_seat seat
        WHERE seat.slot_id = demand.slot_id AND seat.pool = ANY(%(pools)s::text[]) AND seat.until <= %(now)s
        ORDER BY array_position(%(pools)s::text[], seat.pool::text), seat.number LIMIT demand.persons
        FOR UPDATE SKIP LOCKED
    ) free
), placed AS MATERIALIZED (
    SELECT ranked.*, seats.id AS seat_id, seats.pool, seats.version_id,
        nextval(pg_get_serial_sequence('appointments_booking', 'id')) AS booking_id
    FROM (SELECT *, row_number() OVER (PARTITION BY slot_id ORDER BY n) AS rank FROM ready) ranked
    JOIN seats USING (slot_id, rank)
), claimed AS (
    INSERT INTO appointments_claim AS claim (citizen_id, item_code, booking_id, until)
    SELECT citizen_id, item_code, booking_id, until FROM placed ORDER BY citizen_id
    ON CONFLICT (citizen_id, item_code) DO UPDATE SET booking_id = excluded.booking_id, until = excluded.until
        WHERE claim.until <= %(now)s
    RETURNING booking_id
), booked AS (
    INSERT INTO appointments_booking (
        id, public_id, number, citizen_id, booked_by_id, slot_id, item_code, item_version_id, answers, pool, state,
        hold_until, via, key, created_at, confirmed_at, reason)
    SELECT booking_id, public_id, number, citizen_id, booked_by_id, slot_id, item_code, version_id, answers, pool,
        %(state)s::text, CASE WHEN %(state)s::text = 'held' THEN until END, %(via)s::text, key, %(now)s,
        CASE WHEN %(state)s::text <> 'held' THEN %(now)s::timestamptz END, ''
    FROM placed WHERE (booking_id IN (SELECT booking_id FROM claimed)) IS TRUE
    RETURNING id
), seated AS (
    UPDATE appointments_seat seat SET booking_id = placed.booking_id, until = placed.until
    FROM placed WHERE seat.id = placed.seat_id AND (placed.booking_id IN (SELECT booked.id FROM booked)) IS TRUE
    RETURNING seat.id, seat.booking_id, placed.n
)"""

RESERVE_ONE = f"""
WITH ready AS MATERIALIZED (
    SELECT 1 AS n, %(citizen)s::bigint AS citizen_id, %(booked_by)s::bigint AS booked_by_id, slot.id AS slot_id,
        slot.item_code, coalesce(%(hold_until)s::timestamptz, slot.ends_at) AS until, %(public_id)s::text AS public_id,
        %(number)s::text AS number, %(key)s::text AS key, %(answers)s::jsonb AS answers
    FROM appointments_slot slot
    WHERE slot.id = %(slot)s AND NOT slot.closed AND slot.opens_at <= %(now)s AND slot.closes_at > %(now)s
      AND NOT EXISTS (
        SELECT 1 FROM appointments_claim claim
        WHERE claim.citizen_id = %(citizen)s AND claim.item_code = slot.item_code AND claim.until > %(now)s)
      AND (%(of_the_line)s OR NOT EXISTS (
        SELECT 1 FROM appointments_waitentry waiting
        WHERE waiting.state = 'waiting' AND waiting.item_code = slot.item_code
          AND waiting.group_id = slot.group_id AND waiting.date = slot.date
          AND waiting.part IN ('any', CASE
            WHEN extract(hour FROM slot.starts_at AT TIME ZONE 'Asia/Shanghai') < 12 THEN 'am' ELSE 'pm' END)))
), {RESERVE}
SELECT (SELECT booking_id FROM placed), (SELECT booking_id FROM seated)
"""  # noqa: S608 - constant parts


class ClaimLost(Exception):
    """The same person took another seat for the item at the same moment; the statement was undone."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who wants what. A seat that is held frees itself at ``hold_until``; without it the booking is confirmed at once.

    ``of_the_line`` lets somebody from the waiting line pass the others in it.
    """

    citizen: int
    booked_by: int
    slot: int
    pools: tuple[str, ...]
    now: datetime
    hold_until: datetime | None = None
    of_the_line: bool = False
    answers: str = "{}"
    via: str = "app"
    key: str | None = None


def reserve(wanted: Wanted) -> int | None:
    """The new booking's id, or None when there is nothing to have. Raises ClaimLost."""
    values = {name: getattr(wanted, name) for name in Wanted.__slots__} | {
        "pools": list(wanted.pools),
        "state": "held" if wanted.hold_until else "confirmed",
        "public_id": new_id(),
        "number": booking_number(),
    }
    for statement in (RESERVE_ONE, patient(RESERVE_ONE)):
        booked, seated = _undone_if_empty(statement, values)
        if seated is not None:
            return int(seated)
        if booked is not None:
            raise ClaimLost
    return None


def patient(statement: str) -> str:
    """The same statement, waiting for seats that other transactions have locked."""
    return statement.replace("SKIP LOCKED", "")


def undone_unless(
    good: Callable[[tuple[Any, ...]], bool], statement: str, values: Mapping[str, Any]
) -> tuple[Any, ...]:
    """The statement's row, or one None; undone to its savepoint when the row is not ``good``."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        row: tuple[Any, ...] = cursor.fetchone() or (None,)
        if not good(row):
            transaction.set_rollback(True)
    return row


def _undone_if_empty(statement: str, values: Mapping[str, Any]) -> tuple[Any, ...]:
    return undone_unless(lambda row: row[-1] is not None, statement, values)


_MOVE = """
UPDATE appointments_seat seat SET booking_id = %(booking)s, until = %(until)s
WHERE seat.id = (
    SELECT free.id FROM appointments_seat free
    WHERE free.slot_id = %(slot)s AND free.pool = ANY(%(pools)s) AND free.until <= %(now)s
    ORDER BY array_position(%(pools)s::text[], free.pool::text), free.number LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING seat.pool
"""


def take_seat(
    *, booking: int, slot: int, pools: tuple[str, ...], until: datetime, now: datetime
) -> str | None:
    """Seat an existing booking, which must have given up its former seat; the pool, or None when all are taken."""
    values: dict[str, Any] = {
        "booking": booking,
        "slot": slot,
        "pools": list(pools),
        "until": until,
        "now": now,
    }
    for statement in (_MOVE, patient(_MOVE)):
        (pool,) = _undone_if_empty(statement, values)
        if pool is not None:
            return str(pool)
    return None
