"""The life cycle as data: in which state who may do what, and what follows.

Sources: 行政许可法 art. 32 (correction, acceptance), 34 (review), 37-38 (decision), 42 (extension),
44 (delivery), 45 (time excluded); GB/T 39046 special procedures. Acceptance is an act of law with a date,
so no action leads back before it.
"""

from collections.abc import Iterator
from typing import Final

from zhijian.cases.rules import guards
from zhijian.cases.rules.acts import Action
from zhijian.cases.rules.states import OPEN, WORK, State
from zhijian.lifecycle.guards import answerable, none_waits, recallable
from zhijian.lifecycle.table import Table, Transition, always, every, when
from zhijian.organizations.rules import Post

Row = Transition[State, Action]

CITIZEN = frozenset({"citizen"})
SYSTEM_ROLE = frozenset({"system"})
FRONT = frozenset({Post.WINDOW_OFFICER.value, Post.CASE_OFFICER.value})
OFFICER = frozenset({Post.CASE_OFFICER.value})
APPROVER = frozenset({Post.APPROVER.value})
HANDLERS = FRONT | APPROVER

#: What an officer of which post works on: who may claim a case in this state.
DESK: Final[dict[State, frozenset[str]]] = {
    State.SUBMITTED: FRONT,
    State.ACCEPTED: OFFICER,
    State.REVIEWING: OFFICER,
    State.SUSPENDED: OFFICER,
    State.DECIDING: APPROVER,
    State.APPROVED: FRONT,
    State.REFUSED: FRONT,
    State.ISSUING: FRONT,
    State.DELIVERING: FRONT,
}
#: Whose answer a request for extension waits for, while the case stays with the officer who asked.
EXTENSION_DESK: Final = APPROVER


def desk_of(state: str) -> frozenset[str]:
    """The posts of whom one keeps the case in ``state``: while the applicant corrects, those to whom it comes back."""
    return DESK.get(State.SUBMITTED if state == State.CORRECTION else State(state), frozenset())


def _rows() -> Iterator[Row]:
    yield Transition(State.DRAFT, Action.SUBMIT, CITIZEN, State.SUBMITTED)
    yield Transition(State.DRAFT, Action.DISCARD, CITIZEN, None)
    yield from _reception()
    yield from _review()
    yield from _decision()
    yield from _result()
    yield from _side_exits()
    yield from _desk_work()


def _reception() -> Iterator[Row]:
    at = State.SUBMITTED
    yield Transition(
        at, Action.REQUEST_CORRECTION, FRONT, State.CORRECTION, every(guards.free, guards.once), judges=True
    )
    yield Transition(at, Action.REJECT, FRONT, State.REJECTED, guards.free, judges=True)
    yield Transition(at, Action.ACCEPT, FRONT, State.ACCEPTED, guards.free, judges=True)
    yield Transition(
        at,
        Action.DEEM_ACCEPTED,
        SYSTEM_ROLE,
        State.ACCEPTED,
        when("notice_overdue", True, "告知补正的期限还没有到"),
    )
    yield Transition(
        at,
        Action.DECIDE_AT_ONCE,
        HANDLERS,
        State.APPROVED,
        every(guards.free, guards.on_the_spot),
        judges=True,
    )
    yield Transition(State.CORRECTION, Action.RESUBMIT, CITIZEN, State.SUBMITTED)


def _review() -> Iterator[Row]:
    at = State.REVIEWING
    yield Transition(State.ACCEPTED, Action.BEGIN_REVIEW, OFFICER, at, guards.free)
    yield Transition(at, Action.SUSPEND, OFFICER, State.SUSPENDED, every(guards.free, none_waits))
    yield Transition(State.SUSPENDED, Action.RESUME, OFFICER, at, guards.free)
    askable = every(guards.free, guards.extension_open)
    yield Transition(at, Action.ASK_EXTENSION, OFFICER, None, askable)
    yield Transition(at, Action.APPROVE_EXTENSION, EXTENSION_DESK, None, answerable, judges=True)
    yield Transition(at, Action.DENY_EXTENSION, EXTENSION_DESK, None, answerable, judges=True)
    yield Transition(at, Action.RECALL_EXTENSION, OFFICER, None, every(guards.free, recallable))
    yield Transition(
        at, Action.PASS_REVIEW, OFFICER, State.DECIDING, every(guards.free, none_waits), judges=True
    )


