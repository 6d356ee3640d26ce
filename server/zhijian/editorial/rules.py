"""Who may write, review, take back and end a text that passes two steps of review, whatever it is. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import TextChoices


class Stage(TextChoices):
    DEPARTMENT = "department", "部门审核"
    CENTRE = "centre", "政务服务中心审核"


class State(StrEnum):
    """Where a text stands, whatever Wagtail calls it. A live text that is being revised has its revision's state."""

    DRAFT = "draft"
    DEPARTMENT_REVIEW = "department_review"
    CENTRE_REVIEW = "centre_review"
    REJECTED = "rejected"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    REVOKED = "revoked"


LABELS = {
    State.DRAFT: "草稿",
    State.DEPARTMENT_REVIEW: "部门审核中",
    State.CENTRE_REVIEW: "中心审核中",
    State.REJECTED: "已退回",
    State.SCHEDULED: "待生效",
    State.PUBLISHED: "已发布",
    State.WITHDRAWN: "已停用",
    State.EXPIRED: "已到期",
    State.REVOKED: "已撤回",
}
UNDER_REVIEW = {Stage.DEPARTMENT: State.DEPARTMENT_REVIEW, Stage.CENTRE: State.CENTRE_REVIEW}
_FIXED = {*UNDER_REVIEW.values(), State.SCHEDULED}


class Refusal(StrEnum):
    """Why not."""

    NOT_YOURS = "not_yours"
    OWN_DRAFT = "own_draft"
    SAME_REVIEWER = "same_reviewer"
    WRONG_STATE = "wrong_state"


@dataclass(frozen=True, slots=True)
class Standing:
    """A member of staff in relation to one text.

    ``writer`` and ``reviewer``: holds the post that writes, or reviews, for the text's department. ``centre_reviewer``:
    reviewer of the centre. ``author``: wrote any part of what is under review, or asked for the review.
    ``passed_before``: approved the first step of this review.
    """

    writer: bool = False
    reviewer: bool = False
    centre_reviewer: bool = False
    author: bool = False
    passed_before: bool = False


def may_edit(state: State, who: Standing) -> Refusal | None:
    """Also the right to submit for review. What is under review or scheduled stays as it was read."""
    if not who.writer:
        return Refusal.NOT_YOURS
    return Refusal.WRONG_STATE if state in _FIXED else None


def may_review(state: State, who: Standing) -> Refusal | None:
    """Approve or reject the step under way: three persons in all, author included, whatever posts one holds."""
    if state not in UNDER_REVIEW.values():
        return Refusal.WRONG_STATE
    if not (who.reviewer if state == State.DEPARTMENT_REVIEW else who.centre_reviewer):
        return Refusal.NOT_YOURS
    return same_person(author=who.author, passed_before=who.passed_before)


def same_person(*, author: bool, passed_before: bool = False) -> Refusal | None:
    """Nobody passes what they wrote or submitted, and nobody passes two steps of one review."""
    if author:
        return Refusal.OWN_DRAFT
    return Refusal.SAME_REVIEWER if passed_before else None


def may_take_back(state: State, who: Standing) -> Refusal | None:
    """Make a draft free again. From review its department's writers may; what waits for its day also those who review,
    for a mistake that is seen then must not have to come out first."""
    entitled = who.writer or (state == State.SCHEDULED and (who.reviewer or who.centre_reviewer))
    if not entitled:
        return Refusal.NOT_YOURS
    return None if state in {*_FIXED, State.REJECTED} else Refusal.WRONG_STATE


def may_end(who: Standing, *, live: bool, reviewer_ends: bool) -> Refusal | None:
    """End a published text now: its department's writer, the centre's reviewer and, if ``reviewer_ends``, the
    department's reviewer."""
    if not (who.writer or who.centre_reviewer or (reviewer_ends and who.reviewer)):
        return Refusal.NOT_YOURS
    return None if live else Refusal.WRONG_STATE
