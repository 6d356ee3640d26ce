"""A poor rating opens its order in the rating's own transaction: none is lost when no worker runs."""

from datetime import datetime

from zhijian.audit.actions import record
from zhijian.core.actor import SYSTEM
from zhijian.core.clock import now
from zhijian.core.events import emit
from zhijian.core.workdays import CalendarYearMissing, Workdays
from zhijian.ratings.events import RectificationOpened
from zhijian.ratings.models import Rating, Rectification, RectificationStep
from zhijian.ratings.rules import rectification as rules
from zhijian.ratings.rules.rectification import State


def open_order(rating: Rating) -> Rectification:
    moment = now()
    due_at, warn_at = deadline(State.OPEN, moment)
    order = Rectification.objects.create(
        rating=rating,
        department=rating.department,
        opened_at=moment,
        due_at=due_at,
        warn_at=warn_at,
        fix_due_at=days_on(moment, rules.FIX_WITHIN),
    )
    RectificationStep.objects.create(
        rectification=order,
        action="opened",
        from_state="",
        to_state=order.state,
        actor_key=SYSTEM.key,
        actor_label=SYSTEM.label,
        note="一星、二星评价自动建单",
        at=moment,
    )
    record(
        SYSTEM,
        "rectification.opened",
        subject=f"rectification:{order.public_id}",
        facts={"rating": rating.public_id, "stars": rating.stars},
    )
    emit(
        RectificationOpened(
            order.public_id,
            rating.public_id,
            rating.department.code,
            due_at.isoformat() if due_at else "",
        )
    )
    return order


def deadline(
    state: State, start: datetime, *, calendar: Workdays | None = None
) -> tuple[datetime | None, datetime | None]:
    """Until when ``state`` is to be left, and from when its light is yellow: a working day before."""
    within = rules.WITHIN.get(state)
    if within is None:
        return None, None
    warn_at = days_on(start, within - 1, calendar=calendar) if within > 1 else start
    return days_on(start, within, calendar=calendar), warn_at


def days_on(start: datetime, count: int, *, calendar: Workdays | None = None) -> datetime | None:
    """None when the calendar lacks the year: a rating isn't refused for that."""
    try:
        return (calendar or Workdays.for_writing()).add(start, count)
    except CalendarYearMissing:
        return None
