"""What can be done with a case 办件, in words."""

from typing import Final

from django.db.models import TextChoices


class Action(TextChoices):
    """What can be done with a case."""

    SUBMIT = "submit", "提交申请"
    DISCARD = "discard", "删除草稿"
    RESUBMIT = "resubmit", "提交补正"
    WITHDRAW = "withdraw", "撤回申请"
    URGE = "urge", "催办"
    CONFIRM_RECEIPT = "confirm_receipt", "确认收到"
    CLAIM = "claim", "认领"
    RELEASE = "release", "退回待认领"
    TRANSFER = "transfer", "转办"
    TAKE_OVER = "take_over", "接手"
    REQUEST_CORRECTION = "request_correction", "一次性告知补正"
    REJECT = "reject", "不予受理"
    ACCEPT = "accept", "受理"
    DEEM_ACCEPTED = "deem_accepted", "逾期未告知，视为受理"
    DECIDE_AT_ONCE = "decide_at_once", "当场办结"
    BEGIN_REVIEW = "begin_review", "开始审查"
    SUSPEND = "suspend", "挂起（特别程序）"
    RESUME = "resume", "恢复审查"
    ASK_EXTENSION = "ask_extension", "申请延期"
    APPROVE_EXTENSION = "approve_extension", "批准延期"
    DENY_EXTENSION = "deny_extension", "不同意延期"
    RECALL_EXTENSION = "recall_extension", "撤回延期申请"
    PASS_REVIEW = "pass_review", "提交审查意见"
    SEND_BACK = "send_back", "退回重新审查"
    DECIDE = "decide", "作出决定"
    ISSUE = "issue", "制作结果"
    DELIVER = "deliver", "送达"
    COLLECT = "collect", "登记已领取"
    CONCLUDE = "conclude", "办结"
    RETURN_CASE = "return_case", "退件"
    VOID = "void", "作废"
    ARCHIVE = "archive", "归档"
    RECOMPUTE = "recompute", "工作日历变更，重新计算期限"


LABELS_EN: Final[dict[Action, str]] = {
    Action.SUBMIT: "Application submitted",
    Action.DISCARD: "Draft deleted",
    Action.RESUBMIT: "Correction submitted",
    Action.WITHDRAW: "Application withdrawn",
    Action.URGE: "Reminder sent",
    Action.CONFIRM_RECEIPT: "Receipt confirmed",
    Action.CLAIM: "Taken by an officer",
    Action.RELEASE: "Put back for another officer",
    Action.TRANSFER: "Handed to another officer",
    Action.TAKE_OVER: "Taken over by another officer",
    Action.REQUEST_CORRECTION: "Correction requested",
    Action.REJECT: "Not accepted",
    Action.ACCEPT: "Accepted",
    Action.DEEM_ACCEPTED: "Counted as accepted: no notice within five working days",
    Action.DECIDE_AT_ONCE: "Decided on the spot",
    Action.BEGIN_REVIEW: "Review started",
    Action.SUSPEND: "Paused for a special procedure",
    Action.RESUME: "Review resumed",
    Action.ASK_EXTENSION: "Extension asked",
    Action.APPROVE_EXTENSION: "Extension approved",
    Action.DENY_EXTENSION: "Extension denied",
    Action.RECALL_EXTENSION: "Extension request withdrawn",
    Action.PASS_REVIEW: "Review finished",
    Action.SEND_BACK: "Sent back for review",
    Action.DECIDE: "Decision made",
    Action.ISSUE: "Result made",
    Action.DELIVER: "Result sent",
    Action.COLLECT: "Result collected",
    Action.CONCLUDE: "Completed",
    Action.RETURN_CASE: "Returned",
    Action.VOID: "Voided",
    Action.ARCHIVE: "Archived",
    Action.RECOMPUTE: "Working calendar changed: dates computed anew",
}


def label(action: str) -> str:
    return str(Action(action).label)


def label_en(action: str) -> str:
    return LABELS_EN[Action(action)]
