"""Settling a draw: in drawn order each entry gets its highest-ranked slot with a free seat.

Each place is given in a transaction of its own through the reserving statement, so a killed settlement goes on
where it stopped, and two at once cannot disturb the order: an entry's row is locked until its place is committed.
"""

from datetime import datetime

from django.db import transaction

from zhijian.appointments import errors
from zhijian.appointments.actions.reservation import ClaimLost, Wanted, reserve
from zhijian.appointments.events import BookingConfirmed, DrawSettled
from zhijian.appointments.models import Booking, QueueEntry, Rush, Slot
from zhijian.appointments.queries.rush import has_claim
from zhijian.appointments.rules.admission import POOLS
from zhijian.appointments.rules.draw import order
from zhijian.appointments.rules.states import RushMode
from zhijian.audit.actions import record
from zhijian.core.actor import Actor
from zhijian.core.clock import now
from zhijian.core.events import emit


def settle(actor: Actor, *, rush: Rush) -> Rush:
    """Give out the draw's places and publish its seed; a settled draw stays as it is. Raises DrawNotDue."""
    rush = Rush.objects.get(pk=rush.pk)
    if rush.mode != RushMode.DRAW or now() < rush.closes_at:
        raise errors.DrawNotDue
    if rush.drawn_at is not None:
        return rush
    _rank(rush)
    slots = {slot.public_id: slot for slot in rush.slots.filter(closed=False)}
    full: set[str] = set()  # only grows: a place given back meanwhile goes to everybody afterwards
    waiting = QueueEntry.objects.filter(rush=rush, booking=None).order_by("rank")
    for entry_id in list(waiting.values_list("pk", flat=True)):
        _give(actor, entry_id, slots, full)
    return _finish(actor, rush)


@transaction.atomic
def _rank(rush: Rush) -> None:
    """Write the order. Entries are complete: joining locks the rush's row and looks at the time under the lock."""
    Rush.objects.select_for_update().get(pk=rush.pk)
    entries = {entry.public_id: entry for entry in QueueEntry.objects.filter(rush=rush)}
    for rank, lot in enumerate(order(rush.seed, entries), start=1):
        entries[lot.entry].rank = rank
    QueueEntry.objects.bulk_update(entries.values(), ["rank"], batch_size=1_000)


@transaction.atomic
def _give(actor: Actor, entry_id: int, slots: dict[str, Slot], full: set[str]) -> None:
    entry = QueueEntry.objects.select_for_update().get(pk=entry_id)
    if entry.booking_id is not None:
        return
    moment = now()
    for slot in (slots[wish] for wish in entry.wishes if wish in slots and wish not in full):
        if has_claim(entry.citizen_id, slot.item_code, moment):
            return
        booked = _reserved(entry, slot, moment)
        if booked is not None:
            _won(actor, entry, Booking.objects.get(pk=booked))
            return
        if not has_claim(entry.citizen_id, slot.item_code, moment):
            full.add(slot.public_id)


def _won(actor: Actor, entry: QueueEntry, booking: Booking) -> None:
    entry.booking = booking
    entry.save(update_fields=["booking"])
    facts = {"via": "draw", "entry": entry.public_id}
    record(actor, "booking.confirmed", subject=f"booking:{booking.public_id}", facts=facts)
    emit(BookingConfirmed(booking.public_id))


def _reserved(entry: QueueEntry, slot: Slot, moment: datetime) -> int | None:
    wanted = Wanted(
        citizen=entry.citizen_id,
        booked_by=entry.citizen_id,
        slot=slot.pk,
        pools=POOLS,
        now=moment,
        of_the_line=True,  # a draw has its own order
        via="draw",
        key=f"draw:{entry.public_id}",
    )
    try:
        return reserve(wanted)
    except ClaimLost:  # the person booked elsewhere this moment: the next look finds the claim
        return None


@transaction.atomic
def _finish(actor: Actor, rush: Rush) -> Rush:
    settled = Rush.objects.select_for_update().get(pk=rush.pk)
    if settled.drawn_at is None:
        settled.drawn_at = now()
        settled.save(update_fields=["drawn_at"])
        won = QueueEntry.objects.filter(rush=rush, booking__isnull=False).count()
        facts = {"entries": settled.joined, "won": won}
        record(actor, "rush.drawn", subject=f"rush:{rush.public_id}", facts=facts)
        emit(DrawSettled(rush.public_id))
    return settled
