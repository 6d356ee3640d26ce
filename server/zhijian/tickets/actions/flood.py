"""Limits on sending. Counted in the database, one sender at a time, so that many at once gain nothing."""

from datetime import timedelta

from django.db.models import Q

from zhijian.core import locks
from zhijian.core.clock import now
from zhijian.core.locks import Lock
from zhijian.tickets import errors
from zhijian.tickets.models import Category, Sending
from zhijian.tickets.rules.limits import KEPT, PER_ADDRESS, PER_CATEGORY, PER_SENDER, wait
from zhijian.tickets.senders import Sender

_BATCH = 20_000


def count(sender: Sender, category: Category) -> None:
    """Put one more sending down, in the caller's transaction. Raises SentTooOften with the seconds to wait."""
    locks.take(Lock.TICKET_SENDER, f"sender:{sender.key}")
    moment = now()
    lately = Sending.objects.filter(at__gt=moment - timedelta(days=1), at__lte=moment)
    mine = list(lately.filter(sender=sender.key).values_list("at", "category"))
    around = lately.filter(address=sender.address, at__gt=moment - timedelta(hours=1)).values_list(
        "at", flat=True
    )
    own = [at.timestamp() for at, _ in mine]
    alike = [at.timestamp() for at, code in mine if code == category.code]
    shared = [at.timestamp() for at in around]
    used = [(rate, own) for rate in PER_SENDER]
    used += [(rate, alike) for rate in PER_CATEGORY] + [(rate, shared) for rate in PER_ADDRESS]
    if seconds := wait(used, moment.timestamp()):
        raise errors.SentTooOften(retry_after=seconds)
    Sending.objects.create(sender=sender.key, address=sender.address, category=category.code, at=moment)


def forget() -> int:
    """Delete what no limit looks at any more; returns how many."""
    old = Sending.objects.filter(Q(at__lt=now() - KEPT)).values("pk")[:_BATCH]
    return Sending.objects.filter(pk__in=old).delete()[0]
