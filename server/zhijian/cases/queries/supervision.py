"""电子监察: figures for leaders, one statement each."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce

from zhijian.cases.models import FAR_FUTURE, Case
from zhijian.cases.queries.citizen import SEALED
from zhijian.cases.queries.staff import QUEUE_ORDER, lit, visible_to
from zhijian.cases.rules.states import OPEN, State
from zhijian.core.clock import now
from zhijian.core.lights import Light
from zhijian.core.pagination import Page, paginate
from zhijian.organizations.models import Staff


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of cases under way, and of those decided in the last thirty days."""

    open: int
    overdue: int
    near_due: int
    paused: int
    without_date: int
    decided: int
    decided_in_time: int


@dataclass(frozen=True, slots=True)
class DepartmentFigures:
    code: str
    name: str
    open: int
    overdue: int
    near_due: int
    paused: int
    decided: int
    decided_in_time: int


_PERIOD = timedelta(days=30)


def figures(staff: Staff) -> Figures:
    return Figures(**_watched(staff).aggregate(**_counts(now())))


def figures_by_department(staff: Staff) -> list[DepartmentFigures]:
    """The most overdue first."""
    counts = _counts(now())
    del counts["without_date"]
    watched: Any = _watched(staff)  # its annotations are told by name, which the type checker can't follow
    rows = (
        watched.values(code=F("department__code"), name=F("department__name"))
        .annotate(**counts)
        .order_by("-overdue", "-near_due", "code")
    )
    return [DepartmentFigures(**row) for row in rows]


def overdue_cases(staff: Staff, *, cursor: str | None = None, size: int = 20) -> Page[Case]:
    return _listed(staff, is_overdue(now()), cursor, size)


def near_due_cases(staff: Staff, *, cursor: str | None = None, size: int = 20) -> Page[Case]:
    return _listed(staff, is_near_due(now()), cursor, size)


def is_overdue(moment: datetime) -> Q:
    """Past the end that binds now: what shows a red lamp."""
    return Q(state__in=sorted(OPEN)) & lit(Light.RED, moment)


def is_near_due(moment: datetime) -> Q:
    return Q(state__in=sorted(OPEN)) & lit(Light.YELLOW, moment)


def _watched(staff: Staff) -> QuerySet[Case]:
    lately = Q(decided_at__gte=now() - _PERIOD)
    return visible_to(staff).filter(Q(state__in=sorted(OPEN)) | lately).order_by()


def _counts(moment: datetime) -> dict[str, Count]:
    open_now = Q(state__in=sorted(OPEN))
    decided = Q(decided_at__gte=moment - _PERIOD)
    return {
        "open": Count("pk", filter=open_now),
        "overdue": Count("pk", filter=is_overdue(moment)),
        "near_due": Count("pk", filter=is_near_due(moment)),
        "paused": Count("pk", filter=Q(state__in=[State.SUSPENDED, State.CORRECTION])),
        "without_date": Count("pk", filter=Q(calendar_gap__isnull=False) & open_now),
        "decided": Count("pk", filter=decided),
        "decided_in_time": Count(
            "pk", filter=decided & Q(decided_at__lte=Coalesce(F("decision_due_at"), FAR_FUTURE))
        ),
    }


def _listed(staff: Staff, which: Q, cursor: str | None, size: int) -> Page[Case]:
    found = visible_to(staff).filter(which).select_related("department", "citizen", "assignee__department")
    return paginate(found.defer(*SEALED), order=QUEUE_ORDER, cursor=cursor, size=size)
