"""Items as texts that pass review."""

from django.db.models import Q

from zhijian.catalog import authoring, errors
from zhijian.catalog.actions.release import plan, planned, release, subject, take_out
from zhijian.catalog.models import ReviewTask, ServiceItem
from zhijian.catalog.queries.items import items_in_scope
from zhijian.catalog.rules import check_spec
from zhijian.editorial.actions import Editorial
from zhijian.editorial.rules import Refusal, State
from zhijian.organizations.rules import Post

ITEMS = Editorial(
    model=ServiceItem,
    step=ReviewTask,
    kind="item",
    subject=subject,
    rows=items_in_scope,
    writer=Post.ITEM_MANAGER,
    workflow_name="事项发布审核",
    refused={
        Refusal.NOT_YOURS: errors.NotYourItem,
        Refusal.OWN_DRAFT: errors.OwnDraft,
        Refusal.SAME_REVIEWER: errors.SameReviewer,
        Refusal.WRONG_STATE: errors.WrongState,
    },
    not_found=errors.ItemNotFound,
    invalid=errors.SpecInvalid,
    reason_missing=errors.ReasonMissing,
    end_without_reason="请填写停用原因",
    faults=lambda item, submitting: check_spec(authoring.to_spec(item)),
    plan=plan,
    planned=planned,
    release=lambda actor, item: release(actor, item=item),
    ended=take_out,
    ends=((Q(first_published_at__isnull=False), State.WITHDRAWN),),
)
