"""The only writers of the audit trail."""

from typing import Any

from django.db import transaction

from zhijian.audit.models import AuditEntry, AuditSeal
from zhijian.audit.queries import content_of
from zhijian.audit.rules import GENESIS, link
from zhijian.core import locks
from zhijian.core.actor import Actor
from zhijian.core.locks import Lock

_BATCH = 5_000


def record(
    actor: Actor, action: str, *, subject: str, facts: dict[str, Any] | None = None, outcome: str = "done"
) -> None:
    """Write one entry in the caller's transaction: it is there if and only if what it tells happened."""
    AuditEntry.objects.create(
        actor_kind=actor.kind,
        actor_key=actor.key,
        actor_label=actor.label,
        action=action,
        subject=subject,
        outcome=outcome,
        facts=facts or {},
    )


def record_refusal(actor: Actor, action: str, *, subject: str, facts: dict[str, Any] | None = None) -> None:
    """Write that an attempt was refused. Hand it to a Problem as ``attempt``: it must outlive the roll-back."""
    record(actor, action, subject=subject, facts=facts, outcome="refused")


@transaction.atomic
def seal() -> int:
    """Chain the entries that have no seal yet; returns how many."""
    locks.take(Lock.AUDIT_SEAL)
    last = AuditSeal.objects.order_by("-position").first()
    position, previous = (last.position, last.digest) if last else (0, GENESIS)
    seals = []
    for entry in AuditEntry.objects.filter(seal=None).order_by("id")[:_BATCH]:
        position += 1
        digest = link(previous, entry_id=entry.pk, at=entry.at, fields=content_of(entry))
        seals.append(AuditSeal(position=position, entry=entry, previous=previous, digest=digest))
        previous = digest
    AuditSeal.objects.bulk_create(seals)
    return len(seals)
