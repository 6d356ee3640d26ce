"""Where an item stands in review, and who may do the next thing."""

from typing import Any

from wagtail.models import TaskState, WorkflowState

from zhijian.catalog import rules
from zhijian.catalog.models import ItemVersion, ReviewTask, ServiceItem, Stage
from zhijian.catalog.queries.items import is_centre_reviewer
from zhijian.catalog.rules import ItemState, Refusal, Standing
from zhijian.organizations.models import Staff
from zhijian.organizations.queries import holds
from zhijian.organizations.rules import Post

_STAGES = {Stage.DEPARTMENT: ItemState.DEPARTMENT_REVIEW, Stage.CENTRE: ItemState.CENTRE_REVIEW}


def current_stage(item: ServiceItem) -> Stage | None:
    """The step of review under way; None when the item isn't under review."""
    state = current_task_state(item)
    if state is None or state.status != TaskState.STATUS_IN_PROGRESS:
        return None
    task = state.task.specific
    return Stage(task.stage) if isinstance(task, ReviewTask) else None


def current_task_state(item: ServiceItem) -> TaskState | None:
    workflow = _active_workflow(item)
    return workflow.current_task_state if workflow else None


def _active_workflow(item: ServiceItem) -> WorkflowState | None:
    return (
        WorkflowState.objects.active()
        .for_instance(item)
        .select_related("current_task_state__task", "requested_by", "workflow")
        .first()
    )


def state_of(item: ServiceItem) -> ItemState:
    """Where the newest text of the item stands; a live item that is being revised shows its revision's state."""
    stage = current_stage(item)
    if stage:
        return _STAGES[stage]
    if _active_workflow(item):
        return ItemState.REJECTED
    if item.revisions.filter(approved_go_live_at__isnull=False).exists():
        return ItemState.SCHEDULED
    if item.live:
        return ItemState.DRAFT if item.has_unpublished_changes else ItemState.PUBLISHED
    return ItemState.WITHDRAWN if item.first_published_at else ItemState.DRAFT


def standing(item: ServiceItem, staff: Staff) -> Standing:
    """How ``staff`` stands to ``item``."""
    return Standing(
        manager=holds(staff, Post.ITEM_MANAGER, department=item.department),
        reviewer=holds(staff, Post.REVIEWER, department=item.department),
        centre_reviewer=is_centre_reviewer(staff),
        author=_is_author(item, staff),
    )


def _is_author(item: ServiceItem, staff: Staff) -> bool:
    written = item.revisions.filter(user=staff)
    if item.live_revision_id:
        written = written.filter(pk__gt=item.live_revision_id)
    workflow = _active_workflow(item)
    return written.exists() or bool(workflow and workflow.requested_by_id == staff.pk)


def review_refusal(item: ServiceItem, *, stage: Stage, staff: Any) -> Refusal | None:
    """Why ``staff`` may not decide the ``stage`` of review at which ``item`` stands; None if they may."""
    if not isinstance(staff, Staff) or not staff.is_active:
        return Refusal.NOT_YOURS
    if current_stage(item) != stage:
        return Refusal.WRONG_STATE
    return rules.may_review(_STAGES[stage], standing(item, staff))


def current_version_of(item: ServiceItem) -> ItemVersion | None:
    """The version in force of ``item``, if one is."""
    return ItemVersion.objects.filter(item=item, valid_to=None).first()
