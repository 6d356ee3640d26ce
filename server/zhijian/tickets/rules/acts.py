"""What can be done with a ticket, in words."""

from typing import Final

from django.db.models import TextChoices


class Action(TextChoices):
    SUBMIT = "submit", "提交诉求"
    DISPATCH = "dispatch", "派单"
    ANSWER_DIRECTLY = "answer_directly", "直接答复"
    RECLASSIFY = "reclassify", "调整分类"
    SPLIT = "split", "拆分"
    MERGE = "merge", "并案"
    REFUSE = "refuse", "不予受理"
    ACCEPT = "accept", "签收"
    RETURN = "return", "退回派单"
    FORWARD = "forward", "转办"
    CLAIM = "claim", "认领"
    HAND_ON = "hand_on", "换人承办"
    CONTACT = "contact", "先行联系"
    ASK_MORE = "ask_more", "请反映人补充"
    SUPPLEMENT = "supplement", "补充情况"
    RESUME = "resume", "不等补充，继续办理"
    INVITE = "invite", "请部门协办"
    CO_ANSWER = "co_answer", "提交协办意见"
    ASK_EXTENSION = "ask_extension", "申请延期"
    APPROVE_EXTENSION = "approve_extension", "批准延期"
    DENY_EXTENSION = "deny_extension", "不同意延期"
    RECALL_EXTENSION = "recall_extension", "撤回延期申请"
    SUPERVISE = "supervise", "督办"
    REPLY = "reply", "答复"
    CALL_BACK = "call_back", "回访并办结"
    SEND_BACK = "send_back", "退回重办"
    AUTO_CLOSE = "auto_close", "到期自动办结"
    CLOSE_PARTS = "close_parts", "分办全部办结"
    REOPEN = "reopen", "要求重办"
    WITHDRAW = "withdraw", "撤回"
    PREPARE = "prepare_publication", "拟公开稿"
    PUBLISH = "publish", "核定并公开"
    UNPUBLISH = "unpublish", "停止公开"
    RECOMPUTE = "recompute", "工作日历变更，重新计算期限"


LABELS_EN: Final[dict[Action, str]] = {
    Action.SUBMIT: "Submitted",
    Action.DISPATCH: "Sent to a department",
    Action.ANSWER_DIRECTLY: "Answered",
    Action.RECLASSIFY: "Category changed",
    Action.SPLIT: "Split into parts",
    Action.MERGE: "Merged with another",
    Action.REFUSE: "Not accepted",
    Action.ACCEPT: "Taken by the department",
    Action.RETURN: "Returned for another department",
    Action.FORWARD: "Passed to another department",
    Action.CLAIM: "Taken by an officer",
    Action.HAND_ON: "Passed to another officer",
    Action.CONTACT: "Department got in touch",
    Action.ASK_MORE: "More details asked",
    Action.SUPPLEMENT: "Details added",
    Action.RESUME: "Work went on without details",
    Action.INVITE: "Another department asked to help",
    Action.CO_ANSWER: "Another department gave its view",
    Action.ASK_EXTENSION: "Extension asked",
    Action.APPROVE_EXTENSION: "Extension approved",
    Action.DENY_EXTENSION: "Extension denied",
    Action.RECALL_EXTENSION: "Extension request withdrawn",
    Action.SUPERVISE: "Put under supervision",
    Action.REPLY: "Answered",
    Action.CALL_BACK: "Called back and closed",
    Action.SEND_BACK: "Sent back to be done again",
    Action.AUTO_CLOSE: "Closed after the waiting time",
    Action.CLOSE_PARTS: "All parts closed",
    Action.REOPEN: "Reopened",
    Action.WITHDRAW: "Withdrawn",
    Action.PREPARE: "Public text drafted",
    Action.PUBLISH: "Published",
    Action.UNPUBLISH: "No longer public",
    Action.RECOMPUTE: "Working calendar changed: dates computed anew",
}

#: Work inside the office, which people who asked need not follow.
INTERNAL: Final = frozenset(
    {
        Action.RECLASSIFY,
        Action.RETURN,
        Action.CLAIM,
        Action.HAND_ON,
        Action.INVITE,
        Action.CO_ANSWER,
        Action.ASK_EXTENSION,
        Action.DENY_EXTENSION,
        Action.RECALL_EXTENSION,
        Action.SEND_BACK,
        Action.PREPARE,
    }
)


def label(action: str) -> str:
    return str(Action(action).label)
