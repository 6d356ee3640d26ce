"""差评整改 as data: in which state who may do what, by when, and what follows.

A 1★ or 2★ is assigned, its author contacted within one working day, the matter fixed, called back about, and published.
Whether a rating was malicious or given by mistake isn't decided by those who were rated: a supervisor does.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.db.models import TextChoices

from zhijian.lifecycle.table import Table, Transition, every
from zhijian.organizations.rules import Post


class State(TextChoices):
    OPEN = "open", "待派单"
    ASSIGNED = "assigned", "待联系"
    FIXING = "fixing", "整改中"
    FIXED = "fixed", "待回访"
    CALLED_BACK = "called_back", "待公开"
    PUBLISHED = "published", "已公开"
    DISPUTED = "disputed", "申请不计，待监察认定"
    DISMISSED = "dismissed", "已认定不计"


class Action(TextChoices):
    ASSIGN = "assign", "派单"
    CONTACT = "contact", "登记联系"
    FIX = "fix", "提交整改结果"
    CALL_BACK = "call_back", "回访满意"
    SEND_BACK = "send_back", "回访不满意，继续整改"
    PUBLISH = "publish", "公开整改结果"
    DISPUTE = "dispute", "申请认定恶意或误评"
    DISMISS = "dismiss", "认定不计入"
    UPHOLD = "uphold", "不同意，继续整改"


class Ground(TextChoices):
    """Why a rating shall not count."""

    MALICIOUS = "malicious", "恶意评价"
    MISTAKEN = "mistaken", "误评"


@dataclass(frozen=True, slots=True)
class Facts:
    """``mine``: the order is assigned to whoever acts. ``disputed_before``: once is enough.
    ``unassigned``: nobody has it. ``disputed_by_self``: nobody decides on their own request. ``fixed_by_self``: two pairs of eyes before the public.
    ``reachable``: who rated left a way to be contacted."""

    mine: bool = False
    unassigned: bool = False
    disputed_before: bool = False
    disputed_by_self: bool = False
    fixed_by_self: bool = False
    reachable: bool = True


def _mine(facts: Facts) -> str:
    if facts.unassigned:
        return "这件整改等待重新派单"
    return "" if facts.mine else "这件整改由其他人员承办"


def _nobody_to_contact(facts: Facts) -> str:
    return "" if not facts.reachable else "请先登记联系"


def _first_dispute(facts: Facts) -> str:
    return "监察已经认定过一次，请继续整改" if facts.disputed_before else ""


def _not_own_dispute(facts: Facts) -> str:
    return "这项申请由您提出，请由其他监察人员认定" if facts.disputed_by_self else ""


def _not_own_fix(facts: Facts) -> str:
    return "整改结果由您提交，请由其他人员公开" if facts.fixed_by_self else ""


HEADS: Final = (Post.APPROVER.value, Post.HALL_MANAGER.value)
OFFICERS: Final = (Post.CASE_OFFICER.value, Post.WINDOW_OFFICER.value)
SUPERVISORS: Final = (Post.SUPERVISOR.value,)


def _rows() -> Iterator[Transition[State, Action]]:
    heads, officers, supervisors = frozenset(HEADS), frozenset(OFFICERS), frozenset(SUPERVISORS)
    yield Transition(State.OPEN, Action.ASSIGN, heads, State.ASSIGNED)
    yield Transition(State.ASSIGNED, Action.ASSIGN, heads, State.ASSIGNED)
    yield Transition(State.ASSIGNED, Action.CONTACT, officers, State.FIXING, _mine)
    yield Transition(State.ASSIGNED, Action.FIX, officers, State.FIXED, every(_mine, _nobody_to_contact))
    yield Transition(State.FIXING, Action.ASSIGN, heads, State.FIXING)
    yield Transition(State.FIXING, Action.FIX, officers, State.FIXED, _mine)
    yield Transition(State.FIXED, Action.CALL_BACK, heads, State.CALLED_BACK, _not_own_fix, judges=True)
    yield Transition(State.FIXED, Action.SEND_BACK, heads, State.FIXING, _not_own_fix, judges=True)
    yield Transition(State.CALLED_BACK, Action.PUBLISH, heads, State.PUBLISHED, _not_own_fix, judges=True)
    yield Transition(State.OPEN, Action.DISPUTE, heads, State.DISPUTED, _first_dispute)
    for at in (State.ASSIGNED, State.FIXING):
        yield Transition(at, Action.DISPUTE, officers, State.DISPUTED, every(_mine, _first_dispute))
    yield Transition(
        State.DISPUTED, Action.DISMISS, supervisors, State.DISMISSED, _not_own_dispute, judges=True
    )
    # Back to the state before the dispute: the order remembers it.
    yield Transition(State.DISPUTED, Action.UPHOLD, supervisors, None, _not_own_dispute, judges=True)


TABLE: Final = Table(_rows(), thing="这件整改", posts=(*HEADS, *OFFICERS, *SUPERVISORS))

#: Where one officer has the order; without one it is to be assigned anew.
WITH_OFFICER: Final = (State.ASSIGNED, State.FIXING)
#: Work is left to do.
UNDER_WAY: Final = (State.OPEN, State.ASSIGNED, State.FIXING, State.FIXED, State.CALLED_BACK, State.DISPUTED)

#: Working days within which a state is to be left, counted from when the order was opened (a default of ours:
#: only the contact within one working day is the standard's).
WITHIN: Final[dict[State, int]] = {
    State.OPEN: 1,
    State.ASSIGNED: 1,
    State.FIXING: 5,
    State.FIXED: 7,
    State.CALLED_BACK: 10,
    State.DISPUTED: 5,
}
#: The matter itself is to be put right within so many working days: what 差评按时整改率 counts.
FIX_WITHIN: Final = WITHIN[State.FIXING]
