"""Who may write, review and take back a text that passes two steps of review, whatever it is. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class Refusal(StrEnum):
    """Why not."""

    NOT_YOURS = "not_yours"
    OWN_DRAFT = "own_draft"
    SAME_REVIEWER = "same_reviewer"
    WRONG_STATE = "wrong_state"


#: Where a draft stands: free to be written, waiting for the department's or the centre's reviewer, sent back by one of
#: them, or passed by both and waiting for its day.
Phase = Literal["free", "department", "centre", "rejected", "scheduled"]


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


def may_edit(phase: Phase, who: Standing) -> Refusal | None:
    """Also the right to submit for review. What is under review or scheduled stays as it was read."""
    if not who.writer:
        return Refusal.NOT_YOURS
    return None if phase in {"free", "rejected"} else Refusal.WRONG_STATE


def may_review(phase: Phase, who: Standing) -> Refusal | None:
    """Approve or reject the step under way: three persons in all, author included, whatever posts one holds."""
    if phase not in {"department", "centre"}:
        return Refusal.WRONG_STATE
    if not (who.reviewer if phase == "department" else who.centre_reviewer):
        return Refusal.NOT_YOURS
    if who.author:
        return Refusal.OWN_DRAFT
    return Refusal.SAME_REVIEWER if who.passed_before else None


def may_take_back(phase: Phase, who: Standing) -> Refusal | None:
    """Make a draft free again. From review its department's writers may; what waits for its day also those who review,
    for a mistake that is seen then must not have to come out first."""
    entitled = who.writer or (phase == "scheduled" and (who.reviewer or who.centre_reviewer))
    if not entitled:
        return Refusal.NOT_YOURS
    return Refusal.WRONG_STATE if phase == "free" else None
