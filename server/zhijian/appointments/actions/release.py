"""Give a seat back: the seat, the claim and the booking's end, in the caller's transaction."""

from datetime import UTC, datetime

from zhijian.appointments.events import OutsideOrderLeft
from zhijian.appointments.models import Booking, Claim, Seat, Slot
from zhijian.appointments.rules.states import BookingState
from zhijian.core.clock import now
from zhijian.core.events import emit

FREE = datetime(2000, 1, 1, tzinfo=UTC)
"""``until`` of what was given back: free for every process, whatever its clock says."""


def lock(booking: Booking) -> Booking:
    """The booking as it is now, locked. Order of locks everywhere: booking, then seat, then claim.

    The bare row first: whoever waited for it would get rows joined by what it was before.
    """
    Booking.objects.select_for_update().get(pk=booking.pk)
    whole = Booking.objects.select_related(
        "slot__group__hall", "slot__schedule", "citizen", "booked_by", "item_version"
    )
    return whole.get(pk=booking.pk)


MOVED = ("slot", "moves", "moved_at", "reminded_at")
"""What :func:`to_slot` writes."""


def to_slot(booking: Booking, slot: Slot, *, at: datetime) -> None:
    """The locked booking is for another slot from now on; the caller saves ``MOVED``."""
    booking.slot, booking.moves, booking.moved_at, booking.reminded_at = slot, booking.moves + 1, at, None


def release_claim(booking_id: int) -> None:
    """The person may book the item again."""
    Claim.objects.filter(booking=booking_id, until__gt=now()).update(until=FREE)


def leave_seat(booking: Booking) -> None:
    """Free the seat if it is still this booking's."""
    Seat.objects.filter(booking=booking).update(booking=None, until=FREE)


def release(booking: Booking, *, state: BookingState, reason: str = "") -> None:
    """End a locked booking in ``state``; whoever waits for its place is not told here."""
    moment = now()
    if booking.outside_ref:
        emit(OutsideOrderLeft(source=booking.slot.group.source, order=booking.outside_ref))
    leave_seat(booking)
    release_claim(booking.pk)
    booking.state, booking.ended_at, booking.reason = state, moment, reason
    booking.save(update_fields=["state", "ended_at", "reason"])
