"""The only writers of tickets. Keyword-only, the actor first, one transaction each."""

from zhijian.tickets.actions.dispatching import (
    Part,
    answer_directly,
    dispatch,
    forward,
    reclassify,
    refuse,
    return_to_dispatcher,
    split,
    supervise,
)
from zhijian.tickets.actions.ending import auto_close, call_back, reopen, send_back
from zhijian.tickets.actions.extending import (
    approve_extension,
    ask_extension,
    deny_extension,
    recall_extension,
)
from zhijian.tickets.actions.following import follow, unfollow
from zhijian.tickets.actions.handling import (
    accept,
    ask_more,
    claim,
    co_answer,
    contact,
    invite,
    reply,
    resume,
    supplement,
)
from zhijian.tickets.actions.merging import merge
from zhijian.tickets.actions.places import Place
from zhijian.tickets.actions.publication import PublicText, prepare, publish, unpublish
from zhijian.tickets.actions.rating import mark_dismissed, mark_rated
from zhijian.tickets.actions.submission import Draft, Sent, submit
from zhijian.tickets.actions.withdrawing import withdraw

__all__ = [
    "Draft",
    "Part",
    "Place",
    "PublicText",
    "Sent",
    "accept",
    "answer_directly",
    "approve_extension",
    "ask_extension",
    "ask_more",
    "auto_close",
    "call_back",
    "claim",
    "co_answer",
    "contact",
    "deny_extension",
    "dispatch",
    "follow",
    "forward",
    "invite",
    "mark_dismissed",
    "mark_rated",
    "merge",
    "prepare",
    "publish",
    "recall_extension",
    "reclassify",
    "refuse",
    "reopen",
    "reply",
    "resume",
    "return_to_dispatcher",
    "send_back",
    "split",
    "submit",
    "supervise",
    "supplement",
    "unfollow",
    "unpublish",
    "withdraw",
]
