"""Confirm, move and cancel a booking."""

from django.db import transaction

from zhijian.appointments import errors
from zhijian.appointments.actions import outside, waiting
from zhijian.appointments.actions.holding import check_bookable, full
from zhijian.appointments.actions.release import MOVED, leave_seat, lock, release, to_slot
from zhijian.appointments.actions.reservation import take_seat
from zhijian.appointments.events import BookingCancelled, BookingChanged, BookingConfirmed
from zhijian.appointments.models import Booking, Claim, Seat, Slot, WaitEntry
from zhijian.appointments.queries.bookings import is_entitled
from zhijian.appointments.rules.entitlement import pools_for
from zhijian.appointments.rules.standing import MAX_CHANGES
from zhijian.appointments.rules.states import BookingState, Pool, WaitState, state_at
from zhijian.audit.actions import record
from zhijian.core.actor import Actor
from zhijian.core.clock import now
from zhijian.core.errors import Problem
from zhijian.core.events import emit


def confirm(actor: Actor, *, booking: Booking) -> Booking:
    """Make a hold a booking. Confirming again changes nothing. Raises HoldExpired, NotNow, SlotClosed, SourceAway.

    The system that owns the place is asked first, while nothing here is locked; what is then refused here is given
    back there.
    """
    if not booking.outside_ref:
        return _confirm_here(actor, booking)
    fresh = Booking.objects.select_related("slot__group").get(pk=booking.pk)
    if state_at(fresh.state, fresh.hold_until, now()) != BookingState.HELD or fresh.slot.closed:
        return _confirm_here(actor, booking)
    outside.confirm(fresh)
    try:
        return _confirm_here(actor, booking)
    except Problem:
        if not Booking.objects.filter(pk=booking.pk, state__in=_USED).exists():
            outside.give_back(name=fresh.slot.group.source, order=fresh.outside_ref)
        raise


_USED = (BookingState.CONFIRMED, BookingState.ARRIVED, BookingState.SERVED)
"""States in which the place there is needed."""


@transaction.atomic
def _confirm_here(actor: Actor, booking: Booking) -> Booking:
    locked, moment = lock(booking), now()
    state = state_at(locked.state, locked.hold_until, moment)
    if state == BookingState.CONFIRMED:
        return locked
    if state == BookingState.EXPIRED:
        raise errors.HoldExpired
    if state != BookingState.HELD:
        raise errors.NotNow
    until = locked.slot.ends_at
    if locked.slot.closed:
        raise errors.SlotClosed
    if not Seat.objects.filter(booking=locked, until__gt=moment).update(until=until):
        raise errors.HoldExpired
    Claim.objects.filter(booking=locked).update(until=until)
    locked.state, locked.confirmed_at, locked.hold_until = BookingState.CONFIRMED, moment, None
    locked.save(update_fields=["state", "confirmed_at", "hold_until"])
    WaitEntry.objects.filter(booking=locked, state=WaitState.OFFERED).update(
        state=WaitState.TAKEN, ended_at=moment
    )
    record(actor, "booking.confirmed", subject=_subject(locked))
    emit(BookingConfirmed(booking_id=locked.public_id))
    return locked


@transaction.atomic
def change(actor: Actor, *, booking: Booking, slot: Slot) -> Booking:
    """Move a confirmed booking to another time of the same item, at this hall or another. The old place is kept when
    the new one cannot be had. Raises NotNow, TooManyChanges, SlotFull and what holding raises."""
    locked, moment = lock(booking), now()
    if locked.state != BookingState.CONFIRMED or locked.slot.starts_at <= moment or locked.outside_ref:
        raise errors.NotNow
    if slot.item_code != locked.item_code:
        raise errors.SlotUnknown
    if slot.pk == locked.slot_id:
        return locked
    if locked.changes >= MAX_CHANGES:
        raise errors.TooManyChanges
    check_bookable(locked.citizen, slot)
    former = locked.slot
    leave_seat(locked)
    priority = locked.pool == Pool.PRIORITY and is_entitled(locked.citizen)
    pool = take_seat(
        booking=locked.pk,
        slot=slot.pk,
        pools=pools_for(priority=priority),
        until=slot.ends_at,
        now=moment,
    )
    if pool is None:
        raise full(0, slot)
    Claim.objects.filter(booking=locked).update(until=slot.ends_at)
    locked.pool, locked.changes = pool, locked.changes + 1
    to_slot(locked, slot, at=moment)
    locked.save(update_fields=["pool", "changes", *MOVED])
    record(actor, "booking.changed", subject=_subject(locked))
    emit(BookingChanged(booking_id=locked.public_id))
    waiting.advance(former)
    return locked


@transaction.atomic
def cancel(actor: Actor, *, booking: Booking, reason: str = "") -> Booking:
    """Give a hold or a booking back; whoever is first in line is offered the place. Raises NotNow."""
    locked, moment = lock(booking), now()
    state = state_at(locked.state, locked.hold_until, moment)
    if state in (BookingState.CANCELLED, BookingState.EXPIRED):
        return locked
    if state not in (BookingState.HELD, BookingState.CONFIRMED) or locked.slot.ends_at <= moment:
        raise errors.NotNow
    release(locked, state=BookingState.CANCELLED, reason=reason.strip()[:200])
    WaitEntry.objects.filter(booking=locked, state=WaitState.OFFERED).update(
        state=WaitState.LEFT, ended_at=moment
    )
    record(actor, "booking.cancelled", subject=_subject(locked))
    if state == BookingState.CONFIRMED:
        emit(BookingCancelled(booking_id=locked.public_id, by=actor.kind))
    waiting.advance(locked.slot)
    return locked


def _subject(booking: Booking) -> str:
    return f"booking:{booking.public_id}"
