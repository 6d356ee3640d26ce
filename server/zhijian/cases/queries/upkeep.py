"""What background work looks for."""

from django.db.models import QuerySet

from zhijian.cases.models import Case
from zhijian.cases.rules.states import OPEN, State
from zhijian.core.clock import now
from zhijian.core.models import CalendarYear

_BATCH = 500


def unread_too_long() -> QuerySet[Case]:
    """Submitted cases whose five working days have passed."""
    return Case.objects.filter(state=State.SUBMITTED, due_at__lt=now()).order_by("due_at")[:_BATCH]


def waiting_for_calendar() -> QuerySet[Case]:
    """Cases without a due date whose missing year has since been entered."""
    entered = CalendarYear.objects.values("year")
    return Case.objects.filter(calendar_gap__in=entered, state__in=sorted(OPEN)).order_by("pk")[:_BATCH]
