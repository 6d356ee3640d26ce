"""Booking a rush's place at once, without a hold: the ordinary way of what the lane does in batches."""

from datetime import datetime

from django.db import IntegrityError, transaction

from zhijian.appointments import errors
from zhijian.appointments.actions.reservation import ClaimLost, Wanted, reserve
from zhijian.appointments.events import BookingConfirmed
from zhijian.appointments.models import Booking, Slot
from zhijian.appointments.queries import rush as queries
from zhijian.appointments.rules.admission import POOLS
from zhijian.appointments.rules.states import BookingState
from zhijian.audit.actions import record
from zhijian.core.actor import Actor
from zhijian.core.clock import now
from zhijian.core.events import emit
from zhijian.core.idempotency import KeyReused
from zhijian.identity.models import Citizen


def book(actor: Actor, *, citizen: Citizen, slot_id: str, key: str) -> Booking:
    """A confirmed booking for the person who asks; the same ``key`` gives the same booking again.

    Raises KeyReused, SlotUnknown, SlotClosed, SlotNotOpen, SlotPast, RushOnly, BlockedByMisses, AlreadyBooked,
    SlotFull: in this order, as the lane does.
    """
    try:
        with transaction.atomic():
            return _repeated(citizen, slot_id, key) or _booked(actor, citizen, slot_id, key)
    except (ClaimLost, IntegrityError):  # the same person at the same moment; whoever was first has committed
        with transaction.atomic():
            earlier = _repeated(citizen, slot_id, key)
        if earlier is None:
            raise errors.AlreadyBooked from None
        return earlier


def _repeated(citizen: Citizen, slot_id: str, key: str) -> Booking | None:
    earlier = Booking.objects.filter(booked_by=citizen, key=key).select_related("slot").first()
    if earlier is not None and earlier.slot.public_id != slot_id:
        raise KeyReused
    return earlier


def _booked(actor: Actor, citizen: Citizen, slot_id: str, key: str) -> Booking:
    moment = now()
    slot = Slot.objects.select_related("rush", "group").filter(public_id=slot_id).first()
    if slot is None:
        raise errors.SlotUnknown
    _refuse(citizen, slot, moment)
    reserved = reserve(
        Wanted(
            citizen=citizen.pk,
            booked_by=citizen.pk,
            slot=slot.pk,
            pools=POOLS,
            state=BookingState.CONFIRMED,
            now=moment,
            until=slot.ends_at,
            of_the_line=True,  # a rush has its own order
            item_version=queries.version_in_force(slot.item_code, moment),
            via="rush",
            key=key,
        )
    )
    if reserved is None:
        raise errors.AlreadyBooked if queries.has_claim(citizen.pk, slot, moment) else errors.SlotFull
    booking = Booking.objects.select_related("slot").get(pk=reserved)
    record(actor, "booking.confirmed", subject=f"booking:{booking.public_id}", facts={"via": "rush"})
    emit(BookingConfirmed(booking.public_id))
    return booking


def _refuse(citizen: Citizen, slot: Slot, moment: datetime) -> None:
    if slot.closed:
        raise errors.SlotClosed
    if slot.opens_at > moment:
        raise errors.SlotNotOpen
    if slot.closes_at <= moment:
        raise errors.SlotPast
    if not queries.admitted(citizen, slot, moment):
        raise errors.RushOnly
    if queries.blocked(citizen, slot, moment):
        raise errors.BlockedByMisses
    if queries.has_claim(citizen.pk, slot, moment):
        raise errors.AlreadyBooked
