"""Blocks online booking after too many no-shows, by the rule of the hall or else the city. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

APPEAL_DAYS = 30
MAX_CHANGES = 3
REMIND_HOURS = 24


@dataclass(frozen=True, slots=True)
class MissRule:
    misses: int
    within_days: int
    blocked_days: int


@dataclass(frozen=True, slots=True)
class Standing:
    """``blocked_until`` is None when the person may book online; ``counted`` misses weigh now."""

    counted: int
    blocked_until: datetime | None


def standing(rule: MissRule | None, misses: Sequence[datetime], now: datetime) -> Standing:
    """``misses``: when the person did not come, excused ones left out, in any order.

    The block begins with the miss that fills the measure and lasts ``blocked_days``; misses that are older than the
    window at that moment do not weigh.
    """
    if rule is None:
        return Standing(0, None)
    ordered = sorted(misses)
    window = timedelta(days=rule.within_days)
    counted = sum(now - window < at <= now for at in ordered)
    blocked_until = None
    for index in range(rule.misses - 1, len(ordered)):
        if ordered[index] - ordered[index - rule.misses + 1] < window:
            end = ordered[index] + timedelta(days=rule.blocked_days)
            blocked_until = end if end > now else None
    return Standing(counted, blocked_until)


def may_appeal(at: datetime, now: datetime) -> bool:
    """An appeal is heard within 30 days."""
    return now <= at + timedelta(days=APPEAL_DAYS)
