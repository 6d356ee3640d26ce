"""Two steps of review by two persons: the department's reviewer, then the centre's. Wagtail keeps the states."""

from django.db import transaction
from wagtail.models import Task, Workflow, WorkflowTask

from zhijian.audit.actions import record
from zhijian.content import rules
from zhijian.content.actions.common import check_publishable, locked, refuse, staff_of, subject
from zhijian.content.errors import ReasonMissing, WrongState
from zhijian.content.models import Article, ArticleReview, Stage
from zhijian.content.queries.review import (
    active_workflow,
    current_stage,
    current_task_state,
    review_refusal,
    standing,
    state_of,
)
from zhijian.core.actor import Actor
from zhijian.core.errors import FieldError

WORKFLOW = "文章发布审核"


def review_workflow() -> Workflow:
    """The two-step workflow; made when first needed, and again should an administrator have removed it."""
    workflow = Workflow.objects.filter(name=WORKFLOW, active=True).first()
    return workflow or _make_workflow()


@transaction.atomic
def _make_workflow() -> Workflow:
    workflow = Workflow.objects.create(name=WORKFLOW)
    for order, stage in enumerate(Stage):
        name = f"文章{stage.label}"
        task, _ = ArticleReview.objects.get_or_create(stage=stage, defaults={"name": name})
        Task.objects.filter(pk=task.pk, active=False).update(active=True)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    return workflow


@transaction.atomic
def submit_for_review(actor: Actor, *, article: Article) -> Article:
    """Hand the newest draft to the department's reviewer. Raises :class:`ContentInvalid` naming what is missing."""
    staff, row = staff_of(actor), locked(article)
    if staff:
        refuse(rules.may_edit(state_of(row), standing(row, staff)))
    check_publishable(row.get_latest_revision_as_object(), submitting=True)
    rejected = active_workflow(row)
    if rejected:
        rejected.cancel(user=staff)  # what was changed since passes both steps again
    review_workflow().start(row, staff)
    record(actor, "article.submitted", subject=subject(row))
    return row


@transaction.atomic
def approve(actor: Actor, *, article: Article, comment: str = "") -> Article:
    """Pass the step under way; after the second the article is published or waits for its time."""
    return _decide(actor, article, "approved", comment)


@transaction.atomic
def reject(actor: Actor, *, article: Article, reason: str) -> Article:
    """Send the draft back with a reason. Raises :class:`ReasonMissing`."""
    if not reason.strip():
        raise ReasonMissing(fields=[FieldError(path="/comment", code="required", message="请填写退回原因")])
    return _decide(actor, article, "rejected", reason.strip())


def _decide(actor: Actor, article: Article, outcome: str, comment: str) -> Article:
    staff, row = staff_of(actor), locked(article)
    stage, state = current_stage(row), current_task_state(row)
    if stage is None or state is None:
        raise WrongState
    if staff:
        refuse(review_refusal(row, stage=stage, staff=staff))
    record(actor, f"article.{outcome}", subject=subject(row), facts={"stage": stage.value})
    if outcome == "approved":
        state.approve(user=staff, comment=comment)
    else:
        state.reject(user=staff, comment=comment)
    return Article.objects.get(pk=row.pk)


@transaction.atomic
def cancel_review(actor: Actor, *, article: Article) -> Article:
    """Take the draft back from review, or from waiting for its time, to go on editing."""
    staff, row = staff_of(actor), locked(article)
    if staff:
        refuse(rules.may_cancel(state_of(row), standing(row, staff)))
    workflow = active_workflow(row)
    if workflow:
        workflow.cancel(user=staff)
    elif not row.revisions.filter(approved_go_live_at__isnull=False).update(approved_go_live_at=None):
        raise WrongState
    record(actor, "article.review_cancelled", subject=subject(row))
    return row
