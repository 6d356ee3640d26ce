"""Reads of citizens and sessions."""

import hashlib
from collections.abc import Callable

from django.db.models import Q, QuerySet

from zhijian.audit.actions import record_refusal
from zhijian.core.clock import now
from zhijian.core.crypto import blind_index
from zhijian.identity import errors
from zhijian.identity.models import Citizen, Delegation, Session

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


def delegations(citizen: Citizen) -> QuerySet[Delegation]:
    """Open delegations in both directions: agreed ones, and requests that may still be answered. Newest first."""
    live = Q(agreed_at__isnull=False) | Q(asked_at__gt=now() - Delegation.LIFETIME)
    return (
        Delegation.objects.filter(live, Q(agent=citizen) | Q(principal=citizen), ended_at=None)
        .select_related("agent", "principal")
        .order_by("-asked_at", "-id")
    )


def delegation_of(citizen: Citizen, public_id: str) -> Delegation:
    """One of the citizen's own, either side. Raises DelegationNotFound; reaching for others' is audited."""
    found = Delegation.objects.select_related("agent", "principal").filter(public_id=public_id).first()
    if found is None:
        raise errors.DelegationNotFound
    if citizen.pk not in (found.agent_id, found.principal_id):
        subject = f"delegation:{found.public_id}"
        raise errors.DelegationNotFound(
            attempt=lambda: record_refusal(citizen.actor, "delegation.foreign", subject=subject)
        )
    return found


def principal_for(agent: Citizen, public_id: str) -> Citizen:
    """Whom ``agent`` acts for by this delegation. Raises DelegationNotFound unless it is agreed and in force."""
    found = delegation_of(agent, public_id)
    if found.agent_id != agent.pk or found.agreed_at is None or found.ended_at is not None:
        raise errors.DelegationNotFound
    return found.principal
