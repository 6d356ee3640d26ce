"""Keeping no longer than needed (PIPL art. 19)."""

from datetime import timedelta

from django.db import transaction

from zhijian.core.clock import now
from zhijian.messaging.models import Message

KEPT = timedelta(days=400)
_BATCH = 5_000


@transaction.atomic
def forget_old() -> int:
    """Empty messages older than 400 days; the rows stay for the figures and the ledger. How many this time."""
    old = Message.objects.filter(created_at__lt=now() - KEPT, deleted_at=None).order_by("created_at")
    keys = list(old.values_list("pk", flat=True)[:_BATCH])
    return Message.objects.filter(pk__in=keys).update(
        deleted_at=now(), title=None, body=None, outside=None, link=""
    )
