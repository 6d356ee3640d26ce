"""Where somebody goes whose slot the hall takes away. Pure.

Nobody is moved by more than :data:`REACH`, and nobody is called earlier than they booked on less than
:data:`NOTICE`: they may not hear of it in time.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from zhijian.appointments.rules.states import part_of
from zhijian.core.zone import CHINA

REACH = timedelta(days=7)
NOTICE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Place:
    """A slot as seen by somebody who looks for another."""

    slot: int
    hall: int
    group: int
    starts_at: datetime


def in_order(places: Iterable[Place], *, lost: Place, now: datetime) -> list[Place]:
    """Suitable places, the best first: the same group before another of the hall before another hall; then the
    nearest day, on it the same half of the day, then the nearest time, rather later than earlier."""
    return sorted(
        (place for place in places if _suits(place, lost, now)), key=lambda place: _distance(place, lost)
    )


def _suits(place: Place, lost: Place, now: datetime) -> bool:
    if place.slot == lost.slot or place.starts_at <= now:
        return False
    if abs(_day(place) - _day(lost)) > REACH:
        return False
    return place.starts_at >= lost.starts_at or place.starts_at - now >= NOTICE


def _distance(place: Place, lost: Place) -> tuple[int, int, bool, float, bool, int]:
    return (
        0 if place.group == lost.group else 1 if place.hall == lost.hall else 2,
        abs((_day(place) - _day(lost)).days),
        _half(place) != _half(lost),
        abs((place.starts_at - lost.starts_at).total_seconds()),
        place.starts_at < lost.starts_at,
        place.slot,
    )


def _day(place: Place) -> datetime:
    return place.starts_at.astimezone(CHINA).replace(hour=0, minute=0, second=0, microsecond=0)


def _half(place: Place) -> str:
    return part_of(place.starts_at.astimezone(CHINA).hour)
