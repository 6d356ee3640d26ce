"""Pure decisions of content."""

from zhijian.content.rules.consistency import Schedule, Surroundings, check, substantial
from zhijian.content.rules.review import (
    ArticleState,
    may_cancel,
    may_edit,
    may_review,
    may_revoke,
)
from zhijian.editorial.rules import Refusal, Standing

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
