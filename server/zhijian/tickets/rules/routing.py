"""Which department a ticket goes to: an ordered table, the first matching rule wins. Pure, total, deterministic."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True, slots=True)
class Rule:
    """Empty lists match everything. ``starts`` to ``ends`` is a time of day; a span over midnight is written
    with ``ends`` before ``starts``. ``auto`` sends at once, otherwise the dispatcher decides."""

    position: int
    department: str
    kinds: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    starts: time | None = None
    ends: time | None = None
    working: bool | None = None
    auto: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """What is to be routed. ``categories`` and ``regions``: its own code and those above it."""

    kind: str
    categories: tuple[str, ...]
    regions: tuple[str, ...]
    at: time
    working: bool


@dataclass(frozen=True, slots=True)
class Route:
    """``position`` of the rule that matched; None for the fallback, which is never automatic."""

    department: str
    position: int | None
    auto: bool


def route(rules: Iterable[Rule], subject: Subject, *, known: Collection[str], fallback: str) -> Route:
    """Always an answer, and always a department of ``known`` or ``fallback``."""
    for rule in sorted(rules, key=lambda one: one.position):
        if rule.department in known and matches(rule, subject):
            return Route(rule.department, rule.position, rule.auto)
    return Route(fallback, None, auto=False)


def matches(rule: Rule, subject: Subject) -> bool:
    return (
        _any(rule.kinds, (subject.kind,))
        and _any(rule.categories, subject.categories)
        and _any(rule.regions, subject.regions)
        and (rule.working is None or rule.working == subject.working)
        and _within(rule, subject.at)
    )


def _any(wanted: Sequence[str], given: Sequence[str]) -> bool:
    return not wanted or bool(set(wanted) & set(given))


def _within(rule: Rule, at: time) -> bool:
    if rule.starts is None or rule.ends is None:
        return True
    if rule.starts <= rule.ends:
        return rule.starts <= at < rule.ends
    return at >= rule.starts or at < rule.ends
