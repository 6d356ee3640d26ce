"""The line for full slots 候补: join, leave, and offers of freed places.

Offers are made in the transaction that frees a place; and when a hold runs out, whoever asks next lets the line
advance first. So the order of the line holds although no worker runs; the periodic task only saves people the wait.
"""

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from zhijian.appointments import errors
from zhijian.appointments.actions.reservation import ClaimLost, Wanted, reserve
from zhijian.appointments.events import WaitlistOffered
from zhijian.appointments.models import CounterGroup, Schedule, Seat, Slot, WaitEntry
from zhijian.appointments.queries.bookings import standing_of
from zhijian.appointments.queries.rush import has_claim
from zhijian.appointments.rules.entitlement import pools_for
from zhijian.appointments.rules.states import DayPart, WaitState
from zhijian.audit.actions import record
from zhijian.catalog.queries import current_version
from zhijian.catalog.rules import apply_answers
from zhijian.core import locks
from zhijian.core.actor import SYSTEM, Actor
from zhijian.core.clock import now, today
from zhijian.core.events import emit
from zhijian.core.locks import Lock
from zhijian.identity.models import Citizen


@transaction.atomic
def join(
    actor: Actor,
    *,
    citizen: Citizen,
    booked_by: Citizen,
    group: CounterGroup,
    item_code: str,
    day: date,
    part: str = DayPart.ANY,
    answers: Mapping[str, str] | None = None,
) -> WaitEntry:
    """Stand in line for a place on ``day``. Raises NoWaitlist, AlreadyWaiting, AlreadyBooked, BlockedByMisses and the
    catalogue's UnknownAnswer."""
    offered = Schedule.objects.filter(group=group, item_code=item_code, waitlist=True).exists()
    if not offered or day < today() or part not in DayPart.values:
        raise errors.NoWaitlist
    if not Slot.objects.filter(group=group, item_code=item_code, date=day, closes_at__gt=now()).exists():
        raise errors.NoWaitlist
    if answers:
        apply_answers(current_version(item_code).typed(), answers)
    if has_claim(citizen.pk, item_code, now()):
        raise errors.AlreadyBooked
    if standing_of(citizen, group.hall).blocked_until:
        raise errors.BlockedByMisses
    _settle_lapsed(item_code, citizen)
    try:
        with transaction.atomic():
            entry = WaitEntry.objects.create(
                citizen=citizen,
                booked_by=booked_by,
                group=group,
                item_code=item_code,
                date=day,
                part=part,
                answers=dict(answers or {}),
                created_at=now(),
            )
    except IntegrityError as error:
        raise errors.AlreadyWaiting from error
    record(actor, "waiting.joined", subject=f"waiting:{entry.public_id}")
    return entry


def advance(slot: Slot) -> int:
    """Offer the free places of ``slot`` to those in line, first come first; returns how many left the line.

    Runs in the caller's transaction; one at a time a slot's day.
    """
    moment = now()
    if slot.closes_at <= moment or slot.closed:
        return 0
    locks.take(Lock.WAITING_LINE, slot.group_id)
    gone = 0
    while _has_free(slot, moment) and (entry := _first(slot)):
        _offer(entry, slot, moment)
        gone += 1
    return gone


@transaction.atomic
def advance_now(slot: Slot) -> None:
    """The same in a transaction of its own."""
    advance(slot)


def _offer(entry: WaitEntry, slot: Slot, moment: datetime) -> None:
    until = min(moment + timedelta(minutes=slot.schedule.offer_minutes), slot.closes_at)
    wanted = Wanted(
        citizen=entry.citizen_id,
        booked_by=entry.booked_by_id,
        slot=slot.pk,
        pools=pools_for(priority=False),
        now=moment,
        hold_until=until,
        of_the_line=True,
        answers=json.dumps(entry.answers, ensure_ascii=False),
        via="waitlist",
    )
    try:
        key = reserve(wanted)
    except ClaimLost:
        key = None
    if key is None:  # they have found a booking themselves in the meantime
        end(entry, WaitState.LAPSED, moment)
        return
    entry.state, entry.booking_id = WaitState.OFFERED, key
    entry.save(update_fields=["state", "booking_id"])
    record(SYSTEM, "waiting.offered", subject=f"waiting:{entry.public_id}")
    emit(WaitlistOffered(entry_id=entry.public_id))


def _first(slot: Slot) -> WaitEntry | None:
    return (
        WaitEntry.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(
            state=WaitState.WAITING,
            item_code=slot.item_code,
            group=slot.group_id,
            date=slot.date,
            part__in=[DayPart.ANY, slot.part],
        )
        .order_by("created_at", "id")
        .first()
    )


def _has_free(slot: Slot, moment: datetime) -> bool:
    return Seat.objects.filter(slot=slot, pool__in=pools_for(priority=False), until__lte=moment).exists()


def _settle_lapsed(item_code: str, citizen: Citizen) -> None:
    """An offer that ran out no longer keeps its person from joining again."""
    WaitEntry.objects.filter(
        citizen=citizen, item_code=item_code, state=WaitState.OFFERED, booking__hold_until__lte=now()
    ).update(state=WaitState.LAPSED, ended_at=now())


def end(entry: WaitEntry, state: WaitState, moment: datetime) -> None:
    entry.state, entry.ended_at = state, moment
    entry.save(update_fields=["state", "ended_at"])
