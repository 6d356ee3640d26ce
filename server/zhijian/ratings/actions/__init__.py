"""The only writers of ratings and of what is done about poor ones."""

from zhijian.ratings.actions.counter import issue_code
from zhijian.ratings.actions.rating import Opinion, rate, rate_by_code, rate_case
from zhijian.ratings.actions.rectifying import (
    assign,
    call_back,
    contact,
    dismiss,
    dispute,
    fix,
    publish,
    send_back,
    uphold,
)

__all__ = [
    "Opinion",
    "assign",
    "call_back",
    "contact",
    "dismiss",
    "dispute",
    "fix",
    "issue_code",
    "publish",
    "rate",
    "rate_by_code",
    "rate_case",
    "send_back",
    "uphold",
]
