"""The life of a ticket on the day: which act leads from where to where. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import TextChoices

from zhijian.appointments.rules.states import VisitState
from zhijian.lifecycle.table import Table, Transition, when

State = VisitState


class Act(TextChoices):
    CHECK_IN = "check_in", "签到"
    TICKET = "ticket", "现场取号"
    CALL = "call", "叫号"
    RECALL = "recall", "重叫"
    SERVE = "serve", "开始办理"
    FINISH = "finish", "办完"
    SKIP = "skip", "过号"
    REJOIN = "rejoin", "过号后重新排队"
    TRANSFER = "transfer", "转窗口组"
    LEAVE = "leave", "离开"
    HAND_BACK = "hand_back", "退回队列"
    CLOSE = "close", "当日结束"


class Role(TextChoices):
    """What somebody is to a ticket: they sit at its counter; it has none; they act for the hall, not at a counter."""

    COUNTER = "counter", "这个窗口"
    FREE = "free", "没有叫到窗口的号"
    HALL = "hall", "大厅"


@dataclass(frozen=True, slots=True)
class Facts:
    """``skippable``: called often or long enough (:func:`may_skip`). ``today``: the ticket is of today."""

    skippable: bool = True
    today: bool = True


_OWN = frozenset({Role.COUNTER.value})
_OTHER = frozenset({Role.FREE.value, Role.HALL.value})


def _rows() -> Iterator[Transition[State, Act]]:
    waiting, called, serving, skipped = State.WAITING, State.CALLED, State.SERVING, State.SKIPPED
    yield Transition(waiting, Act.CALL, _OTHER, called)
    yield Transition(called, Act.RECALL, _OWN)
    yield Transition(called, Act.SERVE, _OWN, serving)
    yield Transition(serving, Act.FINISH, _OWN, State.DONE)
    yield Transition(called, Act.SKIP, _OWN, skipped, when("skippable", True, "刚叫过"))
    yield Transition(skipped, Act.REJOIN, _OTHER, waiting, when("today", True, "这个号不是今天的。"))
    for state in (waiting, called, serving):
        yield Transition(state, Act.TRANSFER, _OWN | _OTHER, waiting)
    for state in (called, serving):
        yield Transition(state, Act.HAND_BACK, _OTHER, waiting)
    for state in (waiting, called, skipped):
        yield Transition(state, Act.LEAVE, _OWN | _OTHER, State.LEFT)
    for state in (waiting, called, serving, skipped):
        yield Transition(state, Act.CLOSE, _OTHER, State.LEFT)


TABLE: Final = Table(_rows(), thing="号", not_yours="")

AT_COUNTER: Final = frozenset({State.CALLED, State.SERVING})
"""States in which a ticket occupies a counter."""

CALLS_BEFORE_SKIP: Final = 2
SKIP_AFTER: Final = timedelta(minutes=3)


def may_skip(calls: int, called_at: datetime | None, now: datetime) -> bool:
    """Nobody loses their turn at the first call, unless they had ``SKIP_AFTER`` to come."""
    return calls >= CALLS_BEFORE_SKIP or (called_at is not None and now - called_at >= SKIP_AFTER)
