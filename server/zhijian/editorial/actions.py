"""Two steps of review: the department's reviewer, then the centre's. Wagtail keeps the states."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

from django.db import transaction
from django.db.models import Model
from wagtail.models import Task, Workflow, WorkflowTask

from zhijian.audit.actions import record, record_refusal
from zhijian.core.actor import Actor
from zhijian.core.errors import FieldError, Problem
from zhijian.editorial.models import ReviewStep, Stage
from zhijian.editorial.queries import active_workflow, current_stage, current_task_state, scheduled
from zhijian.editorial.rules import Refusal
from zhijian.organizations.models import Staff

Row = TypeVar("Row", bound=Model)


def staff_of(actor: Actor, *, stranger: type[Problem]) -> Staff | None:
    """The member of staff who acts; None for the system, which no post limits. Raises ``stranger``."""
    if actor.kind == "system":
        return None
    staff = Staff.objects.filter(public_id=actor.key, is_active=True).select_related("department").first()
    if actor.kind != "staff" or staff is None:
        raise stranger
    return staff


def problem_of(
    refusal: Refusal, problems: Mapping[Refusal, type[Problem]], actor: Actor, *, kind: str, subject: str
) -> Problem:
    """The problem to raise for ``refusal``. That somebody reached beyond their posts, or for a step that another has to
    take, is audited; that they came too late isn't."""
    if refusal is Refusal.WRONG_STATE:
        return problems[refusal]()
    facts = {"reason": refusal.value}
    return problems[refusal](
        attempt=partial(record_refusal, actor, f"{kind}.post_forbids", subject=subject, facts=facts)
    )


@dataclass(frozen=True, slots=True)
class Review(Generic[Row]):
    """What a domain says of its review.

    ``task_name`` names a step from its stage, ``kind`` begins the events of the audit trail. ``locked`` holds the
    row until the transaction ends; ``check`` raises the domain's refusal when the member of staff may not decide,
    ``check_back`` when they may not take the draft back.
    """

    workflow_name: str
    step: type[ReviewStep]
    task_name: Callable[[Stage], str]
    kind: str
    staff_of: Callable[[Actor], Staff | None]
    locked: Callable[[Row], Row]
    subject: Callable[[Row], str]
    check: Callable[[Row, Stage, Staff], None]
    check_back: Callable[[Row, Staff], None]
    wrong_state: type[Problem]
    reason_missing: type[Problem]

    def workflow(self) -> Workflow:
        """The two-step workflow; made when first needed, and again should an administrator have removed it."""
        workflow = Workflow.objects.filter(name=self.workflow_name, active=True).first()
        return workflow or self._make_workflow()

    @transaction.atomic
    def _make_workflow(self) -> Workflow:
        workflow = Workflow.objects.create(name=self.workflow_name)
        for order, stage in enumerate(Stage):
            task, _ = self.step._default_manager.get_or_create(
                stage=stage, defaults={"name": self.task_name(stage)}
            )
            Task.objects.filter(pk=task.pk, active=False).update(active=True)
            WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
        return workflow

    @transaction.atomic
    def approve(self, actor: Actor, row: Row, *, comment: str) -> Row:
        """Pass the step under way."""
        return self._decide(actor, row, "approved", comment)

    @transaction.atomic
    def reject(self, actor: Actor, row: Row, *, reason: str) -> Row:
        """Send the draft back. Raises ``reason_missing``."""
        if not reason.strip():
            fault = FieldError(path="/comment", code="required", message="请填写退回原因")
            raise self.reason_missing(fields=[fault])
        return self._decide(actor, row, "rejected", reason.strip())

    @transaction.atomic
    def take_back(self, actor: Actor, row: Row) -> Row:
        """Make the draft free to be written again, from review or from waiting for its day."""
        staff, held = self.staff_of(actor), self.locked(row)
        if staff:
            self.check_back(held, staff)
        workflow = active_workflow(held)
        if workflow:
            workflow.cancel(user=staff)
        elif not scheduled(held).update(approved_go_live_at=None):
            raise self.wrong_state
        record(actor, f"{self.kind}.review_cancelled", subject=self.subject(held))
        return held

    def _decide(self, actor: Actor, row: Row, outcome: str, comment: str) -> Row:
        staff, row = self.staff_of(actor), self.locked(row)
        stage, state = current_stage(row), current_task_state(row)
        if stage is None or state is None:
            raise self.wrong_state
        if staff:
            self.check(row, stage, staff)
        record(actor, f"{self.kind}.{outcome}", subject=self.subject(row), facts={"stage": stage.value})
        if outcome == "approved":
            state.approve(user=staff, comment=comment)
        else:
            state.reject(user=staff, comment=comment)
        return type(row)._default_manager.get(pk=row.pk)
