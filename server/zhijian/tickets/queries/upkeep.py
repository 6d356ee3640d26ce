"""What background work looks for."""

from django.db.models import QuerySet

from zhijian.core.clock import now
from zhijian.core.models import CalendarYear
from zhijian.tickets.models import Ticket
from zhijian.tickets.rules.limits import CALL_BACK
from zhijian.tickets.rules.states import OPEN, RUNNING, State

_BATCH = 500


def overdue_untold() -> QuerySet[Ticket]:
    late = Ticket.objects.filter(state__in=sorted(RUNNING), due_at__lt=now(), overdue_told_at__isnull=True)
    return late.order_by("due_at")[:_BATCH]


def waited_long_enough() -> QuerySet[Ticket]:
    """Answered, and nobody called back in the time for it."""
    found = Ticket.objects.filter(state=State.REPLIED, replied_at__lt=now() - CALL_BACK)
    return found.order_by("replied_at")[:_BATCH]


def waiting_for_calendar() -> QuerySet[Ticket]:
    """Tickets without ends whose missing year has since been entered."""
    entered = CalendarYear.objects.values("year")
    return Ticket.objects.filter(calendar_gap__in=entered, state__in=sorted(OPEN)).order_by("pk")[:_BATCH]
