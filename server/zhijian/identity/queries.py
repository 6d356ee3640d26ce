"""Reads of citizens and sessions."""

import hashlib
from collections.abc import Callable

from django.db.models import QuerySet

from zhijian.core.clock import now
from zhijian.core.crypto import blind_index
from zhijian.identity.models import Citizen, Session

SavedMaterials = Callable[[Citizen], int]
_saved_materials: list[SavedMaterials] = []


def token_hash(token: str) -> str:
    """What is kept of a bearer token. It is random, so a plain hash cannot be guessed back."""
    return hashlib.sha256(token.encode()).hexdigest()


def session_of(token: str) -> Session | None:
    """The session of a bearer token, whatever its state, with its citizen. One statement."""
    return Session.objects.select_related("citizen").filter(token_hash=token_hash(token)).first()


def open_sessions(citizen: Citizen) -> QuerySet[Session]:
    """Devices logged in now, last used first."""
    return citizen.sessions.filter(ended_at=None, expires_at__gt=now()).order_by("-last_seen_at", "-id")


def citizen_by_phone(phone: str) -> Citizen | None:
    return Citizen.objects.filter(phone_index=blind_index("phone", phone)).first()


def counts_saved_materials(counter: SavedMaterials) -> SavedMaterials:
    """For domains above that hold materials a citizen can use again: register what they count."""
    _saved_materials.append(counter)
    return counter


def saved_materials(citizen: Citizen) -> int:
    """How many materials this citizen will not be asked for again."""
    return sum(counter(citizen) for counter in _saved_materials)
