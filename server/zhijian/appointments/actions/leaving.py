"""Leaving the waiting line."""

from django.db import transaction

from zhijian.appointments.actions.changing import cancel
from zhijian.appointments.actions.waiting import end
from zhijian.appointments.models import Booking, WaitEntry
from zhijian.appointments.rules.states import WaitState
from zhijian.audit.actions import record
from zhijian.core.actor import Actor
from zhijian.core.clock import now


@transaction.atomic
def leave(actor: Actor, *, entry: WaitEntry) -> None:
    """Leave the line; an offer that was made is given back. Leaving again changes nothing."""
    locked = WaitEntry.objects.select_for_update().get(pk=entry.pk)
    if locked.state == WaitState.OFFERED and locked.booking_id:
        cancel(actor, booking=Booking.objects.get(pk=locked.booking_id))
    elif locked.state == WaitState.WAITING:
        end(locked, WaitState.LEFT, now())
    record(actor, "waiting.left", subject=f"waiting:{locked.public_id}")
