"""Who may edit, review and revoke an article. One place; the console, Wagtail and the actions all ask here."""

from enum import StrEnum

from zhijian.editorial import rules
from zhijian.editorial.rules import Refusal, Standing


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
_PHASES: dict[ArticleState, rules.Phase] = {
    ArticleState.DEPARTMENT_REVIEW: "department",
    ArticleState.CENTRE_REVIEW: "centre",
    ArticleState.REJECTED: "rejected",
    ArticleState.SCHEDULED: "scheduled",
}


def _phase(state: ArticleState) -> rules.Phase:
    return _PHASES.get(state, "free")


def may_edit(state: ArticleState, who: Standing) -> Refusal | None:
    """Also the right to submit for review."""
    return rules.may_edit(_phase(state), who)


def may_review(state: ArticleState, who: Standing) -> Refusal | None:
    """Approve or reject the step at which the text stands."""
    return rules.may_review(_phase(state), who)


def may_cancel(state: ArticleState, who: Standing) -> Refusal | None:
    """Take a draft back from review, or from waiting for its day."""
    return rules.may_take_back(_phase(state), who)


def may_revoke(who: Standing, *, live: bool) -> Refusal | None:
    """Take a published article back now: the department's reviewer or editor, or the centre's reviewer."""
    if not (who.writer or who.reviewer or who.centre_reviewer):
        return Refusal.NOT_YOURS
    return None if live else Refusal.WRONG_STATE
