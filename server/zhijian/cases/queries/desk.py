"""What the console's first page, queue and supervision count and list beyond the queue itself."""

from dataclasses import dataclass

from django.db.models import Count, Q

from zhijian.cases.models import Case
from zhijian.cases.queries.citizen import SEALED
from zhijian.cases.queries.facts import HANDLING_POSTS
from zhijian.cases.queries.staff import QUEUE_ORDER, asked_of, lit, on_desk_of, visible_to, work_of
from zhijian.cases.rules.states import OPEN, State, label
from zhijian.core.clock import now
from zhijian.core.lights import Light
from zhijian.core.pagination import Page, paginate
from zhijian.organizations.held import Piece
from zhijian.organizations.models import Staff
from zhijian.organizations.queries import departments_in_scope


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
    """One statement, over the index of the queue."""
    moment = now()
    free_or_mine = Q(assignee=staff) | Q(assignee__isnull=True)
    return Counts(
        **work_of(staff).aggregate(
            all=Count("pk"),
            mine=Count("pk", filter=Q(assignee=staff)),
            unclaimed=Count("pk", filter=Q(assignee__isnull=True) & on_desk_of(staff)),
            red=Count("pk", filter=lit(Light.RED, moment)),
            yellow=Count("pk", filter=lit(Light.YELLOW, moment)),
            returned=Count("pk", filter=Q(state=State.SUBMITTED, corrected=True) & free_or_mine),
            extension=Count("pk", filter=asked_of(staff)),
        )
    )


def on_my_desk(staff: Staff) -> int:
    """How many cases this person holds or is asked about; for the navigation."""
    return work_of(staff).filter(Q(assignee=staff) | asked_of(staff)).count()


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
    """Others who handle cases in the departments of ``staff``: whom a bulk transfer may name. One query."""
    scope = departments_in_scope(staff, *HANDLING_POSTS)
    found = Staff.objects.filter(
        holdings__post__in=HANDLING_POSTS, holdings__department__in=scope, is_active=True
    ).exclude(pk=staff.pk)
    return list(found.distinct().order_by("username"))


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
