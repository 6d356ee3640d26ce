"""Sets the clocks of a ticket: computed once, from its category's limits and the calendar table, and stored."""

from datetime import datetime

from zhijian.core.deadlines import Limit
from zhijian.core.workdays import CalendarYearMissing, Workdays
from zhijian.tickets.models import FAR_FUTURE, Extension, Ticket
from zhijian.tickets.rules.sla import Terms, clocks
from zhijian.tickets.rules.states import RUNNING


def start(ticket: Ticket, moment: datetime, *, calendar: Workdays | None = None) -> None:
    """Begin anew at ``moment``; does not save."""
    ticket.clock_started_at = moment
    ticket.contacted_at = ticket.overdue_told_at = None
    take_limits(ticket)
    wind(ticket, calendar=calendar)


def take_limits(ticket: Ticket) -> None:
    """Those of the ticket's category as they are now. What is running keeps them when the table changes."""
    terms = ticket.category.sla.terms
    ticket.limit_value, ticket.limit_unit = terms.answer.value, terms.answer.unit
    ticket.contact_value, ticket.contact_unit = terms.contact.value, terms.contact.unit


def wind(ticket: Ticket, *, calendar: Workdays | None = None) -> None:
    """Compute both ends from what the ticket says; does not save. A contact that was made keeps the end it had.

    A year that the calendar lacks leaves the ticket without ends and notes the year: it goes on, a task computes the
    ends once the year is entered, and the desk shows the gap meanwhile.
    """
    ticket.calendar_gap = None
    try:
        found = clocks(
            _terms(ticket),
            ticket.clock_started_at,
            calendar or Workdays.for_writing(),
            pauses=_pauses(ticket),
            extension=_extension(ticket),
        )
    except CalendarYearMissing as missing:
        ticket.due_at = ticket.warn_at = None
        if ticket.contacted_at is None:
            ticket.contact_due_at = ticket.contact_warn_at = None
        ticket.calendar_gap = missing.extra["year"]
        return
    if ticket.contacted_at is None:
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


def _terms(ticket: Ticket) -> Terms:
    if ticket.limit_value is None or ticket.contact_value is None:
        take_limits(ticket)
    assert ticket.limit_value is not None
    assert ticket.contact_value is not None
    rule = ticket.category.sla
    return Terms(
        rule.name,
        Limit(ticket.contact_value, ticket.contact_unit),
        Limit(ticket.limit_value, ticket.limit_unit),
        rule.extension_days,
    )


def _pauses(ticket: Ticket) -> list[tuple[datetime, datetime]]:
    if ticket._state.adding:
        return []
    return [  # read whole, so that what has been prefetched is used
        (pause.started_at, pause.ended_at)
        for pause in sorted(ticket.pauses.all(), key=lambda pause: pause.pk)
        if pause.ended_at and pause.started_at >= ticket.clock_started_at
    ]


def _extension(ticket: Ticket) -> int:
    if ticket._state.adding:
        return 0
    granted = (
        one.days
        for one in ticket.extensions.all()
        if one.status == Extension.Status.APPROVED and one.asked_at >= ticket.clock_started_at
    )
    return next(granted, 0)
