"""The life cycle as data: in which state who may do what, and what follows. A test walks all of it."""

from collections.abc import Iterator
from typing import Final

from zhijian.lifecycle.guards import answerable, askable, none_waits, recallable
from zhijian.lifecycle.table import Table, Transition, every
from zhijian.organizations.rules import Post
from zhijian.tickets.rules import guards
from zhijian.tickets.rules.acts import Action
from zhijian.tickets.rules.states import MERGE_INTO, PUBLISHABLE, WITH_DEPARTMENT, State

Row = Transition[State, Action]

REPORTER = frozenset({"reporter"})
AFFECTED = REPORTER | {"follower"}
SYSTEM = frozenset({"system"})
CO_OFFICER = frozenset({"co_officer"})
DISPATCHER = frozenset({Post.TICKET_DISPATCHER.value})
OFFICER = frozenset({Post.TICKET_OFFICER.value})
STAFF = DISPATCHER | OFFICER
ROLES: Final = AFFECTED | SYSTEM | CO_OFFICER | STAFF


def _rows() -> Iterator[Row]:
    yield from _dispatching()
    yield from _handling()
    yield from _extending()
    yield from _ending()
    yield from _publishing()
    yield from _keeping_time()


def _dispatching() -> Iterator[Row]:
    at = State.SUBMITTED
    yield Transition(at, Action.DISPATCH, DISPATCHER | SYSTEM, State.DISPATCHED)
    yield Transition(at, Action.ANSWER_DIRECTLY, DISPATCHER, State.REPLIED)
    yield Transition(at, Action.RECLASSIFY, DISPATCHER, None)
    yield Transition(at, Action.REFUSE, DISPATCHER, State.REFUSED, judges=True)
    for source in (State.SUBMITTED, State.DISPATCHED):
        yield Transition(source, Action.SPLIT, DISPATCHER, State.SPLIT, guards.not_a_part)
    for source in sorted(MERGE_INTO):
        roles = DISPATCHER | SYSTEM if source == State.SUBMITTED else DISPATCHER
        yield Transition(source, Action.MERGE, roles, State.MERGED)
        yield Transition(source, Action.WITHDRAW, REPORTER | SYSTEM, State.WITHDRAWN)
    yield Transition(State.MERGED, Action.WITHDRAW, REPORTER, State.WITHDRAWN, guards.goes_on_open)
    for source in sorted(WITH_DEPARTMENT):
        yield Transition(source, Action.SUPERVISE, DISPATCHER, None)


def _handling() -> Iterator[Row]:
    sent, at, waiting = State.DISPATCHED, State.HANDLING, State.SUPPLEMENT
    yield Transition(sent, Action.ACCEPT, OFFICER, at)
    yield Transition(sent, Action.RETURN, OFFICER, State.SUBMITTED)
    yield Transition(sent, Action.FORWARD, STAFF, None)
    yield Transition(sent, Action.REFUSE, STAFF, State.REFUSED, judges=True)
    yield Transition(at, Action.FORWARD, STAFF, sent, every(guards.free, none_waits))
    yield Transition(at, Action.REFUSE, OFFICER, State.REFUSED, guards.free, judges=True)
    yield Transition(at, Action.CLAIM, OFFICER, None, guards.not_mine)
    yield Transition(at, Action.CONTACT, OFFICER, None, every(guards.free, guards.not_contacted))
    yield Transition(
        at,
        Action.ASK_MORE,
        OFFICER,
        waiting,
        every(guards.free, none_waits, guards.somebody_to_ask),
    )
    yield Transition(at, Action.INVITE, OFFICER, None, guards.free)
    yield Transition(at, Action.CO_ANSWER, CO_OFFICER, None, guards.co_answer_open)
    yield Transition(waiting, Action.CO_ANSWER, CO_OFFICER, None, guards.co_answer_open)
    yield Transition(at, Action.REPLY, OFFICER, State.REPLIED, every(guards.free, none_waits), judges=True)
    yield Transition(waiting, Action.SUPPLEMENT, REPORTER, at)
    yield Transition(waiting, Action.RESUME, OFFICER, at, guards.free)


def _extending() -> Iterator[Row]:
    at = State.HANDLING
    yield Transition(at, Action.ASK_EXTENSION, OFFICER, None, every(guards.free, askable))
    yield Transition(at, Action.APPROVE_EXTENSION, DISPATCHER, None, answerable, judges=True)
    yield Transition(at, Action.DENY_EXTENSION, DISPATCHER, None, answerable, judges=True)
    yield Transition(at, Action.RECALL_EXTENSION, OFFICER, None, every(guards.free, recallable))


def _ending() -> Iterator[Row]:
    at = State.REPLIED
    yield Transition(at, Action.CALL_BACK, DISPATCHER, State.CLOSED, judges=True)
    yield Transition(at, Action.SEND_BACK, DISPATCHER, State.HANDLING, judges=True)
    yield Transition(at, Action.AUTO_CLOSE, SYSTEM, State.CLOSED, guards.waiting_over)
    yield Transition(State.SPLIT, Action.CLOSE_PARTS, SYSTEM, State.CLOSED, guards.parts_done)
    for source in (State.REPLIED, State.CLOSED):
        yield Transition(
            source, Action.REOPEN, AFFECTED | DISPATCHER, State.DISPATCHED, guards.reopen_open, judges=True
        )


def _keeping_time() -> Iterator[Row]:
    for at in (State.SUBMITTED, State.DISPATCHED, State.HANDLING, State.SUPPLEMENT):
        yield Transition(at, Action.RECOMPUTE, SYSTEM, None)


def _publishing() -> Iterator[Row]:
    for at in sorted(PUBLISHABLE):
        yield Transition(at, Action.PREPARE, STAFF, None)
        yield Transition(at, Action.PUBLISH, DISPATCHER, None, guards.to_be_published, judges=True)
        yield Transition(at, Action.UNPUBLISH, DISPATCHER, None, guards.is_public)


TABLE: Final = Table(
    _rows(),
    thing="诉求",
    not_yours="您不能对这件诉求{action}",
    posts=("co_officer", Post.TICKET_OFFICER, Post.TICKET_DISPATCHER),
)
