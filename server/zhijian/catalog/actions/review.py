"""Two steps of review: the department's reviewer, then the centre's. Wagtail keeps the states."""

from django.db import transaction
from wagtail.models import Task, Workflow, WorkflowState, WorkflowTask

from zhijian.audit.actions import record
from zhijian.catalog import authoring, rules
from zhijian.catalog.actions.common import locked, refuse, staff_of, subject
from zhijian.catalog.errors import ReasonMissing, SpecInvalid, WrongState
from zhijian.catalog.models import ReviewTask, ServiceItem, Stage
from zhijian.catalog.queries.review import (
    current_stage,
    current_task_state,
    review_refusal,
    standing,
    state_of,
)
from zhijian.core.actor import Actor
from zhijian.core.errors import FieldError

WORKFLOW = "事项发布审核"


def review_workflow() -> Workflow:
    """The two-step workflow; made when first needed, and again should an administrator have removed it."""
    workflow = Workflow.objects.filter(name=WORKFLOW, active=True).first()
    return workflow or _make_workflow()


@transaction.atomic
def _make_workflow() -> Workflow:
    workflow = Workflow.objects.create(name=WORKFLOW)
    for order, stage in enumerate(Stage):
        task, _ = ReviewTask.objects.get_or_create(stage=stage, defaults={"name": stage.label})
        Task.objects.filter(pk=task.pk, active=False).update(active=True)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    return workflow


@transaction.atomic
def submit_for_review(actor: Actor, *, item: ServiceItem) -> ServiceItem:
    """Hand the newest draft to the department's reviewer. Raises :class:`SpecInvalid` naming what is missing."""
    staff, row = staff_of(actor), locked(item)
    if staff:
        refuse(rules.may_edit(state_of(row), standing(row, staff)))
    check_publishable(row.get_latest_revision_as_object())
    rejected = WorkflowState.objects.active().for_instance(row).first()
    if rejected:
        rejected.cancel(user=staff)  # what was changed since passes both steps again
    review_workflow().start(row, staff)
    record(actor, "item.submitted", subject=subject(row))
    return row


def check_publishable(item: ServiceItem) -> None:
    """Raise :class:`SpecInvalid` with everything that keeps ``item`` from being reviewed or published."""
    if faults := rules.check_spec(authoring.to_spec(item)):
        raise SpecInvalid(fields=faults)


@transaction.atomic
def approve(actor: Actor, *, item: ServiceItem, comment: str = "") -> ServiceItem:
    """Pass the step under way; after the second the item is published or waits for its planned day."""
    return _decide(actor, item, "approved", comment)


@transaction.atomic
def reject(actor: Actor, *, item: ServiceItem, reason: str) -> ServiceItem:
    """Send the draft back with a reason. Raises :class:`ReasonMissing`."""
    if not reason.strip():
        raise ReasonMissing(fields=[FieldError(path="/comment", code="required", message="请填写退回原因")])
    return _decide(actor, item, "rejected", reason.strip())


def _decide(actor: Actor, item: ServiceItem, outcome: str, comment: str) -> ServiceItem:
    staff, row = staff_of(actor), locked(item)
    stage, state = current_stage(row), current_task_state(row)
    if stage is None or state is None:
        raise WrongState
    if staff:
        refuse(review_refusal(row, stage=stage, staff=staff))
    record(actor, f"item.{outcome}", subject=subject(row), facts={"stage": stage.value})
    if outcome == "approved":
        state.approve(user=staff, comment=comment)
    else:
        state.reject(user=staff, comment=comment)
    return ServiceItem.objects.get(pk=row.pk)


@transaction.atomic
def cancel_review(actor: Actor, *, item: ServiceItem) -> ServiceItem:
    """Take the draft back from review; the department's manager may, to go on editing."""
    staff, row = staff_of(actor), locked(item)
    workflow = WorkflowState.objects.active().for_instance(row).first()
    if workflow is None:
        raise WrongState
    if staff:
        refuse(None if standing(row, staff).manager else rules.Refusal.NOT_YOURS)
    workflow.cancel(user=staff)
    record(actor, "item.review_cancelled", subject=subject(row))
    return row
