"""The indicators of tickets: 响应率 解决率 满意率 重开率, as whole per cent. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Counts:
    """Tickets of a period, never persons. ``asked_resolved``: called back with an opinion on it; ``asked_satisfied``:
    rated, and the rating counts."""

    received: int = 0
    open: int = 0
    overdue: int = 0
    due_for_contact: int = 0
    contacted_in_time: int = 0
    answered: int = 0
    ever_answered: int = 0
    answered_in_time: int = 0
    closed: int = 0
    asked_resolved: int = 0
    resolved: int = 0
    asked_satisfied: int = 0
    satisfied: int = 0
    reopened: int = 0


def share(part: int, whole: int) -> float | None:
    """Per cent with one decimal; None when there is nothing to divide by."""
    return round(100 * part / whole, 1) if whole else None


@dataclass(frozen=True, slots=True)
class Rates:
    response: float | None
    in_time: float | None
    resolution: float | None
    satisfaction: float | None
    reopening: float | None


def rates(counts: Counts) -> Rates:
    """响应率: contacted in time / due for contact. 按时办结率: answered in time / answered. 解决率: of those
    called back. 满意率: of those rated. 重开率: reopened / all that were ever answered."""
    return Rates(
        response=share(counts.contacted_in_time, counts.due_for_contact),
        in_time=share(counts.answered_in_time, counts.answered),
        resolution=share(counts.resolved, counts.asked_resolved),
        satisfaction=share(counts.satisfied, counts.asked_satisfied),
        reopening=share(counts.reopened, counts.ever_answered),
    )
