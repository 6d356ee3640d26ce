"""Pure decisions of content."""

from zhijian.content.rules.consistency import Schedule, Surroundings, check, substantial
from zhijian.content.rules.review import (
    ArticleState,
    Refusal,
    Standing,
    may_cancel,
    may_edit,
    may_review,
    may_revoke,
)

__all__ = [
    "ArticleState",
    "Refusal",
    "Schedule",
    "Standing",
    "Surroundings",
    "check",
    "may_cancel",
    "may_edit",
    "may_review",
    "may_revoke",
    "substantial",
]
