"""What staff read. :func:`visible_to` is the one row scope; every other read here starts from it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from zhijian.audit.actions import record_refusal
from zhijian.cases import errors
from zhijian.cases.models import Case, CaseFile, Extension
from zhijian.cases.queries.citizen import SEALED, whole
from zhijian.cases.queries.facts import HANDLING_POSTS
from zhijian.cases.rules import table
from zhijian.cases.rules.states import PAUSED, WORK, State
from zhijian.core.clock import now
from zhijian.core.lights import Light
from zhijian.core.numbers import code
from zhijian.core.pagination import Page, paginate
from zhijian.organizations.models import Staff
from zhijian.organizations.queries import departments_in_scope, holdings, posts_of
from zhijian.organizations.rules import Post

QUEUE_ORDER = ("sort_at", "id")
READING_POSTS = (*HANDLING_POSTS, Post.SUPERVISOR)


def visible_to(staff: Staff) -> QuerySet[Case]:
    """Cases of the departments that ``staff`` covers in a handling or supervising post. Drafts are nobody's."""
    return Case.objects.exclude(state=State.DRAFT).filter(department__in=scope(staff, *READING_POSTS))


def scope(staff: Staff, *posts: str) -> list[int]:
    """Keys of the departments that ``staff`` covers in any of ``posts``.

    A list, not a subquery: knowing the departments, PostgreSQL walks their part of the queue's index instead of
    everybody's. No statement beyond the posts themselves, unless one is held for a region: then one.
    """
    held = [holding for holding in holdings(staff) if holding.post in posts]
    if any(holding.region_id for holding in held):
        return list(departments_in_scope(staff, *posts).order_by("pk").values_list("pk", flat=True))
    return sorted({holding.department_id for holding in held if holding.department_id})


@dataclass(frozen=True, slots=True)
class QueueFilters:
    """``desk``: mine, unclaimed, returned (the correction came), extension (asked of me) or all (work of my posts).
    Empty values filter nothing."""

    desk: str = "all"
    state: str = ""
    light: str = ""
    item_code: str = ""
    department: str = ""
    words: str = ""


def queue(
    staff: Staff, *, filters: QueueFilters | None = None, cursor: str | None = None, size: int = 20
) -> Page[Case]:
    """Work for the posts of ``staff``, the most urgent first. One query."""
    found = work_of(staff).filter(matches(staff, filters or QueueFilters(), now()))
    found = found.select_related("department", "citizen", "assignee__department").defer(*SEALED)
    found = found.annotate(extension_waits=Exists(_pending().filter(case=OuterRef("pk"))))
    return paginate(found, order=QUEUE_ORDER, cursor=cursor, size=size)


def work_of(staff: Staff) -> QuerySet[Case]:
    """What waits for a post of ``staff`` within that post's scope: cases in its states, and extensions asked of it."""
    # Said once more for the partial index, whose condition PostgreSQL must see whole.
    return Case.objects.filter(state__in=sorted(WORK)).filter(on_desk_of(staff) | asked_of(staff))


def on_desk_of(staff: Staff) -> Q:
    """Cases in the states that a post of ``staff`` works on: what they may claim and hold."""
    mine = Q(pk__in=[])
    for post in HANDLING_POSTS:
        if post in posts_of(staff):
            states = sorted(state for state, posts in table.DESK.items() if post in posts)
            mine |= Q(state__in=states, department__in=scope(staff, post))
    return mine


def asked_of(staff: Staff) -> Q:
    """Cases whose extension waits for a decision of ``staff``: nobody decides on what they asked themselves."""
    held = [post for post in HANDLING_POSTS if post in table.EXTENSION_DESK and post in posts_of(staff)]
    if not held:
        return Q(pk__in=[])
    asked = _pending().exclude(asked_by=staff).values("case")
    return Q(state=State.REVIEWING, department__in=scope(staff, *held), pk__in=asked)


def _pending() -> QuerySet[Extension]:
    return Extension.objects.filter(status=Extension.Status.PENDING)


