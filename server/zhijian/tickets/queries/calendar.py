"""Open tickets whose ends come from working days that change."""

from typing import Any

from django.db.models import Q, QuerySet

from zhijian.calendars.dependants import Change
from zhijian.core.workdays import end_of
from zhijian.tickets.models import Ticket
from zhijian.tickets.queries.staff import visible_to
from zhijian.tickets.rules.states import RUNNING, State

TIMED = sorted(RUNNING | {State.SUPPLEMENT})
"""The clock runs, or stands until the reporter answers; an answered ticket keeps the end that it met or missed."""


def touched(change: Change) -> QuerySet[Ticket]:
    """An end before the first changed day stays what it is. With all that the clocks are computed from."""
    first = end_of(change.first)
    reach = Q(due_at__gte=first) | Q(contact_due_at__gte=first) | Q(calendar_gap__isnull=False)
    found = Ticket.objects.filter(reach, state__in=TIMED).select_related(
        "department", "suggested", "category__sla"
    )
    return found.prefetch_related("pauses", "extensions").order_by("pk")


def reaching(staff: Any, years: frozenset[int]) -> int:
    """Tickets under way, on the desk of ``staff`` or anybody's, with an end in one of these years or waiting for one."""
    found = Ticket.objects if staff is None else visible_to(staff).filter(assignee=staff)
    wanted = Q(calendar_gap__in=years) | Q(due_at__year__in=years) | Q(contact_due_at__year__in=years)
    return found.filter(wanted, state__in=TIMED).count()
