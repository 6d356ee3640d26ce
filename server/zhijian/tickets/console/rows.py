"""A ticket as one line of a list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from zhijian.core.clock import now
from zhijian.core.console_lights import Lamp, lamp
from zhijian.core.workdays import Workdays
from zhijian.organizations.models import Staff
from zhijian.tickets.models import Ticket
from zhijian.tickets.queries.standing import standing
from zhijian.tickets.rules import states


@dataclass(frozen=True, slots=True)
class Row:
    number: str
    url: str
    lamp: Lamp
    kind: str
    title: str
    category: str
    office: str
    suggested: str
    state_label: str
    holder: str
    mine: bool
    urgent: bool
    supervised: bool
    received: datetime


def rows(tickets: Iterable[Ticket], staff: Staff) -> list[Row]:
    """The calendar is read once: one query, whatever the length."""
    moment, calendar = now(), Workdays.load()
    return [_row(ticket, staff, moment, calendar) for ticket in tickets]


def light_of(ticket: Ticket, moment: datetime, calendar: Workdays) -> Lamp:
    stand = standing(ticket, moment)
    step = {"contact": "联系", "answer": "答复"}[stand.step]
    return lamp(stand.light, stand.due_at, unit=stand.unit, now=moment, calendar=calendar, step=step)


def _row(ticket: Ticket, staff: Staff, moment: datetime, calendar: Workdays) -> Row:
    return Row(
        number=ticket.number,
        url=reverse("tickets_ticket", args=[ticket.number]),
        lamp=light_of(ticket, moment, calendar),
        kind=ticket.get_kind_display(),
        title=ticket.title,
        category=ticket.category.name,
        office=ticket.department.short_name if ticket.department else "",
        suggested=ticket.suggested.short_name,
        state_label=states.label(ticket.state),
        holder=str(ticket.assignee) if ticket.assignee else "",
        mine=ticket.assignee_id == staff.pk,
        urgent=ticket.urgent,
        supervised=ticket.supervised_at is not None,
        received=ticket.submitted_at,
    )
