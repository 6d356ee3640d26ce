"""No outside system is waited for while a transaction is open: its locked rows would wait as well."""

import logging

from django.conf import settings
from django.db import connection

log = logging.getLogger(__name__)


class CalledInTransaction(RuntimeError):
    """A mistake of ours, not of the outside system: ask first, then lock and write."""


def refuse_in_transaction(system: str) -> None:
    """Raises CalledInTransaction in development and tests. In a running city the call goes out, and the log says so:
    people are served, only more slowly."""
    blocks = connection.atomic_blocks
    if not blocks or getattr(
        blocks[-1], "_from_testcase", False
    ):  # that of a test around everything holds nobody up
        return
    if settings.OUTBOUND_STRICT:
        raise CalledInTransaction(system)
    log.error("outside system called within a transaction", extra={"system": system})
