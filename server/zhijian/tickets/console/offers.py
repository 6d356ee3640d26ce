"""What the ticket page offers on its right side: the actions that the rules allow now, one of them first."""

from typing import Final

from zhijian.tickets.rules import table
from zhijian.tickets.rules.acts import Action
from zhijian.tickets.rules.guards import Facts
from zhijian.tickets.rules.states import State
from zhijian.workbench.acting import Tried
from zhijian.workbench.offers import NOTE, Ask, Offer, offered


def _form(name: str) -> str:
    return f"tickets/forms/{name}.html"


ASKS: Final[dict[Action, Ask]] = {
    Action.DISPATCH: Ask("send", _form("dispatch"), "派单"),
    Action.ANSWER_DIRECTLY: Ask("message-square", _form("reply"), "直接答复反映人"),
    Action.ACCEPT: Ask("hand"),
    Action.CLAIM: Ask("user-check"),
    Action.CONTACT: Ask("message-square", NOTE, "登记已联系"),
    Action.ASK_MORE: Ask("circle-pause", _form("question"), "请反映人补充并暂停计时"),
    Action.RESUME: Ask("clock", NOTE, "继续办理"),
    Action.REPLY: Ask("send", _form("reply"), "发出答复"),
    Action.INVITE: Ask("users", _form("invite"), "请部门协办"),
    Action.CO_ANSWER: Ask("send", _form("opinion"), "提交协办意见"),
    Action.ASK_EXTENSION: Ask("hourglass", _form("extension"), "提交延期申请"),
    Action.APPROVE_EXTENSION: Ask("check", _form("approve"), "批准延期"),
    Action.DENY_EXTENSION: Ask("x", _form("opinion"), "不同意延期", danger=True),
    Action.RECALL_EXTENSION: Ask("undo-2"),
    Action.CALL_BACK: Ask("circle-check", _form("call_back"), "登记回访并办结"),
    Action.SEND_BACK: Ask("undo-2", _form("reason"), "退回重办", danger=True),
    Action.REOPEN: Ask("rotate-cw", _form("reason"), "重新办理", danger=True),
    Action.FORWARD: Ask("send", _form("forward"), "转办"),
    Action.RETURN: Ask("undo-2", _form("return"), "退回派单", danger=True),
    Action.RECLASSIFY: Ask("layers", _form("category"), "调整分类"),
    Action.SPLIT: Ask("git-compare", _form("split"), "拆分"),
    Action.MERGE: Ask("link", _form("merge"), "并案"),
    Action.SUPERVISE: Ask("bell", NOTE, "发出督办"),
    Action.REFUSE: Ask("ban", _form("refuse"), "确认不予受理", danger=True),
}

#: Which action leads on in a state, best first.
FIRST: Final[dict[State, tuple[Action, ...]]] = {
    State.SUBMITTED: (Action.DISPATCH,),
    State.DISPATCHED: (Action.ACCEPT,),
    State.HANDLING: (Action.APPROVE_EXTENSION, Action.CONTACT, Action.CO_ANSWER, Action.REPLY),
    State.SUPPLEMENT: (Action.RESUME,),
    State.REPLIED: (Action.CALL_BACK,),
}


def offers(
    state: str,
    roles: frozenset[str],
    facts: Facts,
    *,
    tried: Tried | None = None,
) -> list[Offer]:
    """The allowed actions, the one that leads on first, what destroys last."""
    allowed = [action for action in table.TABLE.possible(state, roles, facts) if action in ASKS]
    first = next((one for one in FIRST.get(State(state), ()) if one in allowed), None)
    order = list(ASKS)
    ordered = sorted(allowed, key=lambda one: (one != first, ASKS[one].danger, order.index(one)))
    return offered(ordered, ASKS, first=first, tried=tried)
