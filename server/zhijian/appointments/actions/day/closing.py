"""End of the day: who had a booking and didn't come, and tickets that nobody called."""

from datetime import date

from django.db import transaction

from zhijian.appointments import errors
from zhijian.appointments.actions.day import turn
from zhijian.appointments.events import BookingMissed
from zhijian.appointments.models import Booking, CounterGroup, NoShow, Visit
from zhijian.appointments.rules import visits as rules
from zhijian.appointments.rules.states import BookingState
from zhijian.appointments.rules.visits import Act
from zhijian.audit.actions import record
from zhijian.core.actor import Actor
from zhijian.core.clock import now, today
from zhijian.core.events import emit


@transaction.atomic
def close_day(actor: Actor, *, group: CounterGroup, day: date) -> int:
    """Settle a past day; returns how many didn't come. The same whether it runs late, twice or twice at once: the
    misses are dated by their slots, and what is settled isn't found again.

    Whose slot the hall itself closed has missed nothing. Raises DayNotOver.
    """
    if day >= today():
        raise errors.DayNotOver
    missed = list(
        Booking.objects.select_for_update(of=("self",))  # a booking that moved meanwhile is passed over
        .select_related("slot")
        .filter(slot__group=group, slot__date=day, slot__closed=False, state=BookingState.CONFIRMED)
        .order_by("pk")
    )
    for booking in missed:
        _miss(actor, booking)
    _clear(actor, group, day)
    return len(missed)


def _miss(actor: Actor, booking: Booking) -> None:
    booking.state, booking.ended_at = BookingState.MISSED, booking.slot.ends_at
    booking.save(update_fields=["state", "ended_at"])
    NoShow.objects.create(booking=booking, citizen_id=booking.citizen_id, at=booking.slot.ends_at)
    record(actor, "booking.missed", subject=f"booking:{booking.public_id}")
    emit(BookingMissed(booking.public_id))


def _clear(actor: Actor, group: CounterGroup, day: date) -> None:
    states = sorted(row.source for row in rules.TABLE if row.action is Act.CLOSE)
    left = Visit.objects.select_for_update(of=("self",)).filter(group=group, day=day, state__in=states)
    for visit in left.order_by("pk"):
        turn.finish(turn.LIFE.turn(visit, Act.CLOSE, actor, at=now()))
