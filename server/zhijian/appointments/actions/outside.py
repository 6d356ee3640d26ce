"""Times that an outside system owns: copied for browsing, held and confirmed there, mirrored here.

The person's booking, claim and number are ours, so one list, one rule of one booking per item and one set of screens
serve both; whether there is a place is the other system's word.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.models import F, Max
from django.db.models.functions import Greatest

from zhijian.appointments import errors
from zhijian.appointments.actions.release import FREE
from zhijian.appointments.adapters.base import OutsideSlot, PlaceTaken, SystemUnavailable
from zhijian.appointments.adapters.registry import source
from zhijian.appointments.events import OutsideOrderLeft
from zhijian.appointments.models import Booking, CounterGroup, Schedule, Seat, Slot
from zhijian.core.clock import now
from zhijian.core.events import emit
from zhijian.core.ids import new_id
from zhijian.core.zone import CHINA
from zhijian.identity.models import Citizen


def refresh(group: CounterGroup) -> int:
    """Copy the times of an outside group; what it no longer offers is closed. Returns how many there are.

    Raises SourceAway; then the copy stays as it was.
    """
    try:
        offered = source(group.source).slots(group.code)
    except SystemUnavailable as error:
        raise errors.SourceAway from error
    schedule = group.schedules.order_by("pk").first()
    if schedule is None:
        return 0
    with transaction.atomic():
        Slot.objects.filter(group=group, starts_at__gt=now()).exclude(
            outside_ref__in=[slot.reference for slot in offered]
        ).update(closed=True)
        Slot.objects.bulk_create(
            [_mirrored(schedule, slot) for slot in offered],
            update_conflicts=True,
            unique_fields=["group", "item_code", "starts_at"],
            update_fields=["outside_ref", "outside_free", "ends_at", "closed"],
        )
    return len(offered)


@contextmanager
def ordered(slot: Slot, citizen: Citizen) -> Iterator[str]:
    """The order of a place there ("" for a slot of our own), for a booking that is made within.

    The other system is asked before anything here is locked: a slow one keeps nobody waiting. An order that no
    booking took, because it was refused or had been answered before, is given back. Raises SlotFull, SourceAway.
    """
    if not slot.group.source:
        yield ""
        return
    order = _order(slot, citizen)
    try:
        yield order
    finally:
        if not Booking.objects.filter(outside_ref=order).exists():
            give_back(name=slot.group.source, order=order)


def _order(slot: Slot, citizen: Citizen) -> str:
    try:
        return source(slot.group.source).hold(
            slot.outside_ref, name=citizen.name, id_number=citizen.id_number, reference=new_id()
        )
    except PlaceTaken as taken:
        Slot.objects.filter(pk=slot.pk).update(outside_free=0)
        raise errors.SlotFull(extra={"others": [], "waitlist": False}) from taken
    except SystemUnavailable as error:
        raise errors.SourceAway from error


def add_seat(slot: Slot) -> None:
    """A free seat here for a place that was ordered there, in the caller's transaction."""
    locked = Slot.objects.select_for_update().get(pk=slot.pk)
    last = locked.seats.aggregate(last=Max("number"))["last"] or 0
    Seat.objects.create(slot=locked, number=last + 1, until=FREE)
    Slot.objects.filter(pk=slot.pk, outside_free__gt=0).update(
        outside_free=Greatest(F("outside_free") - 1, 0)
    )


def confirm(booking: Booking) -> None:
    """Raises HoldExpired when the other system gave the place to somebody else, SourceAway."""
    try:
        source(booking.slot.group.source).confirm(booking.outside_ref)
    except PlaceTaken as gone:
        raise errors.HoldExpired from gone
    except SystemUnavailable as error:
        raise errors.SourceAway from error


def cancel(*, name: str, order: str) -> None:
    """Raises SystemUnavailable: whoever asks tries again until it is done."""
    source(name).cancel(order)


def give_back(*, name: str, order: str) -> None:
    """Have the order cancelled there; within a transaction if and only if it commits."""
    emit(OutsideOrderLeft(source=name, order=order))


def _mirrored(schedule: Schedule, slot: OutsideSlot) -> Slot:
    return Slot(
        schedule=schedule,
        group_id=schedule.group_id,
        item_code=schedule.item_code,
        date=slot.starts_at.astimezone(CHINA).date(),
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        opens_at=now(),
        closes_at=slot.starts_at,
        outside_ref=slot.reference,
        outside_free=slot.free,
    )
