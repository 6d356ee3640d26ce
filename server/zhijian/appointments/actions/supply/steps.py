"""Carries the steps of a change out: in bulk, each kind in a few statements.

A seat of a closed slot that nobody holds is shut away: its ``until`` is the slot's end and it has no booking. Thus a
reservation that saw the slot open a moment ago, and waited for the seat, finds it taken.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import F, Max

from zhijian.appointments.actions.supply.generation import insert_slots
from zhijian.appointments.models import Seat, Slot
from zhijian.appointments.queries.supply.impact import Work, unheld
from zhijian.appointments.rules.supply import POOLS
from zhijian.appointments.rules.supply_change import Step

_SHUT = """
UPDATE appointments_seat seat SET booking_id = NULL, until = slot.ends_at FROM appointments_slot slot
WHERE slot.id = seat.slot_id AND slot.id = ANY(%s) AND seat.until <= %s
"""
_RETIME_SEATS = """
UPDATE appointments_seat seat SET until = moved.new FROM unnest(%s::bigint[], %s::timestamptz[], %s::timestamptz[])
    AS moved(slot_id, old, new) WHERE seat.slot_id = moved.slot_id AND seat.until = moved.old
"""
_RETIME_CLAIMS = """
UPDATE appointments_claim claim SET until = moved.new
FROM appointments_booking booking,
    unnest(%s::bigint[], %s::timestamptz[], %s::timestamptz[]) AS moved(slot_id, old, new)
WHERE claim.booking_id = booking.id AND booking.slot_id = moved.slot_id AND claim.until = moved.old
"""
_DROP = """
DELETE FROM appointments_seat WHERE id IN (
    SELECT id FROM (
        SELECT seat.id, cut.count, row_number() OVER (PARTITION BY seat.slot_id, seat.pool ORDER BY seat.number DESC) n
        FROM appointments_seat seat
        JOIN unnest(%s::bigint[], %s::text[], %s::int[]) AS cut(slot_id, pool, count)
            ON cut.slot_id = seat.slot_id AND cut.pool = seat.pool
        WHERE seat.until <= %s OR seat.booking_id IS NULL
    ) ranked WHERE n <= count)
"""


def lock_unheld(works: Iterable[Work], *, at: datetime) -> None:
    """Lock the seats that nobody holds in slots that close or shrink: a reservation under way ends first, and the
    next one finds the change done."""
    slots = [
        work.step.existing.id
        for work in works
        if work.step.existing and (work.step.closes or min(work.step.change) < 0)
    ]
    seats = Seat.objects.filter(unheld(at), slot__in=slots).order_by("pk").select_for_update()
    list(seats.values_list("pk", flat=True))


def carry_out(works: Sequence[Work], *, at: datetime) -> None:
    """Make, close, open, retime and resize the slots. Seats that somebody holds stay theirs."""
    insert_slots(
        [
            (work.schedule, work.step.planned)
            for work in works
            if not work.step.existing and work.step.planned
        ],
        at=at,
    )
    _rewrite([work for work in works if work.step.existing])
    _run(_SHUT, [_ids(work.step for work in works if work.step.closes), at])
    _retime([work.step for work in works if work.step.retimed])
    _drop([work.step for work in works], at)
    for work in works:
        if work.step.existing and max(work.step.change) > 0:
            _add(work.step, at)
    opened = _ids(work.step for work in works if work.step.opens)
    Seat.objects.filter(slot__in=opened, booking=None).update(until=at)


def add_seats(slot_id: int, pool: str, count: int, *, until: datetime) -> None:
    """New seats after the last number."""
    last = Seat.objects.filter(slot=slot_id).aggregate(last=Max("number"))["last"] or 0
    Seat.objects.bulk_create(
        Seat(slot_id=slot_id, number=last + n, pool=pool, until=until) for n in range(1, count + 1)
    )


def _rewrite(works: Sequence[Work]) -> None:
    """The slots' own columns. A slot that is no longer planned keeps its times for those who look back."""
    Slot.objects.filter(pk__in=_ids(work.step for work in works if work.step.closed_after)).update(
        closed=True
    )
    rows = []
    for work in works:
        slot, planned = work.step.existing, work.step.planned
        if slot and planned and (work.step.opens or work.step.retimed):
            rows.append(
                Slot(
                    pk=slot.id,
                    schedule=work.schedule,
                    ends_at=planned.ends_at,
                    opens_at=planned.opens_at,
                    closes_at=planned.closes_at,
                    closed=planned.closed,
                )
            )
    if rows:
        fields = ("schedule", "ends_at", "opens_at", "closes_at", "closed")
        Slot.objects.bulk_update(rows, fields, batch_size=500)


def _retime(steps: Sequence[Step]) -> None:
    """Who holds a seat until the slot's end holds it until the new one."""
    moved = [
        (s.existing.id, s.existing.ends_at, s.planned.ends_at) for s in steps if s.existing and s.planned
    ]
    moved = [row for row in moved if row[1] != row[2]]
    if moved:
        columns = [list(column) for column in zip(*moved, strict=True)]
        _run(_RETIME_SEATS, columns)
        _run(_RETIME_CLAIMS, columns)


def _drop(steps: Sequence[Step], at: datetime) -> None:
    cuts = [
        (step.existing.id, pool.value, -count)
        for step in steps
        if step.existing
        for pool, count in zip(POOLS, step.change, strict=True)
        if count < 0
    ]
    if cuts:
        _run(_DROP, [*(list(column) for column in zip(*cuts, strict=True)), at])


def _add(step: Step, at: datetime) -> None:
    slot = step.existing
    if slot is None:
        return
    until = (step.planned.ends_at if step.planned else slot.ends_at) if step.closed_after else at
    for pool, count in zip(POOLS, step.change, strict=True):
        if count > 0:
            add_seats(slot.id, pool, count, until=until)


def drop_seat(slot: Slot, pool: str, *, at: datetime) -> bool:
    """Remove one seat that nobody holds; False when there is none."""
    seats = Seat.objects.filter(unheld(at), slot=slot, pool=pool).order_by(F("number").desc())
    seat = seats.select_for_update(skip_locked=True).first()
    if seat is None:
        return False
    seat.delete()
    return True


def _ids(steps: Iterable[Step]) -> list[int]:
    return [step.existing.id for step in steps if step.existing]


def _run(statement: str, values: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
