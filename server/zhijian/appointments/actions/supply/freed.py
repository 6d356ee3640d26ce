"""Places that a manager made: whoever keeps a waiting list hears of them in the same transaction."""

from collections.abc import Callable

from zhijian.appointments.models import Slot

Taker = Callable[[Slot], object]
_takers: list[Taker] = []


def when_freed(taker: Taker) -> Taker:
    """Register what is told of each slot that has free seats again."""
    _takers.append(taker)
    return taker


def offer_freed(slot: Slot) -> None:
    for taker in _takers:
        taker(slot)
