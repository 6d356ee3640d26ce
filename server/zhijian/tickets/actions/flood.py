"""Limits on sending. Counted in the database, one sender at a time, so that many at once gain nothing."""

from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Q

from zhijian.core.clock import now
from zhijian.tickets import errors
from zhijian.tickets.models import Category, Sending
from zhijian.tickets.rules.limits import KEPT, PER_ADDRESS, PER_CATEGORY, PER_SENDER, wait
from zhijian.tickets.senders import Sender

_BATCH = 20_000
# What a statement writes it does not read: the sending that is put down is not among those found.
_COUNTED = """
WITH put AS (
    INSERT INTO tickets_sending (sender, address, category, at)
    VALUES (%(sender)s, %(address)s, %(category)s, %(at)s)
)
SELECT at, sender, address, category FROM tickets_sending
WHERE at <= %(at)s AND (sender = %(sender)s AND at > %(day)s OR address = %(address)s AND at > %(hour)s)
"""


def count(sender: Sender, category: Category) -> None:
    """Put one more sending down, in the transaction of a caller that holds the sender's lock.

    Raises SentTooOften with the seconds to wait; the caller's roll-back then takes the sending away again.
    """
    moment = now()
    asked: dict[str, str | datetime] = {
        "sender": sender.key,
        "address": sender.address,
        "category": category.code,
        "at": moment,
        "day": moment - timedelta(days=1),
        "hour": moment - timedelta(hours=1),
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, asked)
        lately = [(at.timestamp(), *told) for at, *told in cursor.fetchall()]
    own = [at for at, who, _, _ in lately if who == sender.key]
    alike = [at for at, who, _, code in lately if who == sender.key and code == category.code]
    shared = [at for at, _, where, _ in lately if where == sender.address]
    used = [(rate, own) for rate in PER_SENDER]
    used += [(rate, alike) for rate in PER_CATEGORY] + [(rate, shared) for rate in PER_ADDRESS]
    if seconds := wait(used, moment.timestamp()):
        raise errors.SentTooOften(retry_after=seconds)


def forget() -> int:
    """Delete what no limit looks at any more; returns how many."""
    old = Sending.objects.filter(Q(at__lt=now() - KEPT)).values("pk")[:_BATCH]
    return Sending.objects.filter(pk__in=old).delete()[0]
