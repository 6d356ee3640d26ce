"""Give a seat back: the seat, the claim and the booking's end, in the caller's transaction."""

from datetime import UTC, datetime

from zhijian.appointments.events import OutsideOrderLeft
from zhijian.appointments.models import Booking, Claim, Seat
from zhijian.appointments.rules.states import BookingState
from zhijian.core.clock import now
from zhijian.core.events import emit

FREE = datetime(2000, 1, 1, tzinfo=UTC)
"""``until`` of what was given back: free for every process, whatever its clock says."""


def lock(booking: Booking) -> Booking:
    """The booking as it is now, locked. Order of locks everywhere: booking, then seat, then claim."""
    return (
        Booking.objects.select_for_update(of=("self",))
        .select_related("slot__group__hall", "slot__schedule", "citizen", "booked_by", "item_version")
        .get(pk=booking.pk)
    )


def leave_seat(booking: Booking) -> None:
    """Free the seat if it is still this booking's."""
    Seat.objects.filter(booking=booking).update(booking=None, until=FREE)


def release(booking: Booking, *, state: BookingState, reason: str = "") -> None:
    """End a locked booking in ``state``; whoever waits for its place is not told here."""
    moment = now()
    if booking.outside_ref:
        emit(OutsideOrderLeft(source=booking.slot.group.source, order=booking.outside_ref))
    leave_seat(booking)
    Claim.objects.filter(booking=booking, until__gt=moment).update(until=FREE)
    booking.state, booking.ended_at, booking.reason = state, moment, reason
    booking.save(update_fields=["state", "ended_at", "reason"])
