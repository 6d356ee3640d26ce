"""Ends of orders under way after the working calendar has changed."""

from datetime import datetime

from django.db import transaction

from zhijian.audit.actions import record
from zhijian.calendars.dependants import Change, Shift, Survey
from zhijian.core.actor import SYSTEM
from zhijian.core.clock import local_date, now
from zhijian.core.dates import long_date
from zhijian.core.workdays import Workdays
from zhijian.ratings.actions.opening import days_on, deadline
from zhijian.ratings.models import Rectification, RectificationStep
from zhijian.ratings.queries.calendar import starts_of, touched
from zhijian.ratings.rules import rectification as rules
from zhijian.ratings.rules.rectification import State

Ends = tuple[datetime | None, datetime | None, datetime | None]


def survey(change: Change) -> Survey:
    """What would move, order by order. Writes nothing."""
    shifts: list[Shift] = []
    keys: list[str] = []
    for order in touched(change).iterator(chunk_size=500):
        before, after = _stored(order), _computed(order, change.after)
        if before != after:
            keys.append(str(order.pk))
            subject = order.rating.reference
            shifts.append(Shift(subject, f"{order.department.short_name}本环节到期", before[0], after[0]))
    return Survey(shifts, keys)


@transaction.atomic
def recompute(change: Change, key: str) -> None:
    """Compute the ends of one order anew and say so in its history."""
    rows = Rectification.objects.select_for_update(of=("self",)).filter(pk=key, state__in=rules.UNDER_WAY)
    order = rows.first()
    if order is None:
        return
    before, after = _stored(order), _computed(order, Workdays.for_writing())
    if before == after:
        return
    order.due_at, order.warn_at, order.fix_due_at = after
    order.save(update_fields=["due_at", "warn_at", "fix_due_at"])
    RectificationStep.objects.create(
        rectification=order,
        action="recomputed",
        from_state=order.state,
        to_state=order.state,
        actor_key=SYSTEM.key,
        actor_label=SYSTEM.label,
        note=f"{change.reason}，本环节期限由{_day(before[0])}改为{_day(after[0])}",
        at=now(),
    )
    record(SYSTEM, "rectification.recomputed", subject=f"rectification:{order.public_id}")


def _stored(order: Rectification) -> Ends:
    return order.due_at, order.warn_at, order.fix_due_at


def _computed(order: Rectification, calendar: Workdays) -> Ends:
    """What was fixed keeps the end that it met or missed."""
    start, fixing = starts_of(order)
    due_at, warn_at = deadline(State(order.state), start, calendar=calendar)
    kept = order.fixed_at is not None and order.fix_due_at is not None
    fix_due_at = order.fix_due_at if kept else days_on(fixing, rules.FIX_WITHIN, calendar=calendar)
    return due_at, warn_at, fix_due_at


def _day(moment: datetime | None) -> str:
    return long_date(local_date(moment)) if moment else "待定"
