"""Orders under way whose ends come from working days that change."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from zhijian.calendars.dependants import Change
from zhijian.core.workdays import end_of
from zhijian.ratings.models import Rectification
from zhijian.ratings.queries.rectifications import visible_to
from zhijian.ratings.rules.rectification import UNDER_WAY, Action, State


def touched(change: Change) -> QuerySet[Rectification]:
    """An end before the first changed day stays what it is; one that the calendar could not give is given."""
    first = end_of(change.first)
    reach = Q(due_at__gte=first) | Q(fix_due_at__gte=first) | Q(due_at=None) | Q(fix_due_at=None)
    found = Rectification.objects.filter(reach, state__in=UNDER_WAY).select_related("department", "rating")
    return found.prefetch_related("steps").order_by("pk")


def starts_of(order: Rectification) -> tuple[datetime, datetime]:
    """From when the state's time and the fixing's count: the opening, or the supervisor's part of it."""
    steps = sorted(order.steps.all(), key=lambda step: step.pk)
    upheld = [step.at for step in steps if step.action == Action.UPHOLD]
    fixing = upheld[-1] if upheld else order.opened_at
    last = steps[-1] if steps else None
    fresh = last is not None and (order.state == State.DISPUTED or last.action == Action.UPHOLD)
    return (last.at if last is not None and fresh else order.opened_at), fixing


def reaching(staff: Any, years: frozenset[int]) -> int:
    """Orders under way, given to ``staff`` or anybody's, with an end in one of these years."""
    found = Rectification.objects if staff is None else visible_to(staff).filter(assignee=staff)
    wanted = Q(due_at__year__in=years) | Q(fix_due_at__year__in=years)
    return found.filter(wanted, state__in=UNDER_WAY).count()
