"""Moves whoever lost their place to the nearest free one, or cancels with notice when there is none."""

from collections import Counter
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from zhijian.appointments.actions.release import MOVED, to_slot
from zhijian.appointments.actions.supply.steps import drop_seat
from zhijian.appointments.events import BookingCancelled, BookingRebooked
from zhijian.appointments.models import Booking, Claim, Displacement, Seat, Slot
from zhijian.appointments.queries.supply.impact import live
from zhijian.appointments.rules import rebooking
from zhijian.appointments.rules.rebooking import Place
from zhijian.appointments.rules.states import BookingState, Pool
from zhijian.audit.actions import record
from zhijian.core.actor import Actor
from zhijian.core.clock import now
from zhijian.core.events import emit

Outcome = Displacement.Outcome


def settle_waiting(*, limit: int | None = None) -> Counter[str]:
    """Settle displaced bookings, the first first, each in a transaction of its own; returns how each ended.

    Whatever kills this half-way, the rest is still waiting, and nobody is moved twice.
    """
    waiting = Displacement.objects.filter(outcome=Outcome.WAITING).order_by("pk")
    done: Counter[str] = Counter()
    for key in list(waiting.values_list("pk", flat=True)[:limit]):
        if outcome := settle(displacement=key):
            done[outcome] += 1
    return done


@transaction.atomic
def settle(*, displacement: int) -> str | None:
    """Settle one; None when somebody else does or did."""
    rows = Displacement.objects.select_for_update(skip_locked=True, of=("self",)).select_related(
        "slot__group"
    )
    row = rows.filter(pk=displacement, outcome=Outcome.WAITING).first()
    if row is None:
        return None
    at = now()
    actor = Actor(kind=row.actor_kind, key=row.actor_key, label=row.actor_label)  # type: ignore[arg-type]
    booking = Booking.objects.select_for_update(of=("self",)).get(pk=row.booking_id)
    pool = booking.pool
    if _displaced(booking, row, at):
        row.outcome = rebook_or_cancel(actor, booking=booking, reason=row.reason)
    else:
        row.outcome = Outcome.KEPT
    if row.drops_seat and not drop_seat(row.slot, pool, at=at) and row.outcome == Outcome.KEPT:
        _displace_another(row, booking, at)
    row.settled_at = at
    row.save(update_fields=["outcome", "settled_at"])
    return str(row.outcome)


def rebook_or_cancel(actor: Actor, *, booking: Booking, reason: str) -> Outcome:
    """Give the live ``booking``, locked by the caller, the nearest free place; without one, or when it was not yet
    confirmed, cancel it. Runs in the caller's transaction."""
    at = now()
    old = Slot.objects.select_related("group").get(pk=booking.slot_id)
    if booking.state == BookingState.CONFIRMED:
        for place in rebooking.in_order(_places(booking, old, at), lost=_place(old), now=at):
            seat = _free_seat(place.slot, booking.pool, at)
            if seat is not None:
                _move(actor, booking, seat, reason=reason, old=old, at=at)
                return Outcome.MOVED
    _cancel(actor, booking, old, reason, at)
    return Outcome.CANCELLED


def _displaced(booking: Booking, row: Displacement, at: datetime) -> bool:
    """The person may have cancelled, moved or arrived meanwhile, or the slot may be open again."""
    if booking.slot_id != row.slot_id or not (row.drops_seat or row.slot.closed):
        return False
    return Booking.objects.filter(live(at), pk=booking.pk).exists()


def _places(booking: Booking, old: Slot, at: datetime) -> list[Place]:
    """Slots of the same item with a free seat for this booking. One statement."""
    free = Seat.objects.filter(slot=OuterRef("pk"), pool__in=_pools(booking.pool), until__lte=at)
    slots = Slot.objects.filter(
        Exists(free),
        item_code=booking.item_code,
        closed=False,
        rush=None,
        group__active=True,
        opens_at__lte=at,
        closes_at__gt=at,
        starts_at__range=(old.starts_at - rebooking.REACH * 2, old.starts_at + rebooking.REACH * 2),
    )
    rows = slots.values_list("pk", "group__hall_id", "group_id", "starts_at")
    return [Place(*row) for row in rows]


def _place(slot: Slot) -> Place:
    return Place(slot.pk, slot.group.hall_id, slot.group_id, slot.starts_at)


def _pools(pool: str) -> list[str]:
    """A priority booking may take an ordinary seat, never the other way round."""
    return list(dict.fromkeys([pool if pool != Pool.OVERBOOK else Pool.GENERAL, Pool.GENERAL]))


def _free_seat(slot: int, pool: str, at: datetime) -> Seat | None:
    """A free seat of an open slot, locked; None when others were faster."""
    for wanted in _pools(pool):
        seats = Seat.objects.filter(slot=slot, slot__closed=False, pool=wanted, until__lte=at)
        found = seats.select_for_update(skip_locked=True, of=("self",)).order_by("number").first()
        if found:
            return found
    return None


def _move(actor: Actor, booking: Booking, seat: Seat, *, reason: str, old: Slot, at: datetime) -> None:
    slot = seat.slot
    _leave(booking, old, at)
    Seat.objects.filter(pk=seat.pk).update(booking=booking, until=slot.ends_at)
    Claim.objects.filter(booking=booking).update(until=slot.ends_at)
    booking.pool, booking.reason = seat.pool, reason
    to_slot(booking, slot, at=at)
    booking.save(update_fields=["pool", "reason", *MOVED])
    facts = {"from": old.public_id, "to": slot.public_id}
    record(actor, "booking.rebooked", subject=f"booking:{booking.public_id}", facts=facts)
    emit(BookingRebooked(booking_id=booking.public_id))


def _cancel(actor: Actor, booking: Booking, old: Slot, reason: str, at: datetime) -> None:
    _leave(booking, old, at)
    Claim.objects.filter(booking=booking).update(until=at)
    booking.state, booking.reason, booking.ended_at = BookingState.CANCELLED, reason, at
    booking.save(update_fields=["state", "reason", "ended_at"])
    record(
        actor,
        "booking.cancelled_by_hall",
        subject=f"booking:{booking.public_id}",
        facts={"slot": old.public_id},
    )
    emit(BookingCancelled(booking_id=booking.public_id, by="hall"))


def _leave(booking: Booking, old: Slot, at: datetime) -> None:
    """The seat in a closed slot is shut away with the others."""
    Seat.objects.filter(booking=booking).update(booking=None, until=old.ends_at if old.closed else at)


def _displace_another(row: Displacement, booking: Booking, at: datetime) -> None:
    """The place was given up, and somebody took it before it could be removed: the last who came moves instead."""
    others = Booking.objects.filter(live(at), slot=row.slot, pool=booking.pool)
    waiting = Displacement.objects.filter(outcome=Outcome.WAITING).values("booking")
    if other := others.exclude(pk__in=waiting).order_by("-created_at", "-pk").first():
        Displacement.objects.create(
            booking=other,
            slot=row.slot,
            drops_seat=True,
            reason=row.reason,
            actor_kind=row.actor_kind,
            actor_key=row.actor_key,
            actor_label=row.actor_label,
            at=at,
        )
