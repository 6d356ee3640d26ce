"""What this domain asks of a system that owns its times, such as a hospital's registration."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from zhijian.identity.adapters.base import SystemUnavailable

__all__ = ["OutsideSlot", "PlaceTaken", "Source", "SystemUnavailable"]


class PlaceTaken(Exception):
    """The system has no place left at this time, or no longer keeps what it held."""


@dataclass(frozen=True, slots=True)
class OutsideSlot:
    reference: str
    starts_at: datetime
    ends_at: datetime
    free: int


class Source(Protocol):
    """Every method may raise SystemUnavailable; then nothing was done, or asking again does no harm."""

    def slots(self, department: str) -> list[OutsideSlot]:
        """What the department offers in the coming days."""

    def hold(self, slot: str, *, name: str, id_number: str, reference: str) -> str:
        """Keep a place for a while; the order. The same ``reference`` again is the same order. Raises PlaceTaken."""

    def confirm(self, order: str) -> None:
        """Raises PlaceTaken when the order ran out."""

    def cancel(self, order: str) -> None:
        """Give the place back; again does no harm."""
