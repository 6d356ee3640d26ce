"""Appeals against a miss, and the periodic writing down of what time has already decided."""

from datetime import timedelta

from django.db import transaction

from zhijian.appointments import errors
from zhijian.appointments.actions import waiting
from zhijian.appointments.events import BookingReminderDue
from zhijian.appointments.models import Booking, NoShow, Slot, WaitEntry
from zhijian.appointments.rules.standing import may_appeal
from zhijian.appointments.rules.states import AppealState, BookingState, WaitState
from zhijian.audit.actions import record
from zhijian.core.actor import Actor
from zhijian.core.clock import now, today
from zhijian.core.errors import FieldError
from zhijian.core.events import emit
from zhijian.organizations.models import Staff

_BATCH = 500
REASON_MAX = 500


@transaction.atomic
def appeal(actor: Actor, *, miss: NoShow, reason: str) -> NoShow:
    """Say why one could not come, once, within 30 days. Raises AppealLate, AppealedAlready, ReasonMissing."""
    locked = NoShow.objects.select_for_update().get(pk=miss.pk)
    words = reason.strip()
    if not 4 <= len(words) <= REASON_MAX:
        raise errors.ReasonMissing(fields=[FieldError("/reason", "length", errors.ReasonMissing.title)])
    if locked.appeal != AppealState.NONE:
        raise errors.AppealedAlready
    if not may_appeal(locked.at, now()):
        raise errors.AppealLate
    locked.appeal, locked.appeal_reason, locked.appealed_at = AppealState.ASKED, words, now()
    locked.save(update_fields=["appeal", "appeal_reason", "appealed_at"])
    record(actor, "no_show.appealed", subject=f"no_show:{locked.public_id}")
    return locked


@transaction.atomic
def decide_appeal(actor: Actor, *, miss: NoShow, staff: Staff, excuse: bool, decision: str) -> NoShow:
    """Excuse a miss, which then no longer counts, or uphold it with a reason. Raises NotNow, ReasonMissing."""
    locked = NoShow.objects.select_for_update().get(pk=miss.pk)
    if locked.appeal != AppealState.ASKED:
        raise errors.NotNow
    if not excuse and len(decision.strip()) < 4:
        raise errors.ReasonMissing(fields=[FieldError("/decision", "length", errors.ReasonMissing.title)])
    locked.appeal = AppealState.EXCUSED if excuse else AppealState.UPHELD
    locked.decided_by, locked.decided_at, locked.decision = staff, now(), decision.strip()[:200]
    locked.save(update_fields=["appeal", "decided_by", "decided_at", "decision"])
    record(
        actor,
        "no_show.excused" if excuse else "no_show.upheld",
        subject=f"no_show:{locked.public_id}",
    )
    return locked


def write_down_expired() -> int:
    """Holds and offers that time has ended get their state, and the line advances; returns how many."""
    moment = now()
    rows = Booking.objects.filter(state=BookingState.HELD, hold_until__lte=moment)
    slots = set()
    for key in list(rows.order_by("pk").values_list("pk", flat=True)[:_BATCH]):
        with transaction.atomic():
            booking = Booking.objects.select_for_update(skip_locked=True, of=("self",)).filter(
                pk=key, state=BookingState.HELD, hold_until__lte=moment
            )
            for found in booking:
                found.state, found.ended_at = BookingState.EXPIRED, found.hold_until
                found.save(update_fields=["state", "ended_at"])
                WaitEntry.objects.filter(booking=found, state=WaitState.OFFERED).update(
                    state=WaitState.LAPSED, ended_at=found.hold_until
                )
                slots.add(found.slot_id)
    for slot in Slot.objects.filter(pk__in=slots).select_related("schedule"):
        waiting.advance_now(slot)
    return len(slots)


def remind() -> int:
    """Tell those who come tomorrow, once each; returns how many."""
    tomorrow = today() + timedelta(days=1)
    due = Booking.objects.filter(
        state=BookingState.CONFIRMED, slot__date=tomorrow, reminded_at=None, confirmed_at__lt=now()
    )
    count = 0
    while keys := list(due.order_by("pk").values_list("pk", flat=True)[:_BATCH]):
        with transaction.atomic():
            rows = list(
                Booking.objects.select_for_update(of=("self",)).filter(
                    pk__in=keys, reminded_at=None, state=BookingState.CONFIRMED
                )
            )
            for booking in rows:
                emit(BookingReminderDue(booking_id=booking.public_id))
            Booking.objects.filter(pk__in=[row.pk for row in rows]).update(reminded_at=now())
        count += len(rows)
    return count
