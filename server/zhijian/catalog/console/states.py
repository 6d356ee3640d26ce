"""The state of an item as a word and as a filter, cheap enough for a list."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast
from wagtail.models import Revision, WorkflowState

from zhijian.catalog.models import ServiceItem, Stage
from zhijian.catalog.rules import ItemState

STATES = [
    ("reviewing", "审核中"),
    ("rejected", ItemState.REJECTED.label),
    ("scheduled", ItemState.SCHEDULED.label),
    ("draft", "有未发布的修改"),
    ("published", ItemState.PUBLISHED.label),
    ("withdrawn", ItemState.WITHDRAWN.label),
]
_STAGES = {Stage.DEPARTMENT: ItemState.DEPARTMENT_REVIEW, Stage.CENTRE: ItemState.CENTRE_REVIEW}


def with_state(items: QuerySet[ServiceItem]) -> QuerySet[ServiceItem]:
    """Annotate what :func:`words_of_state` reads, so that a list needs no query for each row."""
    kind = ContentType.objects.get_for_model(ServiceItem)
    mine = {"base_content_type": kind, "object_id": Cast(OuterRef("pk"), CharField())}
    active = WorkflowState.objects.active().filter(**mine)
    annotated: QuerySet[ServiceItem] = items.annotate(
        review_status=Subquery(active.values("status")[:1]),
        review_stage=Subquery(active.values("current_task_state__task__reviewtask__stage")[:1]),
        is_scheduled=Exists(Revision.objects.filter(**mine, approved_go_live_at__isnull=False)),
    )
    return annotated


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
        return _STAGES[Stage(stage)].label
    if status == WorkflowState.STATUS_NEEDS_CHANGES:
        return ItemState.REJECTED.label
    if getattr(item, "is_scheduled", False):
        return ItemState.SCHEDULED.label
    if item.live:
        return "已发布，有新草稿" if item.has_unpublished_changes else ItemState.PUBLISHED.label
    return (ItemState.WITHDRAWN if item.first_published_at else ItemState.DRAFT).label
