"""The one statement that reserves: a seat, the person's claim and the booking, or nothing.

A seat is free when its ``until`` has passed. The statement locks one free seat, skipping those that others are
taking at this moment; takes the person's claim on the item unless one is in force; and writes the booking. The
unique seat and the unique claim refuse what must not be, whatever runs beside it, and time alone frees both.

Whoever waits in line 候补 for such a slot comes before whoever comes now.

When nothing unlocked is free, a second statement waits for the seats that others have locked: whoever was first may
still give up, and then somebody must get the seat. A statement that comes away empty is undone, because a seat that
was taken between its snapshot and its lock stays locked otherwise: two that wait with such seats in hand would wait
for each other.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from zhijian.appointments.models.booking import booking_number
from zhijian.core.ids import new_id

_STATEMENT = """
WITH place AS (
    SELECT slot.id, slot.item_code, slot.group_id, slot.date, slot.ends_at,
        CASE WHEN extract(hour FROM slot.starts_at AT TIME ZONE 'Asia/Shanghai') < 12 THEN 'am' ELSE 'pm' END AS part
    FROM appointments_slot slot
    WHERE slot.id = %(slot)s AND NOT slot.closed AND slot.opens_at <= %(now)s AND slot.closes_at > %(now)s
), person AS (
    SELECT place.id FROM place WHERE NOT EXISTS (
        SELECT 1 FROM appointments_claim claim
        WHERE claim.citizen_id = %(citizen)s AND claim.item_code = place.item_code AND claim.until > %(now)s)
      AND (%(of_the_line)s OR NOT EXISTS (
        SELECT 1 FROM appointments_waitentry waiting
        WHERE waiting.state = 'waiting' AND waiting.item_code = place.item_code
          AND waiting.group_id = place.group_id AND waiting.date = place.date
          AND waiting.part IN ('any', place.part)))
), free AS (
    SELECT seat.id, seat.pool FROM appointments_seat seat
    WHERE seat.slot_id = (SELECT id FROM person) AND seat.pool = ANY(%(pools)s) AND seat.until <= %(now)s
    ORDER BY array_position(%(pools)s::text[], seat.pool::text), seat.number LIMIT 1
    FOR UPDATE {locking}
), booked AS (
    INSERT INTO appointments_booking (
        public_id, number, citizen_id, booked_by_id, slot_id, item_code, item_version_id, answers, pool, state,
        hold_until, via, key, created_at, confirmed_at)
    SELECT %(public_id)s, %(number)s, %(citizen)s, %(booked_by)s, place.id, place.item_code, %(item_version)s,
        %(answers)s, free.pool, %(state)s, %(hold_until)s, %(via)s, %(key)s, %(now)s, %(confirmed_at)s
    FROM place, free
    RETURNING id, citizen_id, item_code
), claimed AS (
    INSERT INTO appointments_claim AS claim (citizen_id, item_code, booking_id, until)
    SELECT citizen_id, item_code, id, %(until)s FROM booked
    ON CONFLICT (citizen_id, item_code) DO UPDATE SET booking_id = excluded.booking_id, until = excluded.until
        WHERE claim.until <= %(now)s
    RETURNING booking_id
), seated AS (
    UPDATE appointments_seat seat SET booking_id = claimed.booking_id, until = %(until)s
    FROM free, claimed WHERE seat.id = free.id
    RETURNING seat.booking_id
)
SELECT (SELECT id FROM booked), (SELECT booking_id FROM seated)
"""
_QUICK = _STATEMENT.format(locking="SKIP LOCKED")
_PATIENT = _STATEMENT.format(locking="")


class ClaimLost(Exception):
    """The same person took another seat for the item at the same moment; the statement was undone."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who wants what. ``until`` is when the seat frees itself: the hold's end, or the slot's for a confirmed booking.

    ``item_version`` says what the booking is for and what to bring; None only for an item that is not published.
    ``of_the_line`` lets somebody from the waiting line pass the others in it.
    """

    citizen: int
    booked_by: int
    slot: int
    pools: tuple[str, ...]
    state: str
    now: datetime
    until: datetime
    item_version: int | None
    of_the_line: bool = False
    answers: str = "{}"
    via: str = "app"
    key: str | None = None


def reserve(wanted: Wanted) -> int | None:
    """The new booking's id, or None when there is nothing to have. Raises ClaimLost."""
    values = _values(wanted)
    for statement in (_QUICK, _PATIENT):
        booked, seated = _undone_if_empty(statement, values)
        if seated is not None:
            return int(seated)
        if booked is not None:
            raise ClaimLost
    return None


def _undone_if_empty(statement: str, values: dict[str, Any]) -> tuple[Any, ...]:
    """The row of the statement, or one None; undone to its savepoint when the last column has nothing."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        row: tuple[Any, ...] = cursor.fetchone() or (None,)
        if row[-1] is None:
            transaction.set_rollback(True)
    return row


def _values(wanted: Wanted) -> dict[str, Any]:
    confirmed = wanted.state != "held"
    return {
        "citizen": wanted.citizen,
        "booked_by": wanted.booked_by,
        "slot": wanted.slot,
        "pools": list(wanted.pools),
        "of_the_line": wanted.of_the_line,
        "state": wanted.state,
        "now": wanted.now,
        "until": wanted.until,
        "hold_until": None if confirmed else wanted.until,
        "confirmed_at": wanted.now if confirmed else None,
        "item_version": wanted.item_version,
        "answers": wanted.answers,
        "via": wanted.via,
        "key": wanted.key,
        "public_id": new_id(),
        "number": booking_number(),
    }


_MOVE = """
UPDATE appointments_seat seat SET booking_id = %(booking)s, until = %(until)s
WHERE seat.id = (
    SELECT free.id FROM appointments_seat free
    WHERE free.slot_id = %(slot)s AND free.pool = ANY(%(pools)s) AND free.until <= %(now)s
    ORDER BY array_position(%(pools)s::text[], free.pool::text), free.number LIMIT 1 FOR UPDATE {locking})
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
    for locking in ("SKIP LOCKED", ""):
        (pool,) = _undone_if_empty(_MOVE.format(locking=locking), values)
        if pool is not None:
            return str(pool)
    return None
