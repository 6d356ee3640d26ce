"""Which keys and which file store belong to this database.

A database, its keyring and its file store are useless apart and harmful when mixed: rows under a second keyring can
never be opened again, and a sweep that asks the wrong database finds every file unnamed. So the database keeps one row
with the fingerprints of its keys and an id that the file store carries, too. The row is written at the first start;
from then on nothing is made silently, whatever is missing.
"""

import logging
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.db import DatabaseError, connection, transaction
from psycopg import sql

from zhijian.core import locks
from zhijian.core.crypto import (
    Fingerprints,
    Keyring,
    Undecryptable,
    keyring,
    keyring_path,
    new_keyring,
    open_keyring,
)
from zhijian.core.fields import Encrypted
from zhijian.core.key_errors import KeyringForeign, KeyringMissing, KeyringOlder, KeysUnusable, NotMigrated
from zhijian.core.locks import Lock
from zhijian.core.models import Installation

log = logging.getLogger(__name__)
_SAMPLES = 3  # rows of each column at either end
_SAMPLE = sql.SQL("SELECT {0} FROM {1} WHERE {0} IS NOT NULL ORDER BY {2} {way} LIMIT %s")


def confirmed_keyring() -> Keyring:
    """The keyring of this database; made, with its master key, only for a database that holds nothing sealed yet.

    Raises KeysUnusable with words of what to do.
    """
    try:
        record = Installation.objects.first()
    except DatabaseError as error:
        if "core_installation" not in str(error):  # the database is away: not a matter of keys
            raise
        raise NotMigrated() from error
    if record is None or (ring := open_keyring()).fingerprints.data.keys() != record.data_keys.keys():
        return _recorded()
    _compare(ring.fingerprints, record)
    return ring


@transaction.atomic
def _recorded() -> Keyring:
    """Write down the keys of a first start, or those that a rotation has added."""
    lock()
    record = Installation.objects.first()
    if record is None:
        ring = _of_new_database()
        Installation.objects.create(index_key=ring.fingerprints.index, data_keys=dict(ring.fingerprints.data))
        log.info("keys recorded", extra={"keys": sorted(ring.fingerprints.data)})
        return ring
    ring = open_keyring()
    _compare(ring.fingerprints, record)
    record.data_keys = dict(ring.fingerprints.data)
    record.save(update_fields=["data_keys"])
    return ring


def _of_new_database() -> Keyring:
    """The keyring of a database that has none on record: an older version's, or a new one if nothing is sealed yet."""
    path = keyring_path()
    if path.exists():
        ring = open_keyring()
        _prove(ring, path)
        return ring
    if any(values for _, values in _sealed_values(most=1)):
        raise KeyringMissing(path)
    return new_keyring()


def _compare(found: Fingerprints, record: Installation) -> None:
    """Every key on record must be there and equal; a ring with more keys has been rotated and is fine."""
    path = keyring_path()
    if not found.agree(Fingerprints(record.index_key, record.data_keys)):
        raise KeyringForeign(path)
    if record.data_keys.keys() - found.data.keys():
        raise KeyringOlder(path)


def _prove(ring: Keyring, path: Path) -> None:
    """Let values that are there already tell whether the ring is theirs. Raises KeyringForeign if none opens."""
    opened = failed = 0
    for context, values in _sealed_values(most=_SAMPLES):
        for value in values:
            try:
                ring.decrypt(value, context)
                opened += 1
            except Undecryptable:
                failed += 1
    if failed and not opened:
        raise KeyringForeign(path)
    if failed:
        log.error("some sealed values do not open", extra={"opened": opened, "failed": failed})


def _sealed_values(*, most: int) -> Iterator[tuple[str, list[bytes]]]:
    """Context and a few of the oldest and newest values of every encrypted column."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for field in encrypted_columns():
            if field.model._meta.db_table not in tables:
                continue
            for way in ("ASC", "DESC"):
                cursor.execute(
                    _SAMPLE.format(*map(sql.Identifier, names_of(field)), way=sql.SQL(way)), [most]
                )
                yield field.context(), [bytes(row[0]) for row in cursor.fetchall()]


def names_of(field: Encrypted) -> tuple[str, str, str]:
    """Of its column, table and primary key."""
    meta = field.model._meta
    return str(field.column), meta.db_table, str(meta.pk.column)


def encrypted_columns() -> list[Encrypted]:
    fields = [field for model in apps.get_models() for field in model._meta.local_concrete_fields]
    return [field for field in fields if isinstance(field, Encrypted)]


def lock() -> None:
    """One process at a time writes the installation's row, until its transaction ends."""
    locks.take(Lock.INSTALLATION)


def installation() -> Installation:
    """The row of this database. Raises KeysUnusable."""
    if (found := Installation.objects.first()) is None:
        confirmed_keyring()
        found = Installation.objects.get()
    return found


def keys_are_right() -> bool:
    """Asked by health checks: whether the keys on the disk and in this process are the ones on record.

    The file is read anew each time: it says whether the next start would succeed.
    """
    try:
        record = installation()
        _compare(open_keyring().fingerprints, record)
        return keyring().fingerprints.index == record.index_key
    except KeysUnusable:
        return False
