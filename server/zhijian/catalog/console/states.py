"""The state of an item as a word and as a filter, cheap enough for a list."""

from django.db.models import QuerySet
from wagtail.models import WorkflowState

from zhijian.catalog.models import ReviewTask, ServiceItem
from zhijian.catalog.queries.review import STAGES
from zhijian.catalog.rules import ItemState
from zhijian.editorial.models import Stage
from zhijian.editorial.queries import with_review

STATES = [
    ("reviewing", "审核中"),
    ("rejected", ItemState.REJECTED.label),
    ("scheduled", ItemState.SCHEDULED.label),
    ("draft", "有未发布的修改"),
    ("published", ItemState.PUBLISHED.label),
    ("withdrawn", ItemState.WITHDRAWN.label),
]


def with_state(items: QuerySet[ServiceItem]) -> QuerySet[ServiceItem]:
    """Annotate what :func:`words_of_state` reads, so that a list needs no query for each row."""
    return with_review(items, ReviewTask)


def in_state(items: QuerySet[ServiceItem], state: str) -> QuerySet[ServiceItem]:
    """Only the items in ``state``; needs :func:`with_state`."""
    reviewing = {"review_status": WorkflowState.STATUS_IN_PROGRESS}
    quiet = {"review_status": None, "is_scheduled": False}
    conditions: dict[str, dict[str, object]] = {
        "reviewing": reviewing,
        "rejected": {"review_status": WorkflowState.STATUS_NEEDS_CHANGES},
        "scheduled": {"is_scheduled": True},
        "draft": {**quiet, "has_unpublished_changes": True},
        "published": {"live": True, "has_unpublished_changes": False},
        "withdrawn": {"live": False, "first_published_at__isnull": False, **quiet},
    }
    return items.filter(**conditions[state])


def words_of_state(item: ServiceItem) -> str:
    """The state's word; needs :func:`with_state`."""
    status, stage = getattr(item, "review_status", None), getattr(item, "review_stage", None)
    if status == WorkflowState.STATUS_IN_PROGRESS and stage:
        return STAGES[Stage(stage)].label
    if status == WorkflowState.STATUS_NEEDS_CHANGES:
        return ItemState.REJECTED.label
    if getattr(item, "is_scheduled", False):
        return ItemState.SCHEDULED.label
    if item.live:
        return "已发布，有新草稿" if item.has_unpublished_changes else ItemState.PUBLISHED.label
    return (ItemState.WITHDRAWN if item.first_published_at else ItemState.DRAFT).label
