"""What happened here, for those above."""

from dataclasses import dataclass

from zhijian.core.events import Event


@dataclass(frozen=True, slots=True)
class CitizenRegistered(Event):
    citizen_id: int


@dataclass(frozen=True, slots=True)
class RealNameConfirmed(Event):
    citizen_id: int


@dataclass(frozen=True, slots=True)
class DelegationAsked(Event):
    """Somebody asks to act for another; the public id."""

    delegation_id: str
