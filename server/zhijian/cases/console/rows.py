"""A case as one line of a list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from zhijian.cases.models import Case
from zhijian.cases.presenting.next_steps import holder_of
from zhijian.cases.queries.stages import standing
from zhijian.cases.rules import states, table
from zhijian.core.clock import now
from zhijian.core.console_lights import Lamp, lamp
from zhijian.core.workdays import Workdays
from zhijian.organizations.models import Staff
from zhijian.organizations.queries import posts_of


@dataclass(frozen=True, slots=True)
class Row:
    number: str
    url: str
    lamp: Lamp
    item_name: str
    applicant: str
    state_label: str
    holder: str
    holder_key: str
    mine: bool
    claimable: bool
    received: datetime | None
    extension_waits: bool


@dataclass(frozen=True, slots=True)
class WatchedRow:
    """Without anything of the applicant."""

    number: str
    lamp: Lamp
    item_name: str
    department: str
    state_label: str
    desk: str
    rule: str


def rows(cases: Iterable[Case], staff: Staff) -> list[Row]:
    """For officers. The calendar is read once: one query, whatever the length."""
    moment, calendar, posts = now(), Workdays.load(), posts_of(staff)
    return [_row(case, staff, moment, calendar, posts) for case in cases]


def _row(case: Case, staff: Staff, moment: datetime, calendar: Workdays, posts: frozenset[str]) -> Row:
    stand = standing(case, moment)
    free = case.assignee_id is None
    return Row(
        number=case.number or "",
        url=reverse("cases_case", args=[case.number]),
        lamp=lamp(stand.light, stand.due_at, unit=stand.limit_unit, now=moment, calendar=calendar),
        item_name=case.item_name,
        applicant=case.citizen.masked_name,
        state_label=states.label(stand.state),
        holder="" if free else _holder(case.assignee),
        holder_key=case.assignee.public_id if case.assignee else "",
        mine=case.assignee_id == staff.pk,
        claimable=free and bool(table.DESK.get(stand.state, frozenset()) & posts),
        received=case.submitted_at,
        extension_waits=getattr(case, "extension_waits", False),
    )


def _holder(person: Staff | None) -> str:
    return f"{person}（已离岗）" if person and not person.is_active else str(person)


def watched_rows(cases: Iterable[Case]) -> list[WatchedRow]:
    moment, calendar = now(), Workdays.load()
    return [_watched(case, moment, calendar) for case in cases]


def _watched(case: Case, moment: datetime, calendar: Workdays) -> WatchedRow:
    stand = standing(case, moment)
    holder = holder_of(case, stand.state)
    return WatchedRow(
        number=case.number or "",
        lamp=lamp(stand.light, stand.due_at, unit=stand.limit_unit, now=moment, calendar=calendar),
        item_name=case.item_name,
        department=case.department.short_name,
        state_label=states.label(stand.state),
        desk=holder.post if holder else "",
        rule=stand.rule,
    )
