"""The queue of a rush: who is let in when follows from the time and a person's position alone. Pure.

Time is counted in whole microseconds, so that the same comparison written in SQL (``queries.rush_terms``) never differs.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from zhijian.appointments.rules.states import Pool

POOLS = (Pool.GENERAL.value, Pool.OVERBOOK.value)
"""Seats that a rush gives out, in this order. Priority seats stay with the ordinary path, which checks who is entitled."""

_SECOND = 1_000_000  # microseconds


@dataclass(frozen=True, slots=True)
class Pace:
    """From ``opens_at`` on ``per_second`` people a second, each for ``window``; at ``closes_at`` the queue is over."""

    opens_at: datetime
    closes_at: datetime
    per_second: int
    window: timedelta


class QueuePhase(StrEnum):
    """``over``: what is left may be booked by everybody, without a queue."""

    WAITING = "waiting"
    YOUR_TURN = "your_turn"
    PASSED = "passed"
    OVER = "over"


Phase = QueuePhase
"""Short in this domain; the API's schema bears the long name, as another domain has a ``Phase`` too."""


@dataclass(frozen=True, slots=True)
class Place:
    """``ahead``: how many are before this one and not yet let in. The turn is from ``turn_at`` until ``until``."""

    position: int
    ahead: int
    turn_at: datetime
    until: datetime
    phase: Phase


def let_in(pace: Pace, now: datetime) -> int:
    """The highest position that has been let in by ``now``; positions count from 1."""
    if now <= pace.opens_at:
        return 0
    return pace.per_second * _micros(now - pace.opens_at) // _SECOND


def turn_of(pace: Pace, position: int) -> datetime:
    """The first moment at which :func:`let_in` reaches ``position``."""
    return pace.opens_at + timedelta(microseconds=-(-position * _SECOND // pace.per_second))


def place(pace: Pace, position: int, now: datetime) -> Place:
    turn = turn_of(pace, position)
    until = min(turn + pace.window, pace.closes_at)
    if now >= pace.closes_at:
        phase = Phase.OVER
    elif now < turn:
        phase = Phase.WAITING
    else:
        phase = Phase.YOUR_TURN if now < until else Phase.PASSED
    ahead = max(0, position - 1 - let_in(pace, now)) if phase == Phase.WAITING else 0
    return Place(position, ahead, turn, until, phase)


def may_book(pace: Pace, position: int | None, now: datetime) -> bool:
    """Whether somebody at ``position`` (None: not in the queue) may book a place of this rush now."""
    if now >= pace.closes_at:
        return True
    return position is not None and place(pace, position, now).phase == Phase.YOUR_TURN


def _micros(span: timedelta) -> int:
    return span // timedelta(microseconds=1)
