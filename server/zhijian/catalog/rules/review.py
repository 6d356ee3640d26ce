"""Who may edit, review and withdraw an item. One place; the console, Wagtail and the actions all ask here."""

from dataclasses import dataclass
from enum import StrEnum


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

_IN_REVIEW = {ItemState.DEPARTMENT_REVIEW, ItemState.CENTRE_REVIEW}


class Refusal(StrEnum):
    """Why not."""

    NOT_YOURS = "not_yours"
    OWN_DRAFT = "own_draft"
    WRONG_STATE = "wrong_state"


@dataclass(frozen=True, slots=True)
class Standing:
    """A member of staff in relation to one item.

    ``reviewer`` and ``manager``: holds that post for the item's department. ``centre_reviewer``: reviewer of the centre.
    ``author``: wrote any part of what is under review, or asked for the review.
    """

    manager: bool = False
    reviewer: bool = False
    centre_reviewer: bool = False
    author: bool = False


def may_edit(state: ItemState, who: Standing) -> Refusal | None:
    """Also the right to submit for review. What is under review or scheduled stays as it was read."""
    if not who.manager:
        return Refusal.NOT_YOURS
    return Refusal.WRONG_STATE if state in _IN_REVIEW or state == ItemState.SCHEDULED else None


def may_review(state: ItemState, who: Standing) -> Refusal | None:
    """Approve or reject the step at which the item stands."""
    if state not in _IN_REVIEW:
        return Refusal.WRONG_STATE
    entitled = who.reviewer if state == ItemState.DEPARTMENT_REVIEW else who.centre_reviewer
    if not entitled:
        return Refusal.NOT_YOURS
    return Refusal.OWN_DRAFT if who.author else None


def may_withdraw(state: ItemState, who: Standing, *, live: bool) -> Refusal | None:
    """End a published item now: the department's manager or the centre's reviewer."""
    if not (who.manager or who.centre_reviewer):
        return Refusal.NOT_YOURS
    return None if live else Refusal.WRONG_STATE
