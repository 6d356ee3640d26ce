"""Whom a counter calls next, and how long somebody still waits. Pure, and the same for the same facts.

Within a kind the elderly and disabled go ahead of everybody who became due up to ``AHEAD`` before them: a head start
and not a wall, so that a stream of priority tickets starves nobody.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from zhijian.appointments.rules.states import VisitKind

AHEAD = timedelta(minutes=30)
ENOUGH = 3
"""From so many served people on, their mean tells more than the group's own estimate."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A ticket in the line; its turn has come once ``due_at`` has passed."""

    id: int
    kind: str
    priority: bool
    due_at: datetime
    sequence: int

    @property
    def rank(self) -> tuple[datetime, int, int]:
        return (self.due_at - AHEAD if self.priority else self.due_at, self.sequence, self.id)


@dataclass(frozen=True, slots=True)
class Run:
    """Calls of each kind since the mix last began anew."""

    booked: int = 0
    walk_in: int = 0


@dataclass(frozen=True, slots=True)
class Mix:
    """While both kinds wait: ``booked`` of the one, then ``walk_in`` of the other. Both at least 1."""

    booked: int
    walk_in: int


def line(waiting: Iterable[Waiting], run: Run, mix: Mix, now: datetime) -> Iterator[tuple[Waiting, Run]]:
    """Everybody in the order of being called at ``now``, each with the run after their call.

    Who is due comes first. Who came early is called when nobody due waits: a free counter helps them sooner.
    """
    ordered = sorted(waiting, key=lambda one: one.rank)
    due = [one for one in ordered if one.due_at <= now]
    booked = deque(one for one in due if one.kind == VisitKind.BOOKED)
    walk_in = deque(one for one in due if one.kind != VisitKind.BOOKED)
    while booked or walk_in:
        kind, run = _turn(bool(booked), bool(walk_in), run, mix)
        yield (booked if kind == VisitKind.BOOKED else walk_in).popleft(), run
    for one in ordered:
        if one.due_at > now:
            yield one, Run()


def _turn(booked: bool, walk_in: bool, run: Run, mix: Mix) -> tuple[VisitKind, Run]:
    """Which kind is called. Alone, a kind uses up no share: the mix begins anew when the other comes."""
    if not (booked and walk_in):
        return (VisitKind.BOOKED if booked else VisitKind.WALK_IN), Run()
    if run.booked >= mix.booked and run.walk_in >= mix.walk_in:
        run = Run()
    if run.booked < mix.booked:
        return VisitKind.BOOKED, Run(run.booked + 1, run.walk_in)
    return VisitKind.WALK_IN, Run(run.booked, run.walk_in + 1)


def choose_next(waiting: Iterable[Waiting], run: Run, mix: Mix, now: datetime) -> tuple[Waiting, Run] | None:
    """Who is called next, and the run after it; None when nobody waits."""
    return next(line(waiting, run, mix, now), None)


def position(waiting: Iterable[Waiting], run: Run, mix: Mix, now: datetime, *, of: int) -> int | None:
    """How many are called before the ticket ``of``; None when it isn't waiting."""
    for ahead, (one, _) in enumerate(line(waiting, run, mix, now)):
        if one.id == of:
            return ahead
    return None


def service_minutes(served: int, mean: timedelta | None, fallback: int) -> float:
    """Minutes that one person takes: the mean of those served lately, or the group's estimate while they are few."""
    return mean.total_seconds() / 60 if mean is not None and served >= ENOUGH else float(fallback)


def estimate(ahead: int, counters: int, minutes_each: float, *, until_due: timedelta) -> int | None:
    """Whole minutes until the call, never less than until the ticket is due; None while no counter is open."""
    if counters < 1:
        return None
    return max(ceil(ahead / counters * minutes_each), ceil(max(until_due, timedelta()).total_seconds() / 60))
