"""The register of named advisory locks: one at a time over all processes of a database, until the transaction ends."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum

from django.db import connection


class Lock(IntEnum):
    """What is locked; the number is the lock's name in PostgreSQL and never changes."""

    INSTALLATION = 7_218_000  # the row that says with which keys this database is written
    AUDIT_SEAL = 7_218_001
    PUBLISHED_INDEX = 7_218_002
    CALENDAR = 7_218_003  # shared: dates are being computed and stored; exclusive: a year is being replaced
    PREPARING = 7_218_004  # held by the session, over many transactions
    COMPILATION = 7_218_005  # of two publications, the second one's lists name both
    LOGIN_CODE = 7_218_006  # a telephone or an address
    DELIVERY = 7_218_007  # one person's messages
    TICKET_SENDER = 7_218_008  # one sender, or one text
    WAITING_LINE = 7_218_009  # one counter group


def take(lock: Lock, *keys: object, sharing: Lock | None = None) -> None:
    """Wait for the lock (of these ``keys`` alone, one after the other), and for that which is shared with others, and
    hold them until the transaction ends. One statement."""
    calls = [("pg_advisory_xact_lock", lock, key) for key in keys or ("",)]
    _call(*calls, *([("pg_advisory_xact_lock_shared", sharing, "")] if sharing is not None else []))


def share(lock: Lock) -> None:
    """Hold it together with others who share it, until the transaction ends."""
    _call(("pg_advisory_xact_lock_shared", lock, ""))


@contextmanager
def session(lock: Lock) -> Iterator[None]:
    """Hold it until the block ends, over as many transactions as it takes."""
    _call(("pg_advisory_lock", lock, ""))
    try:
        yield
    finally:
        _call(("pg_advisory_unlock", lock, ""))


def _call(*calls: tuple[str, Lock, object]) -> None:
    # Two keys that share a hash only wait for each other.
    asked = ", ".join(f"{function}(%s, hashtext(%s))" for function, _, _ in calls)
    values = [value for _, lock, key in calls for value in (lock.value, str(key))]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {asked}", values)
