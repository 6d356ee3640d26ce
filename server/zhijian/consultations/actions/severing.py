"""Delete what links participants to their answers."""

import hashlib

from django.db import transaction

from zhijian.audit.actions import record
from zhijian.consultations.actions.turn import subject
from zhijian.consultations.models import Answer, Consultation, Contact, Participation
from zhijian.core.actor import Actor
from zhijian.core.clock import now


def sever(actor: Actor, row: Consultation) -> None:
    """Remove handles and participation records for ever; the caller saves ``row``.

    The digest in the audit chain covers all answers as they stand: a later change to any of them shows.
    """
    digest, count = digest_of(row)
    Answer.objects.filter(consultation=row).update(handle=None)
    Participation.objects.filter(consultation=row).delete()
    row.severed_at = now()
    record(actor, "consultation.severed", subject=subject(row), facts={"answers": count, "digest": digest})


def digest_of(row: Consultation) -> tuple[str, int]:
    """SHA-256 over every answer's key and choices, and how many there are."""
    digest, count = hashlib.sha256(), 0
    rows = Answer.objects.filter(consultation=row).order_by("id").values_list("id", "values")
    for key, values in rows.iterator(chunk_size=2_000):
        digest.update(f"{key} {sorted(values.items())!r}\n".encode())
        count += 1
    return digest.hexdigest(), count


@transaction.atomic
def forget_contacts(actor: Actor, *, consultation: Consultation) -> int:
    """Delete who wanted to be told; returns how many. Messaging calls this once they have been told."""
    count, _ = Contact.objects.filter(consultation=consultation).delete()
    if count:
        record(
            actor, "consultation.contacts_forgotten", subject=subject(consultation), facts={"count": count}
        )
    return count
