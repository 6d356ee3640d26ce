"""Who may edit, review and revoke an article. One place; the console, Wagtail and the actions all ask here."""

from dataclasses import dataclass
from enum import StrEnum


class ArticleState(StrEnum):
    """Where an article stands, whatever Wagtail calls it."""

    DRAFT = "draft"
    DEPARTMENT_REVIEW = "department_review"
    CENTRE_REVIEW = "centre_review"
    REJECTED = "rejected"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    EXPIRED = "expired"
    REVOKED = "revoked"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    ArticleState.DRAFT: "草稿",
    ArticleState.DEPARTMENT_REVIEW: "部门审核中",
    ArticleState.CENTRE_REVIEW: "中心审核中",
    ArticleState.REJECTED: "已退回",
    ArticleState.SCHEDULED: "待定时发布",
    ArticleState.PUBLISHED: "已发布",
    ArticleState.EXPIRED: "已到期",
    ArticleState.REVOKED: "已撤回",
}
IN_REVIEW = frozenset({ArticleState.DEPARTMENT_REVIEW, ArticleState.CENTRE_REVIEW})


class Refusal(StrEnum):
    """Why not."""

    NOT_YOURS = "not_yours"
    OWN_DRAFT = "own_draft"
    SAME_REVIEWER = "same_reviewer"
    WRONG_STATE = "wrong_state"


@dataclass(frozen=True, slots=True)
class Standing:
    """A member of staff in relation to one article.

    ``editor`` and ``reviewer``: holds that post for the article's department. ``centre_reviewer``: reviewer of the
    centre. ``author``: wrote any part of what is under review, or asked for the review. ``passed_before``: approved
    the first step of this review.
    """

    editor: bool = False
    reviewer: bool = False
    centre_reviewer: bool = False
    author: bool = False
    passed_before: bool = False


def may_edit(state: ArticleState, who: Standing) -> Refusal | None:
    """Also the right to submit for review. What is under review or scheduled stays as it was read."""
    if not who.editor:
        return Refusal.NOT_YOURS
    return Refusal.WRONG_STATE if state in IN_REVIEW or state == ArticleState.SCHEDULED else None


def may_review(state: ArticleState, who: Standing) -> Refusal | None:
    """Approve or reject the step at which the article stands: three persons in all, author included."""
    if state not in IN_REVIEW:
        return Refusal.WRONG_STATE
    entitled = who.reviewer if state == ArticleState.DEPARTMENT_REVIEW else who.centre_reviewer
    if not entitled:
        return Refusal.NOT_YOURS
    if who.author:
        return Refusal.OWN_DRAFT
    return Refusal.SAME_REVIEWER if who.passed_before else None


def may_cancel(state: ArticleState, who: Standing) -> Refusal | None:
    """Take a draft back from review, or from waiting for its time."""
    if not who.editor:
        return Refusal.NOT_YOURS
    held = IN_REVIEW | {ArticleState.SCHEDULED, ArticleState.REJECTED}
    return None if state in held else Refusal.WRONG_STATE


def may_revoke(who: Standing, *, live: bool) -> Refusal | None:
    """Take a published article back now: the department's reviewer or editor, or the centre's reviewer."""
    if not (who.editor or who.reviewer or who.centre_reviewer):
        return Refusal.NOT_YOURS
    return None if live else Refusal.WRONG_STATE
