"""Whether a rating is still what was given: its digest lies in the audit chain."""

import json

from zhijian.audit.models import AuditEntry
from zhijian.core.crypto import keyed_digest
from zhijian.ratings.models import Rating


def digest_of(rating: Rating) -> str:
    """HMAC-SM3 over all that the person said and whom it is about."""
    content = {
        "id": rating.public_id,
        "kind": rating.kind,
        "reference": rating.reference,
        "department": rating.department_id,
        "stars": rating.stars,
        "tags": list(rating.tags),
        "dimensions": dict(rating.dimensions),
        "comment": rating.comment,
    }
    return keyed_digest("ratings.digest", json.dumps(content, sort_keys=True, ensure_ascii=False).encode())


def untouched(rating: Rating) -> bool:
    """False if the row differs from what the audit trail has, or the trail has nothing of it."""
    found = AuditEntry.objects.filter(
        action="rating.given", subject=f"{rating.kind}:{rating.reference}", outcome="done"
    ).first()
    return found is not None and found.facts.get("digest") == digest_of(rating)
