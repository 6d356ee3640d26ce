"""Comments: what a moderator works through, and what everybody reads. Order by random key: it tells nothing."""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from zhijian.consultations.models import Comment, CommentGroup, Consultation
from zhijian.consultations.rules.moderation import CommentState
from zhijian.core.pagination import Page, paginate


@dataclass(frozen=True, slots=True)
class CommentFilters:
    """Empty values filter nothing. ``group``: a group's public id, or "none" for shown ones without a group."""

    state: str = ""
    target: str | None = None
    group: str = ""


def comments_of(
    consultation: Consultation, filters: CommentFilters, *, cursor: str | None = None, size: int = 20
) -> Page[Comment]:
    """With ``same``: how many comments say the same. One query."""
    same = (
        Comment.objects.filter(consultation=OuterRef("consultation"), digest=OuterRef("digest"))
        .order_by()
        .values("digest")
        .annotate(number=Count("pk"))
        .values("number")
    )
    found = _filtered(consultation, filters).select_related("group")
    found = found.annotate(same=Coalesce(Subquery(same), 1))
    return paginate(found, order=("id",), cursor=cursor, size=size)


def _filtered(consultation: Consultation, filters: CommentFilters) -> QuerySet[Comment]:
    found = Comment.objects.filter(consultation=consultation)
    if filters.state in CommentState.values:
        found = found.filter(state=filters.state)
    if filters.target is not None:
        found = found.filter(target=filters.target)
    if filters.group == "none":
        return found.filter(group=None, state=CommentState.SHOWN)
    return found.filter(group__public_id=filters.group) if filters.group else found


def shown_comments(
    consultation: Consultation, *, target: str | None = None, cursor: str | None = None, size: int = 20
) -> Page[Comment]:
    """What everybody may read. One query."""
    filters = CommentFilters(state=CommentState.SHOWN, target=target)
    return paginate(_filtered(consultation, filters), order=("id",), cursor=cursor, size=size)


def groups_of(consultation: Consultation) -> list[CommentGroup]:
    """With ``size``, the number of comments. One query."""
    return list(
        CommentGroup.objects.filter(consultation=consultation)
        .annotate(size=Count("comments"))
        .order_by("-size", "id")
    )
