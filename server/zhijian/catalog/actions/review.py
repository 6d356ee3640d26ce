"""Two steps of review: the department's reviewer, then the centre's. Wagtail keeps the states."""

from django.db import transaction

from zhijian.audit.actions import record
from zhijian.catalog import authoring, rules
from zhijian.catalog.actions.common import locked, refuse, staff_of, subject
from zhijian.catalog.errors import ReasonMissing, SpecInvalid, WrongState
from zhijian.catalog.models import ReviewTask, ServiceItem
from zhijian.catalog.queries.review import review_refusal, standing, state_of
from zhijian.core.actor import Actor
from zhijian.editorial.actions import Review
from zhijian.editorial.models import Stage
from zhijian.editorial.queries import active_workflow
from zhijian.organizations.models import Staff


def _check(item: ServiceItem, stage: Stage, staff: Staff) -> None:
    refuse(review_refusal(item, stage=stage, staff=staff), staff.actor, item)


def _check_back(item: ServiceItem, staff: Staff) -> None:
    refuse(rules.may_cancel(state_of(item), standing(item, staff)), staff.actor, item)


_REVIEW = Review(
    workflow_name="事项发布审核",
    step=ReviewTask,
    task_name=lambda stage: str(stage.label),
    kind="item",
    staff_of=staff_of,
    locked=locked,
    subject=subject,
    check=_check,
    check_back=_check_back,
    wrong_state=WrongState,
    reason_missing=ReasonMissing,
)
review_workflow = _REVIEW.workflow


@transaction.atomic
def submit_for_review(actor: Actor, *, item: ServiceItem) -> ServiceItem:
    """Hand the newest draft to the department's reviewer. Raises :class:`SpecInvalid` naming what is missing."""
    staff, row = staff_of(actor), locked(item)
    if staff:
        refuse(rules.may_edit(state_of(row), standing(row, staff)), actor, row)
    check_publishable(row.get_latest_revision_as_object())
    rejected = active_workflow(row)
    if rejected:
        rejected.cancel(user=staff)  # what was changed since passes both steps again
    review_workflow().start(row, staff)
    record(actor, "item.submitted", subject=subject(row))
    return row


def check_publishable(item: ServiceItem) -> None:
    """Raise :class:`SpecInvalid` with everything that keeps ``item`` from being reviewed or published."""
    if faults := rules.check_spec(authoring.to_spec(item)):
        raise SpecInvalid(fields=faults)


def approve(actor: Actor, *, item: ServiceItem, comment: str = "") -> ServiceItem:
    """Pass the step under way; after the second the item is published or waits for its planned day."""
    return _REVIEW.approve(actor, item, comment=comment)


def reject(actor: Actor, *, item: ServiceItem, reason: str) -> ServiceItem:
    """Send the draft back with a reason. Raises :class:`ReasonMissing`."""
    return _REVIEW.reject(actor, item, reason=reason)


def cancel_review(actor: Actor, *, item: ServiceItem) -> ServiceItem:
    """Take the draft back from review, or from waiting for its day, to go on editing."""
    return _REVIEW.take_back(actor, item)
