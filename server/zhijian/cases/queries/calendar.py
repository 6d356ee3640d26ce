"""Open cases whose dates come from working days that change."""

from typing import Any

from django.db.models import Q, QuerySet

from zhijian.calendars.dependants import Change
from zhijian.cases.models import Case
from zhijian.cases.queries.staff import visible_to
from zhijian.cases.rules.states import OPEN
from zhijian.core.workdays import end_of


def touched(change: Change) -> QuerySet[Case]:
    """A date before the first changed day stays what it is. With all that a clock is computed from."""
    first = end_of(change.first)
    reach = Q(due_at__gte=first) | Q(decision_due_at__gte=first) | Q(calendar_gap__isnull=False)
    found = Case.objects.filter(reach, state__in=sorted(OPEN)).select_related("department", "correction")
    return found.prefetch_related("pauses", "extensions").order_by("pk")


def reaching(staff: Any, years: frozenset[int]) -> int:
    """Open cases, on the desk of ``staff`` or anybody's, with a date in one of these years or waiting for one."""
    found = Case.objects if staff is None else visible_to(staff).filter(assignee=staff)
    wanted = Q(calendar_gap__in=years) | Q(due_at__year__in=years) | Q(decision_due_at__year__in=years)
    return found.filter(wanted, state__in=sorted(OPEN)).count()
