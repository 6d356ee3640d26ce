"""The life of a ticket on the day: which act leads from where to where. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from django.db.models import TextChoices

from zhijian.appointments.rules.states import VisitState

State = VisitState


class Act(TextChoices):
    CHECK_IN = "check_in", "签到"
    TICKET = "ticket", "取号"
    CALL = "call", "叫号"
    RECALL = "recall", "重叫"
    SERVE = "serve", "开始办理"
    FINISH = "finish", "办完"
    SKIP = "skip", "过号"
    REJOIN = "rejoin", "重新排队"
    TRANSFER = "transfer", "转窗口组"
    LEAVE = "leave", "离开"
    HAND_BACK = "hand_back", "退回队列"
    CLOSE = "close", "当日结束"


TABLE: Final[Mapping[Act, tuple[frozenset[VisitState], VisitState]]] = {
    Act.CALL: (frozenset({State.WAITING}), State.CALLED),
    Act.RECALL: (frozenset({State.CALLED}), State.CALLED),
    Act.SERVE: (frozenset({State.CALLED}), State.SERVING),
    Act.FINISH: (frozenset({State.SERVING}), State.DONE),
    Act.SKIP: (frozenset({State.CALLED}), State.SKIPPED),
    Act.REJOIN: (frozenset({State.SKIPPED}), State.WAITING),
    Act.TRANSFER: (frozenset({State.WAITING, State.CALLED, State.SERVING}), State.WAITING),
    Act.HAND_BACK: (frozenset({State.CALLED, State.SERVING}), State.WAITING),
    Act.LEAVE: (frozenset({State.WAITING, State.CALLED, State.SKIPPED}), State.LEFT),
    Act.CLOSE: (frozenset({State.WAITING, State.CALLED, State.SERVING, State.SKIPPED}), State.LEFT),
}

AT_COUNTER: Final = frozenset({State.CALLED, State.SERVING})
"""States in which a ticket occupies a counter."""

CALLS_BEFORE_SKIP: Final = 2
SKIP_AFTER: Final = timedelta(minutes=3)


def allows(state: str, act: Act) -> bool:
    return state in TABLE[act][0]


def target(act: Act) -> VisitState:
    return TABLE[act][1]


def may_skip(calls: int, called_at: datetime | None, now: datetime) -> bool:
    """Nobody loses their turn at the first call, unless they had ``SKIP_AFTER`` to come."""
    return calls >= CALLS_BEFORE_SKIP or (called_at is not None and now - called_at >= SKIP_AFTER)
