"""Who may edit, review and withdraw an item. One place; the console, Wagtail and the actions all ask here."""

from enum import StrEnum

from zhijian.editorial import rules
from zhijian.editorial.rules import Refusal, Standing


class ItemState(StrEnum):
    """Where an item stands, whatever Wagtail calls it."""

    DRAFT = "draft"
    DEPARTMENT_REVIEW = "department_review"
    CENTRE_REVIEW = "centre_review"
    REJECTED = "rejected"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    ItemState.DRAFT: "草稿",
    ItemState.DEPARTMENT_REVIEW: "部门审核中",
    ItemState.CENTRE_REVIEW: "中心审核中",
    ItemState.REJECTED: "已退回",
    ItemState.SCHEDULED: "待生效",
    ItemState.PUBLISHED: "已发布",
    ItemState.WITHDRAWN: "已停用",
}

_PHASES: dict[ItemState, rules.Phase] = {
    ItemState.DEPARTMENT_REVIEW: "department",
    ItemState.CENTRE_REVIEW: "centre",
    ItemState.REJECTED: "rejected",
    ItemState.SCHEDULED: "scheduled",
}


def _phase(state: ItemState) -> rules.Phase:
    return _PHASES.get(state, "free")


def may_edit(state: ItemState, who: Standing) -> Refusal | None:
    """Also the right to submit for review."""
    return rules.may_edit(_phase(state), who)


def may_review(state: ItemState, who: Standing) -> Refusal | None:
    """Approve or reject the step at which the text stands."""
    return rules.may_review(_phase(state), who)


def may_cancel(state: ItemState, who: Standing) -> Refusal | None:
    """Take a draft back from review, or from waiting for its day."""
    return rules.may_take_back(_phase(state), who)


def may_withdraw(state: ItemState, who: Standing, *, live: bool) -> Refusal | None:
    """End a published item now: the department's manager or the centre's reviewer."""
    if not (who.writer or who.centre_reviewer):
        return Refusal.NOT_YOURS
    return None if live else Refusal.WRONG_STATE
