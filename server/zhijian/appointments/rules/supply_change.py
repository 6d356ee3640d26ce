"""What has to be done to the slots when a plan changes. Pure.

Seats that a manager added to or took from one slot by hand stay added or taken: what changes is the difference
between the plan before and the plan after.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from zhijian.appointments.rules.supply import NO_SEATS, PlannedSlot, Seats


@dataclass(frozen=True, slots=True)
class ExistingSlot:
    """A slot as it is; ``seats`` counts all its seats, taken or not."""

    id: int
    starts_at: datetime
    ends_at: datetime
    opens_at: datetime
    closes_at: datetime
    closed: bool
    seats: Seats


@dataclass(frozen=True, slots=True)
class Step:
    """One slot's change. Without ``existing`` it is made as planned; without ``planned`` it is no longer offered."""

    existing: ExistingSlot | None
    planned: PlannedSlot | None
    change: Seats = NO_SEATS

    @property
    def starts_at(self) -> datetime:
        slot = self.existing or self.planned
        assert slot is not None
        return slot.starts_at

    @property
    def closed_after(self) -> bool:
        return self.planned is None or self.planned.closed

    @property
    def opens(self) -> bool:
        """Nobody could book it before, and now they can."""
        return not self.closed_after and (self.existing is None or self.existing.closed)

    @property
    def closes(self) -> bool:
        return self.existing is not None and not self.existing.closed and self.closed_after

    @property
    def retimed(self) -> bool:
        """Its end, or when it can be booked, changes."""
        if self.existing is None or self.planned is None:
            return False
        now, then = self.existing, self.planned
        return (now.ends_at, now.opens_at, now.closes_at) != (then.ends_at, then.opens_at, then.closes_at)

    @property
    def seats_after(self) -> Seats:
        if self.existing is None:
            return self.planned.seats if self.planned else NO_SEATS
        return plus(self.existing.seats, self.change)

    @property
    def gained(self) -> int:
        """Seats that can be booked afterwards and could not before."""
        if self.opens:
            return sum(self.seats_after)
        return 0 if self.closed_after else sum(count for count in self.change if count > 0)

    @property
    def lost(self) -> int:
        """Seats that could be booked before and cannot afterwards."""
        if self.closes:
            return sum(self.existing.seats) if self.existing else 0
        return 0 if self.opens or self.closed_after else -sum(count for count in self.change if count < 0)


def plus(one: Seats, other: Seats) -> Seats:
    a, b, c, d = (x + y for x, y in zip(one, other, strict=True))
    return a, b, c, d


def steps(
    before: Mapping[datetime, PlannedSlot],
    after: Mapping[datetime, PlannedSlot],
    existing: Mapping[datetime, ExistingSlot],
) -> list[Step]:
    """What leads from the slots that there are to those that ``after`` asks for, in the order of time.

    Existing slots that neither plan knows are not this plan's business.
    """
    found = []
    for start in sorted(before.keys() | after.keys()):
        slot, planned = existing.get(start), after.get(start)
        if slot is None:
            step = Step(None, planned)
            needed = planned is not None
        else:
            step = Step(slot, planned, _change(slot, before.get(start), planned))
            needed = step.opens or step.closes or step.retimed or any(step.change)
        if needed:
            found.append(step)
    return found


def _change(slot: ExistingSlot, before: PlannedSlot | None, after: PlannedSlot | None) -> Seats:
    if after is None:
        return NO_SEATS
    # A slot that comes back has what the plan says; one that stays keeps what was done to it by hand.
    base = before.seats if before is not None else slot.seats
    a, b, c, d = (max(-have, new - old) for have, old, new in zip(slot.seats, base, after.seats, strict=True))
    return a, b, c, d


def gained(found: Iterable[Step]) -> int:
    return sum(step.gained for step in found)


def lost(found: Iterable[Step]) -> int:
    return sum(step.lost for step in found)
