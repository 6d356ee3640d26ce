"""Reads of rectification orders. :func:`visible_to` is the one row scope."""

from django.db.models import F, Q, QuerySet

from zhijian.audit.actions import in_scope
from zhijian.core.clock import local_date, now
from zhijian.core.lights import Light, light
from zhijian.core.pagination import Page, paginate
from zhijian.organizations.held import Piece
from zhijian.organizations.models import Staff
from zhijian.organizations.queries import departments_in_scope, holds, posts_of
from zhijian.ratings import errors
from zhijian.ratings.models import Rectification
from zhijian.ratings.queries.ratings import READERS
from zhijian.ratings.rules.rectification import (
    HEADS,
    OFFICERS,
    SUPERVISORS,
    TABLE,
    UNDER_WAY,
    WITH_OFFICER,
    Facts,
    State,
)

#: States in which an order belongs to one officer.
HELD = (*WITH_OFFICER, State.DISPUTED)


def visible_to(staff: Staff) -> QuerySet[Rectification]:
    """Orders of the departments that ``staff`` covers; who only handles sees those given to them."""
    posts, seen = posts_of(staff), Q(pk__in=[])
    if posts & {*HEADS, *SUPERVISORS}:
        seen |= Q(department__in=departments_in_scope(staff, *HEADS, *SUPERVISORS))
    if posts & set(READERS):
        seen |= Q(assignee=staff, department__in=departments_in_scope(staff, *READERS))
    return Rectification.objects.filter(seen)


def listed(
    staff: Staff, *, desk: str = "open", cursor: str | None = None, size: int = 20
) -> Page[Rectification]:
    """``desk``: mine (what waits for my post), open, overdue, closed. The newest first. One query."""
    found = visible_to(staff).select_related("rating__hall", "department", "assignee__department")
    found = found.defer("rating__comment")
    if desk == "mine":
        found = found.filter(_waits_for(staff))
    elif desk == "overdue":
        found = found.filter(state__in=UNDER_WAY, due_at__lt=now())
    elif desk == "closed":
        found = found.exclude(state__in=UNDER_WAY)
    else:
        found = found.filter(state__in=UNDER_WAY)
    return paginate(found, order=("-opened_at", "-id"), cursor=cursor, size=size)


def one(staff: Staff, public_id: str) -> Rectification:
    """Raises RectificationNotFound; reaching beyond one's scope is audited."""
    related = ("rating__hall", "rating__citizen", "department__region", "assignee__department")
    rows = visible_to(staff).select_related(*related)
    return in_scope(
        rows, staff.actor, public_id, kind="rectification", not_found=errors.RectificationNotFound
    )


def waiting_for(staff: Staff) -> QuerySet[Rectification]:
    """What waits for this person, in any of their posts."""
    return visible_to(staff).filter(_waits_for(staff))


def facts_of(order: Rectification, staff: Staff) -> Facts:
    """One query."""
    done = list(order.steps.values_list("action", "actor_key"))
    disputes = [key for action, key in done if action == "dispute"]
    fixes = [key for action, key in done if action == "fix"]
    return Facts(
        mine=order.assignee_id == staff.pk,
        unassigned=order.assignee_id is None,
        disputed_before=any(action == "uphold" for action, _ in done),
        disputed_by_self=staff.public_id in disputes,
        fixed_by_self=staff.public_id in fixes[-1:],
        reachable=order.rating.citizen_id is not None,
    )


def light_of(order: Rectification) -> Light:
    return light(due_at=order.due_at, warn_at=order.warn_at, paused=False, now=now())


def may_keep(staff: Staff, order: Rectification) -> bool:
    """Whether ``staff`` can go on with an order given to them."""
    return staff.is_active and any(holds(staff, post, department=order.department) for post in OFFICERS)


def held_by(staff: Staff) -> list[Piece]:
    """Orders given to this person that they are to work on, now or once a dispute is decided. One query."""
    found = Rectification.objects.filter(assignee=staff, state__in=HELD).only("opened_at", "state", "due_at")
    return [
        Piece(f"{local_date(order.opened_at)} 建单", State(order.state).label, order.due_at)
        for order in found.order_by("due_at", "id")
    ]


def in_time() -> Q:
    """The matter was put right by its end."""
    return Q(fixed_at__isnull=False, fixed_at__lte=F("fix_due_at"))


def due() -> Q:
    """What 按时整改率 looks at: it is done, or should have been."""
    counted = ~Q(state__in=[State.DISMISSED, State.DISPUTED]) & Q(fix_due_at__isnull=False)
    return counted & (Q(fixed_at__isnull=False) | Q(fix_due_at__lt=now()))


def _waits_for(staff: Staff) -> Q:
    """Orders in a state in which one of this person's posts is to act; an officer's only when given to them."""
    posts = posts_of(staff)
    waits = Q(assignee=staff, state__in=WITH_OFFICER)
    if posts & set(HEADS):
        heads = {row.source for row in TABLE if posts & set(row.roles) & set(HEADS)}
        heads -= set(WITH_OFFICER)
        headed = Q(department__in=departments_in_scope(staff, *HEADS))
        waits |= headed & (Q(state__in=sorted(heads)) | Q(state__in=WITH_OFFICER, assignee__isnull=True))
    if posts & set(SUPERVISORS):
        waits |= Q(state=State.DISPUTED, department__in=departments_in_scope(staff, *SUPERVISORS))
    return waits