def _decision() -> Iterator[Row]:
    at = State.DECIDING
    yield Transition(at, Action.SEND_BACK, APPROVER, State.REVIEWING, guards.free, judges=True)
    guard = every(guards.free, guards.decider)
    yield Transition(at, Action.DECIDE, APPROVER, State.APPROVED, guard, judges=True)
    yield Transition(at, Action.DECIDE, APPROVER, State.REFUSED, guard, judges=True)


def _result() -> Iterator[Row]:
    yield Transition(
        State.APPROVED,
        Action.ISSUE,
        FRONT,
        State.ISSUING,
        every(guards.free, when("has_result", True, "该事项没有结果证照，可以直接办结")),
    )
    yield Transition(
        State.ISSUING, Action.DELIVER, FRONT, State.DELIVERING, every(guards.free, guards.physical)
    )
    yield Transition(State.DELIVERING, Action.COLLECT, FRONT, State.CONCLUDED, guards.free)
    yield Transition(State.DELIVERING, Action.CONFIRM_RECEIPT, CITIZEN, State.CONCLUDED)
    bare = every(guards.free, guards.no_result)
    yield Transition(State.APPROVED, Action.CONCLUDE, FRONT, State.CONCLUDED, bare)
    yield Transition(State.REFUSED, Action.CONCLUDE, FRONT, State.CONCLUDED, guards.free)
    yield Transition(
        State.ISSUING,
        Action.CONCLUDE,
        FRONT | SYSTEM_ROLE,
        State.CONCLUDED,
        every(guards.free, when("electronic", True, "请先按申请人选择的方式送达结果")),
    )


def _side_exits() -> Iterator[Row]:
    before_decision = (
        State.SUBMITTED,
        State.CORRECTION,
        State.ACCEPTED,
        State.REVIEWING,
        State.SUSPENDED,
        State.DECIDING,
    )
    for at in before_decision:
        yield Transition(at, Action.WITHDRAW, CITIZEN, State.WITHDRAWN)
    for at in (State.SUBMITTED, State.ACCEPTED, State.REVIEWING):
        yield Transition(at, Action.RETURN_CASE, FRONT, State.RETURNED, guards.free, judges=True)
    yield Transition(
        State.CORRECTION,
        Action.RETURN_CASE,
        FRONT | SYSTEM_ROLE,
        State.RETURNED,
        guards.correction_expired,
        judges=True,
    )
    for at in (State.APPROVED, State.ISSUING, State.DELIVERING, State.CONCLUDED):
        yield Transition(at, Action.VOID, APPROVER, State.VOIDED, always)
    for at in (State.REJECTED, State.CONCLUDED, State.WITHDRAWN, State.RETURNED, State.VOIDED):
        yield Transition(at, Action.ARCHIVE, OFFICER | SYSTEM_ROLE, State.ARCHIVED)


def _desk_work() -> Iterator[Row]:
    taken = when("held_by_other", False, "这个办件已由其他人员办理")
    not_mine = when("held_by_self", False, "您已经认领了这个办件")
    mine = when("held_by_self", True, "您没有认领这个办件")
    others = when("held_by_other", True, "这个办件没有其他人员在办，不需要接手")
    for at in State:
        if at in WORK:
            posts = DESK[at]
            yield Transition(at, Action.CLAIM, posts, None, every(taken, not_mine))
            yield Transition(at, Action.RELEASE, posts, None, mine)
            if posts != APPROVER:
                yield Transition(at, Action.TRANSFER, posts, None, guards.transferable)
            # Approvers head the work of their department: they hand on what a colleague holds.
            yield Transition(at, Action.TRANSFER, APPROVER, None, always)
            yield Transition(at, Action.TAKE_OVER, posts, None, others)
        if at in OPEN and at not in {State.CORRECTION, State.REFUSED}:
            yield Transition(at, Action.URGE, CITIZEN, None, guards.not_urged_today)
        if at in OPEN:
            yield Transition(at, Action.RECOMPUTE, SYSTEM_ROLE, None)


TABLE: Final = Table(_rows(), thing="办件", posts=(Post.WINDOW_OFFICER, Post.CASE_OFFICER, Post.APPROVER))
