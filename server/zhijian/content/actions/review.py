"""Two steps of review by two persons: the department's reviewer, then the centre's. Wagtail keeps the states."""

from django.db import transaction

from zhijian.audit.actions import record
from zhijian.content import rules
from zhijian.content.actions.common import check_publishable, locked, refuse, staff_of, subject
from zhijian.content.errors import ReasonMissing, WrongState
from zhijian.content.models import Article, ArticleReview
from zhijian.content.queries.review import review_refusal, standing, state_of
from zhijian.core.actor import Actor
from zhijian.editorial.actions import Review
from zhijian.editorial.models import Stage
from zhijian.editorial.queries import active_workflow
from zhijian.organizations.models import Staff


def _check(article: Article, stage: Stage, staff: Staff) -> None:
    refuse(review_refusal(article, stage=stage, staff=staff), staff.actor, article)


def _check_back(article: Article, staff: Staff) -> None:
    refuse(rules.may_cancel(state_of(article), standing(article, staff)), staff.actor, article)


_REVIEW = Review(
    workflow_name="文章发布审核",
    step=ArticleReview,
    task_name=lambda stage: f"文章{stage.label}",
    kind="article",
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
def submit_for_review(actor: Actor, *, article: Article) -> Article:
    """Hand the newest draft to the department's reviewer. Raises :class:`ContentInvalid` naming what is missing."""
    staff, row = staff_of(actor), locked(article)
    if staff:
        refuse(rules.may_edit(state_of(row), standing(row, staff)), actor, row)
    check_publishable(row.get_latest_revision_as_object(), submitting=True)
    rejected = active_workflow(row)
    if rejected:
        rejected.cancel(user=staff)  # what was changed since passes both steps again
    review_workflow().start(row, staff)
    record(actor, "article.submitted", subject=subject(row))
    return row


def approve(actor: Actor, *, article: Article, comment: str = "") -> Article:
    """Pass the step under way; after the second the article is published or waits for its time."""
    return _REVIEW.approve(actor, article, comment=comment)


def reject(actor: Actor, *, article: Article, reason: str) -> Article:
    """Send the draft back with a reason. Raises :class:`ReasonMissing`."""
    return _REVIEW.reject(actor, article, reason=reason)


def cancel_review(actor: Actor, *, article: Article) -> Article:
    """Take the draft back from review, or from waiting for its day, to go on editing."""
    return _REVIEW.take_back(actor, article)
