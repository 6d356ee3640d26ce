"""Take a place for a few minutes, to look over and confirm."""

import json
from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import timedelta

from django.db import transaction

from zhijian.appointments import errors
from zhijian.appointments.actions import outside, waiting
from zhijian.appointments.actions.release import release
from zhijian.appointments.actions.reservation import ClaimLost, Wanted, reserve
from zhijian.appointments.models import Booking, Slot
from zhijian.appointments.queries import availability
from zhijian.appointments.queries.bookings import is_entitled, standing_of
from zhijian.appointments.queries.rush import admitted, has_claim
from zhijian.appointments.rules.entitlement import pools_for
from zhijian.appointments.rules.states import BookingState
from zhijian.audit.actions import record, record_refusal
from zhijian.catalog.queries import current_version
from zhijian.catalog.rules import apply_answers
from zhijian.core.actor import Actor
from zhijian.core.clock import now
from zhijian.core.dates import short_date
from zhijian.core.errors import Problem
from zhijian.identity.models import Citizen


def slot_of(public_id: str) -> Slot:
    """Raises SlotUnknown."""
    slot = (
        Slot.objects.select_related("group__hall", "group__department", "schedule")
        .filter(public_id=public_id)
        .first()
    )
    if slot is None:
        raise errors.SlotUnknown
    return slot


def hold(
    actor: Actor,
    *,
    citizen: Citizen,
    booked_by: Citizen,
    slot: Slot,
    priority: bool = False,
    answers: Mapping[str, str] | None = None,
) -> Booking:
    """As :func:`hold_here`, with the order of another system's place first: not within a transaction."""
    with order_for(citizen, slot) as order:
        return hold_here(
            actor,
            citizen=citizen,
            booked_by=booked_by,
            slot=slot,
            priority=priority,
            answers=answers,
            order=order,
        )


def order_for(citizen: Citizen, slot: Slot) -> AbstractContextManager[str]:
    """The order to give to :func:`hold_here`, asked for before any transaction; none for whom we refuse ourselves.
    Raises as :func:`check_bookable`, and SourceAway."""
    check_bookable(citizen, slot)
    return outside.ordered(slot, citizen)


@transaction.atomic
def hold_here(
    actor: Actor,
    *,
    citizen: Citizen,
    booked_by: Citizen,
    slot: Slot,
    order: str,
    priority: bool = False,
    answers: Mapping[str, str] | None = None,
) -> Booking:
    """Hold a seat of ``slot`` for ``citizen``; a hold on another time of the same item is given up for it.

    ``order`` is the place's at the system that owns the slot ("" for our own). Raises SlotPast, SlotNotOpen, SlotClosed, SlotFull (with places elsewhere), RushOnly, NotEntitled, AlreadyBooked,
    BlockedByMisses and the catalogue's UnknownAnswer.
    """
    check_bookable(citizen, slot)
    if priority and not is_entitled(citizen):
        subject = f"slot:{slot.public_id}"
        raise errors.NotEntitled(attempt=lambda: record_refusal(actor, "booking.priority", subject=subject))
    apply_answers(current_version(slot.item_code).typed(), answers or {})
    _give_up_former(citizen, slot)
    moment = now()
    wanted = Wanted(
        citizen=citizen.pk,
        booked_by=booked_by.pk,
        slot=slot.pk,
        pools=pools_for(priority=priority),
        now=moment,
        hold_until=moment + timedelta(minutes=slot.schedule.hold_minutes),
        answers=json.dumps(dict(answers or {}), ensure_ascii=False),
    )
    booking = _reserved_outside(wanted, slot, order) if slot.group.source else _reserved(wanted, slot)
    record(actor, "booking.held", subject=f"booking:{booking.public_id}")
    return booking


def check_bookable(citizen: Citizen, slot: Slot) -> None:
    """What can be told before reserving; the reserving statement decides. Raises as :func:`hold`."""
    moment = now()
    if slot.closed or not slot.group.active:
        raise errors.SlotClosed
    if slot.closes_at <= moment:
        raise errors.SlotPast
    if slot.opens_at > moment:
        raise errors.SlotNotOpen(extra={"opens_at": slot.opens_at.isoformat()})
    if slot.rush_id and not admitted(citizen, slot, moment):
        raise errors.RushOnly
    weighed = standing_of(citizen, slot.group.hall)
    if weighed.blocked_until:
        day = short_date(weighed.blocked_until)
        raise errors.BlockedByMisses(
            f"{day}起可以再次网上预约。", extra={"blocked_until": weighed.blocked_until.isoformat()}
        )


def _reserved(wanted: Wanted, slot: Slot) -> Booking:
    booking = _try(wanted, slot)
    if booking is None and waiting.advance(slot):
        booking = _try(wanted, slot)  # those in line had their turn
    if booking is None:
        raise full(wanted.citizen, slot)
    return booking


def _reserved_outside(wanted: Wanted, slot: Slot, order: str) -> Booking:
    outside.add_seat(slot)
    try:
        booking = _try(wanted, slot)
    except errors.AlreadyBooked:
        booking = None
    if booking is None:
        raise full(wanted.citizen, slot)
    booking.outside_ref = order
    booking.save(update_fields=["outside_ref"])
    return booking


def _try(wanted: Wanted, slot: Slot) -> Booking | None:
    try:
        key = reserve(wanted)
    except ClaimLost as lost:
        raise errors.AlreadyBooked from lost
    return None if key is None else Booking.objects.select_related("citizen", "booked_by").get(pk=key)


def full(citizen_id: int, slot: Slot) -> Problem:
    """Why nothing could be had: the person's own booking, or no seat; then with places elsewhere."""
    moment = now()
    if has_claim(citizen_id, slot.item_code, moment):
        return errors.AlreadyBooked()
    others = [
        {
            "slot": other.public_id,
            "starts_at": other.starts_at.isoformat(),
            "hall": other.group.hall.name,
            "hall_en": other.group.hall.name_en,
            "group": other.group.public_id,
        }
        for other in availability.elsewhere(slot)
    ]
    # What this request did for the line is undone with it: so it is done again after the refusal.
    return errors.SlotFull(
        extra={"others": others, "waitlist": slot.schedule.waitlist},
        attempt=lambda: waiting.advance_now(slot),
    )


def _give_up_former(citizen: Citizen, slot: Slot) -> None:
    former = (
        Booking.objects.select_for_update(of=("self",))
        .filter(citizen=citizen, item_code=slot.item_code, state=BookingState.HELD)
        .exclude(wait_entry__state="offered")
        .first()
    )
    if former is not None:
        release(former, state=BookingState.EXPIRED)
