"""Figures for leaders, one statement each. Counts of tickets, nothing of persons."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce

from zhijian.core.clock import now
from zhijian.organizations.models import Staff
from zhijian.organizations.queries import departments_in_scope
from zhijian.organizations.rules import Post
from zhijian.tickets.models import FAR_FUTURE, Ticket
from zhijian.tickets.rules.figures import Counts
from zhijian.tickets.rules.kinds import Kind
from zhijian.tickets.rules.states import OPEN, RUNNING, State


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: what it is about in words, and its counts."""

    code: str
    name: str
    counts: Counts


def _watched(staff: Staff, since: datetime, until: datetime) -> QuerySet[Ticket]:
    """Tickets received in the period, at departments that a supervisor or dispatcher covers. A merged one counts once,
    as the one it went into; a whole counts as its parts."""
    scope = departments_in_scope(staff, Post.SUPERVISOR, Post.TICKET_DISPATCHER)
    period = Ticket.objects.filter(submitted_at__gte=since, submitted_at__lt=until)
    whole = Q(state=State.MERGED) | Q(parts__isnull=False)
    return (
        period.exclude(whole)
        .filter(Q(department__in=scope) | Q(department__isnull=True, suggested__in=scope))
        .order_by()
    )


def totals(staff: Staff, since: datetime, until: datetime) -> Counts:
    return Counts(**_watched(staff, since, until).aggregate(**_counts(now())))


def by_department(staff: Staff, since: datetime, until: datetime) -> list[Row]:
    """The most received first. What no department has counts where it should go."""
    found = _watched(staff, since, until).annotate(
        code=Coalesce("department__code", "suggested__code"),
        name=Coalesce("department__name", "suggested__name"),
    )
    return _rows(found, "code", "name")


def by_category(staff: Staff, since: datetime, until: datetime) -> list[Row]:
    found = _watched(staff, since, until).annotate(code=F("category__code"), name=F("category__name"))
    return _rows(found, "code", "name")


def by_kind(staff: Staff, since: datetime, until: datetime) -> list[Row]:
    rows = _rows(_watched(staff, since, until).annotate(code=F("kind"), name=F("kind")), "code", "name")
    return [Row(row.code, str(Kind(row.code).label), row.counts) for row in rows]


def _rows(found: "QuerySet[Ticket]", code: str, name: str) -> list[Row]:
    table = found.values(code, name).annotate(**_counts(now())).order_by("-received", code)
    rows = []
    for line in table:
        counts = {key: value for key, value in line.items() if key not in {code, name}}
        rows.append(Row(line[code], line[name], Counts(**counts)))
    return rows


def _counts(moment: datetime) -> dict[str, Count]:
    def where(condition: Q) -> Count:
        return Count("pk", filter=condition, distinct=True)

    due = Q(contacted_at__isnull=False) | Q(contact_due_at__lt=moment)
    contacted = Q(contacted_at__isnull=False, contacted_at__lte=Coalesce(F("contact_due_at"), FAR_FUTURE))
    answered = Q(replied_at__isnull=False)
    return {
        "received": Count("pk", distinct=True),
        "open": where(Q(state__in=sorted(OPEN))),
        "overdue": where(Q(state__in=sorted(RUNNING), due_at__lt=moment)),
        "due_for_contact": where(due & ~Q(state__in=[State.REFUSED, State.WITHDRAWN])),
        "contacted_in_time": where(contacted & ~Q(state__in=[State.REFUSED, State.WITHDRAWN])),
        "answered": where(answered),
        "ever_answered": where(answered | Q(reopened__gt=0)),
        "answered_in_time": where(answered & Q(replied_at__lte=Coalesce(F("due_at"), FAR_FUTURE))),
        "closed": where(Q(state=State.CLOSED)),
        "asked_resolved": where(Q(resolved__isnull=False)),
        "resolved": where(Q(resolved=True)),
        "asked_satisfied": where(Q(satisfied__isnull=False)),
        "satisfied": where(Q(satisfied=True)),
        "reopened": where(Q(reopened__gt=0)),
    }
