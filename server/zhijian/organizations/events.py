"""What happened here, for those above."""

from dataclasses import dataclass

from zhijian.core.events import Event


@dataclass(frozen=True, slots=True)
class PostGranted(Event):
    staff_id: int
    post: str


@dataclass(frozen=True, slots=True)
class PostRevoked(Event):
    staff_id: int
    post: str


@dataclass(frozen=True, slots=True)
class HallChanged(Event):
    """A published document of the hall must be made anew."""

    hall_code: str


@dataclass(frozen=True, slots=True)
class OrganizationsLoaded(Event):
    """Many regions, departments or halls changed at once."""

    halls: int
