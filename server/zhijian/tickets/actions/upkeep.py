"""What time decides, and corrections of what was computed when the tables behind it change."""

from django.db import transaction

from zhijian.audit.actions import record
from zhijian.core.actor import SYSTEM
from zhijian.core.clock import now
from zhijian.core.events import emit
from zhijian.tickets.actions import clocks, turn
from zhijian.tickets.events import OVERDUE, TicketEvent
from zhijian.tickets.models import Ticket
from zhijian.tickets.rules.states import RUNNING


@transaction.atomic
def tell_overdue(*, ticket: Ticket) -> bool:
    """Tell that the answer is late, once a clock; whether it was told now."""
    fresh = turn.lock(ticket.pk)
    late = fresh.state in RUNNING and fresh.due_at is not None and now() > fresh.due_at
    if not late or fresh.overdue_told_at is not None:
        return False
    fresh.overdue_told_at = now()
    fresh.save(update_fields=["overdue_told_at"])
    record(SYSTEM, "ticket.overdue_told", subject=turn.subject(fresh))
    emit(TicketEvent(fresh.public_id, fresh.number, fresh.state, OVERDUE))
    return True


@transaction.atomic
def rewind(*, ticket: Ticket) -> Ticket:
    """Compute the clocks anew from the limits and the calendar as they are now."""
    fresh = turn.lock(ticket.pk)
    clocks.wind(fresh)
    clocks.sort(fresh)
    fresh.save()
    record(SYSTEM, "ticket.clock_computed", subject=turn.subject(fresh), facts={"gap": fresh.calendar_gap})
    return fresh
