"""Reads of ratings. :func:`visible_to` is the one row scope for staff."""

from collections.abc import Collection

from django.db.models import QuerySet

from zhijian.appointments.queries.given import given
from zhijian.core.errors import NotFound
from zhijian.core.pagination import Page, paginate
from zhijian.identity.models import Citizen
from zhijian.organizations.models import Staff
from zhijian.organizations.queries import departments_in_scope
from zhijian.organizations.rules import Post
from zhijian.ratings.models import Rating
from zhijian.ratings.rules import POOR

READERS = (
    Post.SUPERVISOR,
    Post.HALL_MANAGER,
    Post.APPROVER,
    Post.CASE_OFFICER,
    Post.WINDOW_OFFICER,
)


def visible_to(staff: Staff) -> QuerySet[Rating]:
    """Ratings of the departments that ``staff`` covers in a handling or supervising post."""
    return Rating.objects.filter(department__in=departments_in_scope(staff, *READERS))


def poor_ratings(
    staff: Staff, *, department: str = "", cursor: str | None = None, size: int = 20
) -> Page[Rating]:
    """1★ and 2★, the newest first, without who gave them. One query."""
    found = visible_to(staff).filter(stars__lte=POOR).select_related("department", "hall", "rectification")
    if department:
        found = found.filter(department__code=department)
    return paginate(found, order=("-created_at", "-id"), cursor=cursor, size=size)


def rating_for(case_numbers: Collection[str]) -> dict[str, Rating]:
    """The ratings of these cases, by number; cases without one are absent. One query."""
    found = Rating.objects.filter(kind="case", reference__in=case_numbers)
    return {rating.reference: rating for rating in found}


def rating_by(citizen: Citizen, kind: str, reference: str) -> Rating:
    """What ``citizen`` said of this handling. Raises NotFound."""
    found = Rating.objects.filter(citizen=citizen, kind=kind, reference=given(reference)).first()
    if found is None:
        raise NotFound
    return found


def rated_references(kind: str, references: Collection[str]) -> set[str]:
    """Which of these handlings have been rated. One query."""
    found = Rating.objects.filter(kind=kind, reference__in=references)
    return set(found.values_list("reference", flat=True))
