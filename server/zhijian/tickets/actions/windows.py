"""The end of a ticket, and how long it may still be opened again."""

from datetime import datetime, timedelta

from zhijian.core.deadlines import end_of_day
from zhijian.tickets.models import Ticket


def close(ticket: Ticket, moment: datetime) -> None:
    """Does not save. The window to reopen ends with a day."""
    ticket.closed_at = moment
    ticket.reopen_until = end_of_day(moment + timedelta(days=ticket.category.reopen_days))
