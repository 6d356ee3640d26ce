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


def suggest(ticket: Ticket) -> Suggestion:
    """To which department ``ticket`` should go by the table as it is now. Always one that exists."""
    departments = {one.code: one for one in Department.objects.all()}
    rows = {row.position: row for row in RoutingRule.objects.filter(active=True).select_related("department")}
    found = routing.route(
        [as_rule(row) for row in rows.values()],
        subject_of(ticket),
        known=departments.keys(),
        fallback=_fallback(departments),
    )
    name = rows[found.position].name if found.position is not None else ""
    return Suggestion(departments[found.department], name, found.auto)


def _fallback(departments: dict[str, Department]) -> str:
    """The service centre, else the first department: somebody always answers."""
    centres = [code for code, one in departments.items() if one.is_centre]
    return min(centres or departments)


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


def subject_of(ticket: Ticket) -> routing.Subject:
    moment = ticket.submitted_at.astimezone(CHINA)
    try:
        working = Workdays.load().is_working(local_date(moment))
    except CalendarYearMissing:
        working = moment.weekday() < 5
    return routing.Subject(
        kind=ticket.kind,
        categories=tuple(above(ticket.category)),
        regions=tuple(region.code for region in ancestors(ticket.region)) if ticket.region else (),
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
