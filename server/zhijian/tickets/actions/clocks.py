"""Sets the clocks of a ticket: computed once, from its category's limits and the calendar table, and stored."""

from datetime import datetime

from zhijian.core.workdays import CalendarYearMissing, Workdays
from zhijian.tickets.models import FAR_FUTURE, Extension, Ticket
from zhijian.tickets.rules.sla import clocks
from zhijian.tickets.rules.states import RUNNING


def start(ticket: Ticket, moment: datetime) -> None:
    """Begin anew at ``moment``; does not save."""
    ticket.clock_started_at = moment
    ticket.contacted_at = ticket.overdue_told_at = None
    wind(ticket)


def wind(ticket: Ticket) -> None:
    """Compute both ends from what the ticket says; does not save.

    A year that the calendar lacks leaves the ticket without ends and notes the year: it goes on, a task computes the
    ends once the year is entered, and the desk shows the gap meanwhile.
    """
    terms = ticket.category.sla.terms
    ticket.limit_unit, ticket.contact_unit = terms.answer.unit, terms.contact.unit
    ticket.calendar_gap = None
    try:
        found = clocks(
            terms,
            ticket.clock_started_at,
            Workdays.load(),
            pauses=_pauses(ticket),
            extension=_extension(ticket),
        )
    except CalendarYearMissing as missing:
        ticket.contact_due_at = ticket.contact_warn_at = ticket.due_at = ticket.warn_at = None
        ticket.calendar_gap = missing.extra["year"]
        return
    ticket.contact_due_at, ticket.contact_warn_at = found.contact.due_at, found.contact.warn_at
    ticket.due_at, ticket.warn_at, ticket.due_rule = (
        found.answer.due_at,
        found.answer.warn_at,
        found.answer.rule,
    )


def sort(ticket: Ticket) -> None:
    """Keep the queue's order: what isn't running sorts last."""
    ends = [ticket.due_at, None if ticket.contacted_at else ticket.contact_due_at]
    binding = min((end for end in ends if end is not None), default=FAR_FUTURE)
    ticket.sort_at = binding if ticket.state in RUNNING else FAR_FUTURE


def _pauses(ticket: Ticket) -> list[tuple[datetime, datetime]]:
    if ticket._state.adding:
        return []
    ended = ticket.pauses.filter(started_at__gte=ticket.clock_started_at, ended_at__isnull=False)
    return [(pause.started_at, pause.ended_at) for pause in ended if pause.ended_at]


def _extension(ticket: Ticket) -> int:
    if ticket._state.adding:
        return 0
    granted = ticket.extensions.filter(
        status=Extension.Status.APPROVED, asked_at__gte=ticket.clock_started_at
    ).first()
    return granted.days if granted else 0
