"""The only writers of cases. Keyword-only, the actor first, one transaction each."""

from zhijian.cases.actions.decision import decide, decide_at_once
from zhijian.cases.actions.desk import claim, release, take_over, transfer
from zhijian.cases.actions.documents import make_document
from zhijian.cases.actions.drafts import discard, open_draft, refresh, save_form, set_answers, set_delivery
from zhijian.cases.actions.exits import archive, return_case, void, withdraw
from zhijian.cases.actions.extension import approve_extension, ask_extension, deny_extension, recall_extension
from zhijian.cases.actions.files import attach, remove, reuse
from zhijian.cases.actions.rating import mark_rated
from zhijian.cases.actions.reception import accept, deem_accepted, reject, request_correction
from zhijian.cases.actions.result import collect, conclude, confirm_receipt, deliver, issue
from zhijian.cases.actions.review import begin_review, pass_review, resume, send_back, suspend
from zhijian.cases.actions.submission import resubmit, submit
from zhijian.cases.actions.upkeep import rewind
from zhijian.cases.actions.urging import urge

__all__ = [
    "accept",
    "approve_extension",
    "archive",
    "ask_extension",
    "attach",
    "begin_review",
    "claim",
    "collect",
    "conclude",
    "confirm_receipt",
    "decide",
    "decide_at_once",
    "deem_accepted",
    "deliver",
    "deny_extension",
    "discard",
    "issue",
    "make_document",
    "mark_rated",
    "open_draft",
    "pass_review",
    "recall_extension",
    "refresh",
    "reject",
    "release",
    "remove",
    "request_correction",
    "resubmit",
    "resume",
    "return_case",
    "reuse",
    "rewind",
    "save_form",
    "send_back",
    "set_answers",
    "set_delivery",
    "submit",
    "suspend",
    "take_over",
    "transfer",
    "urge",
    "void",
    "withdraw",
]
