"""Where an item stands in review, and who may do the next thing."""

from typing import Any

from zhijian.catalog import rules
from zhijian.catalog.models import ItemVersion, ServiceItem
from zhijian.catalog.rules import ItemState, Refusal, Standing
from zhijian.editorial.models import Stage
from zhijian.editorial.queries import (
    active_workflow,
    current_stage,
    is_scheduled,
    standing_of,
)
from zhijian.organizations.models import Staff
from zhijian.organizations.rules import Post

STAGES = {Stage.DEPARTMENT: ItemState.DEPARTMENT_REVIEW, Stage.CENTRE: ItemState.CENTRE_REVIEW}


def state_of(item: ServiceItem) -> ItemState:
    """Where the newest text of the item stands; a live item that is being revised shows its revision's state."""
    stage = current_stage(item)
    if stage:
        return STAGES[stage]
    if active_workflow(item):
        return ItemState.REJECTED
    if is_scheduled(item):
        return ItemState.SCHEDULED
    if item.live:
        return ItemState.DRAFT if item.has_unpublished_changes else ItemState.PUBLISHED
    return ItemState.WITHDRAWN if item.first_published_at else ItemState.DRAFT


def standing(item: ServiceItem, staff: Staff) -> Standing:
    """How ``staff`` stands to ``item``."""
    return standing_of(item, staff, department=item.department, writer=Post.ITEM_MANAGER)


def review_refusal(item: ServiceItem, *, stage: Stage, staff: Any) -> Refusal | None:
    """Why ``staff`` may not decide the ``stage`` of review at which ``item`` stands; None if they may."""
    if not isinstance(staff, Staff) or not staff.is_active:
        return Refusal.NOT_YOURS
    if current_stage(item) != stage:
        return Refusal.WRONG_STATE
    return rules.may_review(STAGES[stage], standing(item, staff))


def current_version_of(item: ServiceItem) -> ItemVersion | None:
    """The version in force of ``item``, if one is."""
    return ItemVersion.objects.filter(item=item, valid_to=None).first()
