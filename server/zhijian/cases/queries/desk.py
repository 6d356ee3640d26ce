"""What the console's first page, queue and supervision count and list beyond the queue itself."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from zhijian.cases.models import Case
from zhijian.cases.queries.citizen import SEALED
from zhijian.cases.queries.facts import HANDLING_POSTS
from zhijian.cases.queries.staff import (
    QUEUE_ORDER,
    QueueFilters,
    asked_of,
    lit,
    matches,
    scope,
    visible_to,
    work_of,
)
from zhijian.cases.rules.states import OPEN, label
from zhijian.core.clock import now
from zhijian.core.counting import up_to_limit
from zhijian.core.lights import Light
from zhijian.core.pagination import Page, paginate
from zhijian.organizations.held import Piece
from zhijian.organizations.models import Staff

_COUNTED = {
    "all": QueueFilters(),
    **{desk: QueueFilters(desk=desk) for desk in ("mine", "unclaimed", "returned", "extension")},
    **{light.value: QueueFilters(light=light) for light in (Light.RED, Light.YELLOW)},
}


@dataclass(frozen=True, slots=True)
class Counts:
    """Of the work for one person's posts. ``returned``: corrected by the applicant and waiting again; ``extension``:
    asked of this person."""

    all: int
    mine: int
    unclaimed: int
    red: int
    yellow: int
    returned: int
    extension: int


def counts(staff: Staff) -> Counts:
    """What each filter of the queue lists, as far as the limit. One statement."""
    work, moment = work_of(staff), now()
    asked = {name: work.filter(matches(staff, wanted, moment)) for name, wanted in _COUNTED.items()}
    return Counts(**up_to_limit(asked))


def on_my_desk(staff: Staff) -> QuerySet[Case]:
    """Cases that this person holds or is asked about; for the navigation."""
    return work_of(staff).filter(Q(assignee=staff) | asked_of(staff))


def held_by(staff: Staff) -> list[Piece]:
    """Every open case with this person, also one that waits for the applicant. One query."""
    found = Case.objects.filter(assignee=staff, state__in=sorted(OPEN)).only(
        "number", "item_name", "state", "due_at"
    )
    return [
        Piece(f"{case.number} {case.item_name}", label(case.state), case.due_at)
        for case in found.order_by(*QUEUE_ORDER)
    ]


def colleagues(staff: Staff) -> list[Staff]:
    """Others who handle cases in the departments of ``staff``: names and keys that a bulk transfer may name. One query."""
    covered = scope(staff, *HANDLING_POSTS)
    found = Staff.objects.filter(
        holdings__post__in=HANDLING_POSTS, holdings__department__in=covered, is_active=True
    ).exclude(pk=staff.pk)
    return list(found.only("public_id", "name", "username").distinct().order_by("username"))


def numbered(staff: Staff, numbers: list[str]) -> list[Case]:
    """Cases in scope by their numbers; what isn't in scope is left out."""
    return list(
        visible_to(staff).filter(number__in=numbers).select_related("department").order_by(*QUEUE_ORDER)
    )


def watched(
    staff: Staff, *, light: str = "", department: str = "", cursor: str | None = None, size: int = 20
) -> Page[Case]:
    """Open cases for supervision: ``light`` red, yellow or any; by department code. One query."""
    found = visible_to(staff).filter(Q(state__in=sorted(OPEN)) & lit(light, now()))
    found = found.select_related("department")
    if department:
        found = found.filter(department__code=department)
    return paginate(found.defer(*SEALED), order=QUEUE_ORDER, cursor=cursor, size=size)
