"""Two steps of review, the department's reviewer, then the centre's; publication and its end. Wagtail keeps the states."""

from collections.abc import Callable
from functools import partial
from typing import Any, cast

from django.db import transaction
from wagtail.models import Task, Workflow, WorkflowTask

from zhijian.audit.actions import record, record_refusal
from zhijian.core.actor import SYSTEM, Actor
from zhijian.core.errors import FieldError
from zhijian.editorial import rules
from zhijian.editorial.desk import Desk, Row
from zhijian.editorial.queries import (
    active_workflow,
    current_stage,
    current_task_state,
    review_refusal,
    scheduled,
    standing,
    state_of,
)
from zhijian.editorial.rules import Refusal, Stage
from zhijian.lifecycle.seen import changed, unmarked
from zhijian.organizations.models import Department, Staff
from zhijian.organizations.queries import holds
from zhijian.organizations.rules import Post


class Editorial(Desk[Row]):
    """The actions on a kind of text. Each raises the domain's problem for what the rules refuse."""

    def workflow(self) -> Workflow:
        """The two-step workflow; made when first needed, and again should an administrator have removed it."""
        workflow = Workflow.objects.filter(name=self.workflow_name, active=True).first()
        return workflow or self._make_workflow()

    @transaction.atomic
    def _make_workflow(self) -> Workflow:
        workflow = Workflow.objects.create(name=self.workflow_name)
        for order, stage in enumerate(Stage):
            name = f"{self.step_prefix}{stage.label}"
            task, _ = self.step._default_manager.get_or_create(stage=stage, defaults={"name": name})
            Task.objects.filter(pk=task.pk, active=False).update(active=True)
            WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
        return workflow

    def refuse(self, refusal: Refusal | None, actor: Actor, subject: str) -> None:
        """Raise the problem for ``refusal``; nothing for None. That somebody reached beyond their posts, or for a step
        that another has to take, is audited; that they came too late isn't."""
        if refusal is Refusal.WRONG_STATE:
            raise self.refused[refusal]
        if refusal is not None:
            told = partial(record_refusal, actor, f"{self.kind}.post_forbids", subject=subject)
            raise self.refused[refusal](attempt=partial(told, facts={"reason": refusal.value}))

    def staff_of(self, actor: Actor, subject: str) -> Staff | None:
        """The member of staff who acts; None for the system, which no post limits."""
        if actor.kind == "system":
            return None
        staff = Staff.objects.filter(public_id=actor.key, is_active=True).select_related("department").first()
        if actor.kind != "staff" or staff is None:
            self.refuse(Refusal.NOT_YOURS, actor, subject)
        return staff

    def writer_of(self, actor: Actor, department: Department, subject: str) -> Staff | None:
        """The member of staff who writes for ``department``."""
        staff = self.staff_of(actor, subject)
        if staff and not holds(staff, self.writer, department=department):
            self.refuse(Refusal.NOT_YOURS, actor, subject)
        return staff

    def one(self, staff: Staff, pk: int) -> Row:
        """The text, if ``staff`` sees it. Raises ``not_found``; reaching beyond one's scope is audited."""
        found = self.rows(staff).filter(pk=pk).first()
        if found is None:
            event, subject = f"{self.kind}.out_of_scope", f"{self.kind}:{pk}"
            raise self.not_found(attempt=partial(record_refusal, staff.actor, event, subject=subject))
        return found

    def locked(self, row: Row) -> Any:
        """The text's row, held until the transaction ends."""
        rows = self.model._default_manager.select_for_update(of=("self",)).select_related(*self.related)
        return rows.get(pk=row.pk)

    def begin(
        self, actor: Actor, row: Row, rule: Callable[[Row, Staff], Refusal | None]
    ) -> tuple[Staff | None, Any]:
        """Lock the row and ask ``rule``, which does not limit the system."""
        staff, held = self.staff_of(actor, self.subject(row)), self.locked(row)
        if staff:
            self.refuse(rule(held, staff), actor, self.subject(held))
        return staff, held

    def may_edit(self, row: Row, staff: Staff) -> Refusal | None:
        return rules.may_edit(state_of(row), standing(row, staff))

    def may_take_back(self, row: Row, staff: Staff) -> Refusal | None:
        return rules.may_take_back(state_of(row), standing(row, staff))

    def may_end(self, row: Any, staff: Staff) -> Refusal | None:
        return rules.may_end(standing(row, staff), live=row.live, reviewer_ends=self.reviewer_ends)

    def may_decide(self, row: Any, staff: Staff) -> Refusal | None:
        return review_refusal(row, stage=current_stage(row), user=staff)

    def step_refusal(self, row: Row, stage: Stage, user: Any) -> Refusal | None:
        return review_refusal(row, stage=stage, user=user)

    def check(self, row: Row, *, submitting: bool) -> None:
        """Raise ``invalid`` with everything that keeps the draft from being reviewed or published."""
        if faults := self.faults(row, submitting):
            raise self.invalid(fields=faults)

    @transaction.atomic
    def submit(self, actor: Actor, row: Row) -> Row:
        """Hand the newest draft to the department's reviewer. Raises ``invalid``."""
        staff, held = self.begin(actor, row, self.may_edit)
        self.check(held.get_latest_revision_as_object(), submitting=True)
        if rejected := active_workflow(held):
            rejected.cancel(user=staff)  # what was changed since passes both steps again
        self.workflow().start(held, staff)
        record(actor, f"{self.kind}.submitted", subject=self.subject(held))
        return cast("Row", held)

    @transaction.atomic
    def approve(self, actor: Actor, row: Row, *, comment: str = "", seen: str | None = None) -> Row:
        """Pass the step under way; after the second the text is published or waits for its time.

        ``seen`` is the revision that was read, None for callers that show none. Raises ContentChanged.
        """
        return self._decide(actor, row, "approved", comment, seen)

    @transaction.atomic
    def reject(self, actor: Actor, row: Row, *, reason: str, seen: str | None = None) -> Row:
        """Send the draft back. Raises ``reason_missing``, ContentChanged."""
        return self._decide(actor, row, "rejected", self._reason(reason, "/comment", "请填写退回原因"), seen)

    def _reason(self, reason: str, path: str, words: str) -> str:
        if not reason.strip():
            raise self.reason_missing(fields=[FieldError(path=path, code="required", message=words)])
        return reason.strip()

    def _decide(self, actor: Actor, row: Any, outcome: str, comment: str, seen: str | None) -> Row:
        staff, held = self.begin(actor, row, self.may_decide)
        if seen == "":
            raise unmarked()
        if seen is not None and seen != str(held.latest_revision_id):
            latest = held.latest_revision
            raise changed([("保存了新的草稿", latest.created_at if latest else None)])
        stage, state = current_stage(held), current_task_state(held)
        if stage is None or state is None:
            raise self.refused[Refusal.WRONG_STATE]
        record(actor, f"{self.kind}.{outcome}", subject=self.subject(held), facts={"stage": stage.value})
        decide = state.approve if outcome == "approved" else state.reject
        decide(user=staff, comment=comment)
        return self.model._default_manager.get(pk=held.pk)

    @transaction.atomic
    def take_back(self, actor: Actor, row: Row) -> Row:
        """Make the draft free to be written again, from review or from waiting for its day."""
        staff, held = self.begin(actor, row, self.may_take_back)
        if workflow := active_workflow(held):
            workflow.cancel(user=staff)
        elif not scheduled(held).update(approved_go_live_at=None):
            raise self.refused[Refusal.WRONG_STATE]
        record(actor, f"{self.kind}.review_cancelled", subject=self.subject(held))
        return cast("Row", held)

    @transaction.atomic
    def publish_unreviewed(self, actor: Actor, row: Row, *, checked: bool = False) -> Row:
        """Put the newest draft live now: for the system's own loading only. What people read is the caller's to make.

        ``checked``: the caller has asked for its faults already. Raises ``invalid``; refuses staff.
        """
        if self.staff_of(actor, self.subject(row)):
            self.refuse(Refusal.NOT_YOURS, actor, self.subject(row))
        held = self.locked(row)
        if not held.live or held.has_unpublished_changes:
            draft = held.get_latest_revision_as_object()
            if not checked:
                self.check(draft, submitting=False)
            draft.put_live(held.latest_revision or draft.save_revision(changed=True), log_action=True)
        return cast("Row", self.locked(row))

    @transaction.atomic
    def publish(self, row: Any, revision: Any, user: Staff | None, options: dict[str, Any]) -> None:
        actor = user.actor_as(Post.REVIEWER) if user else SYSTEM
        if (
            revision.approved_go_live_at is None
        ):  # what was approved and only waited goes out as it was approved
            self.check(revision.as_object(), submitting=False)
            self.plan(revision)
        options.pop("skip_permission_checks", None)  # the review was the permission
        row.put_live(revision, user=user, **options)
        held = self.locked(row)
        if held.live and held.live_revision_id == revision.pk:
            self.release(actor, held)
        else:
            facts = self.planned(revision.as_object())
            record(actor, f"{self.kind}.scheduled", subject=self.subject(held), facts=facts)

    @transaction.atomic
    def end(self, actor: Actor, row: Row, *, reason: str) -> Row:
        """Take a published text back now. Raises ``reason_missing``."""
        reason = self._reason(reason, "/reason", self.end_without_reason)[:200]
        staff, held = self.begin(actor, row, self.may_end)
        if workflow := active_workflow(held):  # a new text under review would bring it back unasked
            workflow.cancel(user=staff)
        held.take_down(log_action="wagtail.unpublish")
        self.ended(actor, held, reason)
        return cast("Row", held)

    @transaction.atomic
    def expire(self, row: Any, user: Staff | None) -> None:
        held = self.locked(row)
        if held.live:
            held.take_down(set_expired=True)
            self.ended(user.actor if user else SYSTEM, held, "")
