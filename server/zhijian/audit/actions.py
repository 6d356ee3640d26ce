"""The only writers of the audit trail."""

from collections.abc import Iterable
from functools import partial
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model, QuerySet

from zhijian.audit.models import AuditEntry, AuditSeal
from zhijian.audit.queries import content_of
from zhijian.audit.rules import GENESIS, link
from zhijian.core import locks
from zhijian.core.actor import Actor
from zhijian.core.errors import Problem
from zhijian.core.locks import Lock

M = TypeVar("M", bound=Model)
_BATCH = 5_000


def record(
    actor: Actor, action: str, *, subject: str, facts: dict[str, Any] | None = None, outcome: str = "done"
) -> None:
    """Write one entry in the caller's transaction: it is there if and only if what it tells happened."""
    entry(actor, action, subject=subject, facts=facts, outcome=outcome).save()


def record_all(entries: Iterable[AuditEntry]) -> None:
    """The same for several, in one statement."""
    AuditEntry.objects.bulk_create(entries)


def entry(
    actor: Actor, action: str, *, subject: str, facts: dict[str, Any] | None = None, outcome: str = "done"
) -> AuditEntry:
    """Not written yet."""
    return AuditEntry(
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


def in_scope(rows: QuerySet[M], actor: Actor, public_id: str, *, kind: str, not_found: type[Problem]) -> M:
    """The row among ``rows``, which are those that ``actor`` may see. Raises ``not_found``; the attempt is audited."""
    found = rows.filter(public_id=public_id).first()
    if found is None:
        told = partial(record_refusal, actor, f"{kind}.out_of_scope")
        raise not_found(attempt=partial(told, subject=f"{kind}:{public_id}"[:80]))
    return found


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