def matches(staff: Staff, wanted: QueueFilters, moment: datetime) -> Q:
    """What a filter of the queue lists, and what its figure counts."""
    found = Q()
    if wanted.desk == "mine":
        found &= Q(assignee=staff)
    elif wanted.desk == "unclaimed":
        found &= Q(assignee__isnull=True) & on_desk_of(staff)
    elif wanted.desk == "extension":
        found &= asked_of(staff)
    elif wanted.desk == "returned":
        found &= Q(state=State.SUBMITTED, corrected=True) & (Q(assignee=staff) | Q(assignee__isnull=True))
    if wanted.state:
        found &= Q(state=wanted.state)
    if wanted.item_code:
        found &= Q(item_code=wanted.item_code)
    if wanted.department:
        found &= Q(department__code=wanted.department)
    if wanted.words:
        found &= Q(number__startswith=code(wanted.words)) | Q(item_name__contains=wanted.words)
    return found & lit(wanted.light, moment)


def lit(light: str, moment: datetime) -> Q:
    """Cases whose lamp shows ``light`` at ``moment``: :func:`stages.standing` for the database.

    An application that nobody has read by the end of its stage counts as accepted: its decision's end is its end.
    """
    if light == Light.PAUSED:
        return Q(state__in=sorted(PAUSED))
    if light not in Light.values:
        return Q()
    deemed = Q(state=State.SUBMITTED, due_at__lt=moment)
    own = ~Q(state=State.SUBMITTED) | Q(due_at__isnull=True) | Q(due_at__gte=moment)
    lit_by = (own & _ends("due_at", "warn_at", light, moment)) | (
        deemed & _ends("decision_due_at", "decision_warn_at", light, moment)
    )
    return ~Q(state__in=sorted(PAUSED)) & lit_by


def _ends(due: str, warn: str, light: str, moment: datetime) -> Q:
    """Clocks that run and end at ``due``, by :func:`zhijian.core.lights.light`."""
    in_time, warned = Q((f"{due}__gte", moment)), Q((f"{warn}__lte", moment))
    unwarned = Q((f"{warn}__isnull", True)) | Q((f"{warn}__gt", moment))
    return {
        Light.RED.value: Q((f"{due}__lt", moment)),
        Light.YELLOW.value: in_time & warned,
        Light.GREEN.value: in_time & unwarned,
        Light.NONE.value: Q((f"{due}__isnull", True)),
    }[str(light)]


def case_for_staff(staff: Staff, number: str) -> Case:
    """One case whole, by number. Raises CaseNotFound; reaching beyond one's scope is audited."""
    wanted = code(number)
    found = visible_to(staff).filter(number=wanted).only("pk").first()
    if found is not None:
        return whole(found)
    if not Case.objects.filter(number=wanted).exists():
        raise errors.CaseNotFound
    subject = f"case:{wanted}"
    raise errors.CaseNotFound(
        attempt=lambda: record_refusal(staff.actor, "case.out_of_scope", subject=subject)
    )


def file_for_staff(case: Case, file_id: str) -> CaseFile:
    """A file of a case that :func:`case_for_staff` gave. Raises FileNotFound."""
    found = case.files.select_related("file").filter(public_id=file_id).first()
    if found is None:
        raise errors.FileNotFound
    return found


def receivers(case: Case) -> list[Staff]:
    """To whom a case may be handed over: active staff with a post for this step in the case's department."""
    posts = table.DESK.get(State(case.state), frozenset())
    held = Q(holdings__post__in=posts, holdings__department=case.department)
    found = Staff.objects.filter(held, is_active=True).exclude(pk=case.assignee_id or 0)
    return list(found.select_related("department").distinct().order_by("username"))


def find(staff: Staff, words: str, *, size: int = 20) -> list[Case]:
    """Search by number, whole or its beginning. One query."""
    wanted = code(words)
    if len(wanted) < 4:
        return []
    found = visible_to(staff).filter(number__startswith=wanted).select_related("department", "citizen")
    return list(found.defer(*SEALED).order_by("number")[:size])
