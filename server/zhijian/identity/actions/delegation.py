"""Acting for another: asked by the one who will act, agreed to by the one who is acted for, ended by either."""

from django.db import transaction

from zhijian.audit.actions import record
from zhijian.core.actor import Actor
from zhijian.core.clock import now
from zhijian.core.errors import FieldError
from zhijian.core.events import emit
from zhijian.identity import errors, queries, rules
from zhijian.identity.events import DelegationAsked
from zhijian.identity.models import Citizen, Delegation

MOST = 10
"""How many people one may act for: a family, not a business."""


@transaction.atomic
def ask_delegation(actor: Actor, *, agent: Citizen, phone: str, relation: str) -> None:
    """Ask the person with this phone. Says nothing of whether they are known here: whoever is, sees the request.

    Raises PhoneWrong, RelationWrong, OwnDelegation, TooManyDelegations.
    """
    number = rules.clean_phone(phone)
    if not number:
        raise errors.PhoneWrong(fields=[FieldError("/phone", "shape", errors.PhoneWrong.title)])
    words = relation.strip()
    if not 1 <= len(words) <= 10:
        raise errors.RelationWrong(fields=[FieldError("/relation", "length", errors.RelationWrong.title)])
    Citizen.objects.select_for_update().get(pk=agent.pk)  # one request of a person at a time
    _forget_unanswered(agent)
    if Delegation.objects.filter(agent=agent, ended_at=None).count() >= MOST:
        raise errors.TooManyDelegations
    principal = queries.citizen_by_phone(number)
    if principal is not None and principal.pk == agent.pk:
        raise errors.OwnDelegation
    record(actor, "delegation.asked", subject=f"citizen:{agent.public_id}")
    if principal is None:
        return
    delegation, created = Delegation.objects.get_or_create(
        agent=agent, principal=principal, ended_at=None, defaults={"asked_at": now(), "relation": words}
    )
    if created:
        emit(DelegationAsked(delegation_id=delegation.public_id))


@transaction.atomic
def agree_delegation(actor: Actor, *, delegation: Delegation) -> Delegation:
    """The principal agrees. Raises DelegationOver when it was ended or lapsed."""
    locked = Delegation.objects.select_for_update().get(pk=delegation.pk)
    if locked.ended_at or (locked.agreed_at is None and locked.asked_at + Delegation.LIFETIME <= now()):
        raise errors.DelegationOver
    if locked.agreed_at is None:
        locked.agreed_at = now()
        locked.save(update_fields=["agreed_at"])
        record(actor, "delegation.agreed", subject=f"delegation:{locked.public_id}")
    return locked


@transaction.atomic
def end_delegation(actor: Actor, *, delegation: Delegation) -> None:
    """Decline, withdraw or end: either side, at any time. Ending again changes nothing."""
    locked = Delegation.objects.select_for_update().get(pk=delegation.pk)
    if locked.ended_at is None:
        locked.ended_at = now()
        locked.save(update_fields=["ended_at"])
        record(actor, "delegation.ended", subject=f"delegation:{locked.public_id}")


def _forget_unanswered(agent: Citizen) -> None:
    Delegation.objects.filter(
        agent=agent, agreed_at=None, ended_at=None, asked_at__lte=now() - Delegation.LIFETIME
    ).update(ended_at=now())
