"""Work that one person holds 手上的工作, so that nothing stays with somebody who left or lost the post for it.

``organizations`` knows no case and no request: every domain whose work is held by a person registers here, in its
room ``held``, what is held and how it is handed on. The hand-over runs inside the transaction that ends the holder's
right to it, so that at no moment work belongs to nobody who could do it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from zhijian.core.actor import Actor
from zhijian.organizations.models import Staff


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing that is held: its number or name, where it stands, until when. Nothing of the citizen."""

    name: str
    state: str
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """How many were handed to the receiver, and how many went back to where any colleague finds them."""

    given: int = 0
    freed: int = 0


@dataclass(frozen=True, slots=True)
class Kind:
    """One domain's held work. ``hand_on`` moves what ``holder`` may no longer handle, and only that: to ``receiver``
    where they may handle it, else back to the queue."""

    key: str
    label: str
    measure: str
    order: int
    held: Callable[[Staff], Sequence[Piece]]
    hand_on: Callable[[Actor, Staff, Staff | None], Moved]


@dataclass(frozen=True, slots=True)
class Holding:
    """What one person holds of one kind."""

    kind: Kind
    pieces: Sequence[Piece]


kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Once a key: importing a room twice does no harm."""
    kinds[kind.key] = kind


def holdings_of(staff: Staff) -> list[Holding]:
    """Everything that ``staff`` holds, in every domain; kinds without any are left out."""
    ordered = sorted(kinds.values(), key=lambda kind: kind.order)
    found = [Holding(kind, kind.held(staff)) for kind in ordered]
    return [one for one in found if one.pieces]


def hand_on(actor: Actor, holder: Staff, receiver: Staff | None) -> dict[str, Moved]:
    """Move what ``holder`` may no longer handle; by kind, only where something was moved."""
    ordered = sorted(kinds.values(), key=lambda kind: kind.order)
    moved = {kind.key: kind.hand_on(actor, holder, receiver) for kind in ordered}
    return {key: one for key, one in moved.items() if one.given or one.freed}


def still_able(staff: Staff, able: Callable[[Staff], bool]) -> bool:
    """Whether ``staff`` may be given work, asked under a lock for which leaving and losing a post wait.

    Without it, somebody who claims in the moment in which they leave would hold what the leaving did not see.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM organizations_staff WHERE id = %s FOR KEY SHARE", [staff.pk])
    return able(Staff.objects.select_related("department").get(pk=staff.pk))


def words(moved: dict[str, Moved], receiver: Staff | None) -> str:
    """What was moved, in a sentence; empty when nothing was."""
    parts = []
    for key, one in moved.items():
        kind = kinds[key]
        if one.given:
            parts.append(f"{kind.label}{one.given}{kind.measure}交给{receiver}")
        if one.freed:
            parts.append(f"{kind.label}{one.freed}{kind.measure}放回待办")
    return "；".join(parts)
