"""The routing table as rules, and what it says about a ticket."""

from dataclasses import dataclass

from zhijian.core.clock import local_date
from zhijian.core.workdays import CalendarYearMissing, Workdays
from zhijian.core.zone import CHINA
from zhijian.organizations.models import Department
from zhijian.organizations.queries import ancestors
from zhijian.tickets.models import Category, RoutingRule, Ticket
from zhijian.tickets.rules import routing


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``rule`` names what matched; empty for the fallback."""

    department: Department
    rule: str
    auto: bool


def suggest(ticket: Ticket, *, calendar: Workdays | None = None) -> Suggestion:
    """To which department ``ticket`` should go by the table as it is now. Always one that exists."""
    rows = {row.position: row for row in RoutingRule.objects.filter(active=True).select_related("department")}
    rules = [as_rule(row) for row in rows.values()]
    known = {rule.department for rule in rules}
    found = routing.route(rules, _subject(ticket, rules, calendar), known=known, fallback="")
    if found.position is None:
        return Suggestion(_fallback(), "", found.auto)
    return Suggestion(rows[found.position].department, rows[found.position].name, found.auto)


def _fallback() -> Department:
    """The service centre, else the first department: somebody always answers."""
    return Department.objects.order_by("-is_centre", "code")[0]


def as_rule(row: RoutingRule) -> routing.Rule:
    return routing.Rule(
        position=row.position,
        department=row.department.code,
        kinds=tuple(row.kinds),
        categories=tuple(row.categories),
        regions=tuple(row.regions),
        starts=row.starts,
        ends=row.ends,
        working=row.working,
        auto=row.auto,
    )


def _subject(ticket: Ticket, rules: list[routing.Rule], calendar: Workdays | None) -> routing.Subject:
    """Regions are only looked up where a rule asks for one."""
    moment = ticket.submitted_at.astimezone(CHINA)
    placed = ticket.region if any(rule.regions for rule in rules) else None
    try:
        working = (calendar or Workdays.load()).is_working(local_date(moment))
    except CalendarYearMissing:
        working = moment.weekday() < 5
    return routing.Subject(
        kind=ticket.kind,
        categories=tuple(above(ticket.category)),
        regions=tuple(region.code for region in ancestors(placed)) if placed else (),
        at=moment.time().replace(tzinfo=None),
        working=working,
    )


def above(category: Category) -> list[str]:
    """The codes of ``category`` and of those above it, lowest first."""
    codes, one = [], category
    while True:
        codes.append(one.code)
        if one.parent is None or one.parent.code in codes:
            return codes
        one = one.parent
