"""Reads of the audit trail, for audit administrators."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from zhijian.audit.models import AuditEntry, AuditSeal
from zhijian.audit.rules import GENESIS, link


@dataclass(frozen=True)
class ChainState:
    """``broken_at`` is the first position that does not verify, None if the chain is whole."""

    sealed: int
    unsealed: int
    broken_at: int | None


def entries(
    *, action: str = "", subject: str = "", actor_key: str = "", outcome: str = ""
) -> QuerySet[AuditEntry]:
    given = {"action": action, "subject": subject, "actor_key": actor_key, "outcome": outcome}
    return AuditEntry.objects.filter(**{name: value for name, value in given.items() if value})


def verify_chain() -> ChainState:
    """Recompute the whole chain: a changed, removed or reordered entry breaks it."""
    previous, position = GENESIS, 0
    for seal in AuditSeal.objects.select_related("entry").order_by("position").iterator(chunk_size=2_000):
        position += 1
        digest = link(previous, entry_id=seal.entry.pk, at=seal.entry.at, fields=content_of(seal.entry))
        if (seal.position, seal.previous, seal.digest) != (position, previous, digest):
            return ChainState(sealed=position - 1, unsealed=_unsealed(), broken_at=position)
        previous = digest
    return ChainState(sealed=position, unsealed=_unsealed(), broken_at=None)


def _unsealed() -> int:
    return AuditEntry.objects.filter(seal=None).count()


def content_of(entry: AuditEntry) -> dict[str, Any]:
    """What the digest covers besides id and time."""
    names = ("actor_kind", "actor_key", "actor_label", "action", "subject", "outcome", "facts")
    return {name: getattr(entry, name) for name in names}
