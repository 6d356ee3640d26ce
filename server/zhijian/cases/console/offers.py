"""What the case page offers on its right side: the actions that the rules allow this person now, one of them first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from zhijian.cases.rules import table
from zhijian.cases.rules.acts import Action
from zhijian.cases.rules.guards import Facts
from zhijian.cases.rules.states import State
from zhijian.workbench.acting import Tried
from zhijian.workbench.offers import Ask, Offer, offered


@dataclass(frozen=True, slots=True)
class Blocked:
    """An action of this person's post that something stands against now, and what."""

    label: str
    reason: str


def _form(name: str) -> str:
    return f"cases/forms/{name}.html"


ASKS: Final[dict[Action, Ask]] = {
    Action.CLAIM: Ask("hand"),
    Action.ACCEPT: Ask("stamp", _form("accept"), "确认受理"),
    Action.DECIDE_AT_ONCE: Ask("stamp", _form("opinion"), "受理并准予"),
    Action.REQUEST_CORRECTION: Ask("square-pen", _form("correction"), "发出补正告知"),
    Action.REJECT: Ask("ban", _form("refusal"), "确认不予受理", danger=True),
    Action.BEGIN_REVIEW: Ask("book-open"),
    Action.PASS_REVIEW: Ask("send", _form("review"), "提交给审批人员"),
    Action.SUSPEND: Ask("circle-pause", _form("suspend"), "挂起并暂停计时"),
    Action.RESUME: Ask("clock", _form("note"), "恢复审查"),
    Action.ASK_EXTENSION: Ask("hourglass", _form("extension"), "提交延期申请"),
    Action.APPROVE_EXTENSION: Ask("check", _form("reason"), "批准延期"),
    Action.DENY_EXTENSION: Ask("x", _form("opinion"), "不同意延期", danger=True),
    Action.RECALL_EXTENSION: Ask("undo-2"),
    Action.DECIDE: Ask("stamp", _form("decide"), "作出决定"),
    Action.SEND_BACK: Ask("undo-2", _form("opinion"), "退回重新审查", danger=True),
    Action.ISSUE: Ask("file-text", _form("issue"), "制作结果"),
    Action.DELIVER: Ask("truck", _form("deliver"), "登记送达"),
    Action.COLLECT: Ask("user-check", _form("collect"), "登记领取并办结"),
    Action.CONCLUDE: Ask("circle-check"),
    Action.TRANSFER: Ask("users", _form("transfer"), "转办"),
    Action.TAKE_OVER: Ask("user-check", _form("take_over"), "接手办理"),
    Action.RELEASE: Ask("undo-2"),
    Action.RETURN_CASE: Ask("undo-2", _form("reason"), "确认退件", danger=True),
    Action.VOID: Ask("ban", _form("void"), "确认作废", danger=True),
    Action.ARCHIVE: Ask("inbox"),
}

#: Which action leads on in a state, best first; whatever is allowed of these comes first on the page.
FIRST: Final[dict[State, tuple[Action, ...]]] = {
    State.SUBMITTED: (Action.DECIDE_AT_ONCE, Action.ACCEPT),
    State.ACCEPTED: (Action.BEGIN_REVIEW,),
    State.REVIEWING: (Action.APPROVE_EXTENSION, Action.PASS_REVIEW),
    State.SUSPENDED: (Action.RESUME,),
    State.DECIDING: (Action.DECIDE,),
    State.APPROVED: (Action.ISSUE, Action.CONCLUDE),
    State.REFUSED: (Action.CONCLUDE,),
    State.ISSUING: (Action.DELIVER, Action.CONCLUDE),
    State.DELIVERING: (Action.COLLECT,),
}
_LAST: Final = (Action.RECALL_EXTENSION, Action.TRANSFER, Action.RELEASE)
#: Not worth a word when they are not possible.
_QUIET: Final = frozenset(
    {Action.CLAIM, Action.RELEASE, Action.TAKE_OVER, Action.URGE, Action.DECIDE_AT_ONCE, Action.ARCHIVE}
)


def offers(
    state: str,
    roles: frozenset[str],
    facts: Facts,
    *,
    held: bool,
    tried: Tried | None = None,
) -> list[Offer]:
    """The allowed actions, the one that leads on first. A case that nobody holds is claimed first."""
    allowed = [action for action in table.TABLE.possible(state, roles, facts) if action in ASKS]
    first = _first(state, allowed, held=held)
    leading = FIRST.get(State(state), ())
    ordered = sorted(
        allowed,
        key=lambda action: (action != first, action not in leading, ASKS[action].danger, action in _LAST),
    )
    return offered(ordered, ASKS, first=first, tried=tried)


def _first(state: str, allowed: Sequence[Action], *, held: bool) -> Action | None:
    if not held and Action.CLAIM in allowed:
        return Action.CLAIM
    return next((action for action in FIRST.get(State(state), ()) if action in allowed), None)


def blocked(state: str, roles: frozenset[str], facts: Facts) -> list[Blocked]:
    """Actions of this person's posts that a guard forbids now, each reason told once."""
    found: dict[str, Blocked] = {}
    possible = set(table.TABLE.possible(state, roles, facts))
    for row in table.TABLE:
        if row.source != state or not row.roles & roles or row.action in _QUIET | possible:
            continue
        if row.action is Action.APPROVE_EXTENSION and facts.extension != "pending":
            continue  # nobody asked
        reason = row.guard(facts)
        leads = row.action in FIRST.get(State(state), ())
        if reason and row.action in _main(state) and (leads or reason not in found):
            found[reason] = Blocked(str(row.action.label), reason)
    return list(found.values())


def _main(state: str) -> frozenset[Action]:
    """Only what leads on is worth explaining; the rest simply isn't offered."""
    return frozenset(FIRST.get(State(state), ())) | {Action.REQUEST_CORRECTION}
