"""What is computed from working days, told by the domains that store it: what a changed year would move, and its moving.

A domain registers one dependant in its ``calendar_dependant`` room, which is loaded at start. So this domain knows
none of them, and a test finds a stored date that nobody registered.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from zhijian.core.workdays import Workdays


@dataclass(frozen=True, slots=True)
class Change:
    """A calendar before and after. ``first``: before this day nothing differs. ``reason`` is told to people."""

    before: Workdays
    after: Workdays
    first: date
    reason: str


@dataclass(frozen=True, slots=True)
class Shift:
    """One thing that moves, without a person's name: who replaces a year handles no business.

    ``before`` or ``after`` None: there is no date, because the calendar lacks the year. ``note`` says what no two
    dates say; ``runs``: a date that has passed is an overdue one.
    """

    subject: str
    what: str
    before: datetime | None = None
    after: datetime | None = None
    note: str = ""
    runs: bool = True


@dataclass(frozen=True, slots=True)
class Survey:
    """``keys`` are what ``move`` is called with, one after the other."""

    shifts: Sequence[Shift] = ()
    keys: Sequence[str] = field(default=())


def _reaches_nothing(staff: Any, years: frozenset[int]) -> int:
    return 0


@dataclass(frozen=True, slots=True)
class Dependant:
    """``fields`` are "app.Model.field". ``move`` recomputes one, in a transaction of its own and however often it is
    called; it leaves alone what has been decided meanwhile. ``reaching`` counts what of a person's work, or with None
    of anybody's, ends in one of these years or waits for one."""

    key: str
    label: str
    order: int
    fields: tuple[str, ...]
    survey: Callable[[Change], Survey]
    move: Callable[[Change, str], None]
    reaching: Callable[[Any, frozenset[int]], int] = _reaches_nothing


_registered: dict[str, Dependant] = {}


def register(dependant: Dependant) -> None:
    _registered[dependant.key] = dependant


def all_dependants() -> list[Dependant]:
    return sorted(_registered.values(), key=lambda one: one.order)
