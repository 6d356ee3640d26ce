"""Moving all that is sealed to the newest data key, and letting older keys go.

The first bytes of a value name its key, so nothing is remembered beside the data: a run that was interrupted goes on
with what is still under another key, and people work on meanwhile. Values are moved as they are, without models: no
clock, version or history of a row changes.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.db import OperationalError, connection, transaction
from psycopg import sql
from psycopg.errors import LockNotAvailable

from zhijian.core import crypto, locks
from zhijian.core.clock import now
from zhijian.core.errors import OperatorNeeded
from zhijian.core.fields import Encrypted
from zhijian.core.files import sealed
from zhijian.core.files.errors import FileMissing
from zhijian.core.files.models import StoredFile
from zhijian.core.files.store import store
from zhijian.core.installation import confirmed_keyring, encrypted_columns, names_of
from zhijian.core.locks import Lock
from zhijian.core.models import Installation

BATCH = 500
SETTLED = timedelta(hours=24)  # longer than any transaction that began under the former key
FILES, ASIDE = "文件", "移开的文件"
_PASSES = 5
_BUSY = sql.SQL("SET LOCAL lock_timeout = '2s'")
_GUARDED = "SELECT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal)"

Tell = Callable[[str, int], None]
"""Is told the place and how many values of it were moved so far."""


class StillNeeded(OperatorNeeded):
    """``reasons`` are Chinese sentences about keys that cannot go yet."""

    code = "keys.still_needed"
    title = "旧密钥还不能删除"

    def __init__(self, reasons: list[str]) -> None:
        super().__init__()
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class Table:
    """The encrypted columns of one table."""

    name: str
    pk: str
    columns: list[Encrypted]

    def of(self, text: str, **parts: sql.Composable) -> sql.Composed:
        return sql.SQL(text).format(table=sql.Identifier(self.name), pk=sql.Identifier(self.pk), **parts)

    @property
    def stale(self) -> sql.Composable:
        """Rows with a value under another key than the one whose header is given as ``header``."""
        each = "substring({0} FROM 1 FOR 3) <> %(header)s"
        return sql.SQL(" OR ").join(
            sql.SQL(each).format(sql.Identifier(str(one.column))) for one in self.columns
        )


def tables() -> list[Table]:
    rows = sorted(((*names_of(field)[1:], field) for field in encrypted_columns()), key=lambda row: row[:2])
    return [
        Table(name, pk, [row[2] for row in own]) for (name, pk), own in groupby(rows, lambda row: row[:2])
    ]


def new_key(algorithm: str = "") -> int:
    """Add a data key under which everything is sealed from now on, by all processes; returns its id."""
    with locks.session(Lock.INSTALLATION):
        ring = crypto.keyring()
        key_id = ring.rotate(algorithm)
    confirmed_keyring()  # writes it down beside the others
    return key_id


def counts() -> dict[str, Counter[int | None]]:
    """How many values lie under which key, by place: tables, files, files laid aside."""
    found = {table.name: _count(table) for table in tables()}
    found[FILES] = Counter(key for blob_key in _blobs() for key in _keys_of(blob_key))
    found[ASIDE] = Counter(key for one in store().aside() for key in sealed.data_keys(store().get_aside(one)))
    return found


def _count(table: Table) -> Counter[int | None]:
    total: Counter[int | None] = Counter()
    with connection.cursor() as cursor:
        for field in table.columns:
            column = sql.Identifier(str(field.column))
            query = "SELECT substring({column} FROM 1 FOR 3), count(*) FROM {table} WHERE {column} IS NOT NULL GROUP BY 1"
            cursor.execute(table.of(query, column=column))
            total.update({crypto.key_of(bytes(head)): count for head, count in cursor.fetchall()})
    return total


def reseal(tell: Tell) -> int:
    """Move everything that lies under an older key to the newest; returns how many values would not open.

    Rows that others work on at the moment are left for a later pass.
    """
    broken = sum(_reseal_table(table, tell) for table in tables())
    return broken + _reseal_files(tell)


def _reseal_table(table: Table, tell: Tell) -> int:
    moved, broken = 0, dict[Any, int]()
    for _ in range(_PASSES):
        last: Any = None
        while rows := _batch(table, last):
            last = rows[-1][0]
            moved += len(rows)
            broken |= {pk: faults for pk, faults in rows if faults}
            tell(table.name, moved - len(broken))
        if _stale(table) <= len(broken):
            break
        time.sleep(1)  # of whoever holds the rest
    return sum(broken.values())


def _stale(table: Table) -> int:
    with connection.cursor() as cursor:
        query = table.of("SELECT count(*) FROM {table} WHERE {stale}", stale=table.stale)
        cursor.execute(query, {"header": _header()})
        return int(cursor.fetchone()[0])


def _batch(table: Table, after: Any) -> list[tuple[Any, int]]:
    """Move the next rows; their primary keys, and how many of their values do not open. None of a table that is busy."""
    try:
        return _move(table, after)
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable):
            return []
        raise


def _move(table: Table, after: Any) -> list[tuple[Any, int]]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_BUSY)
        cursor.execute(_GUARDED, [table.name])
        guarded = cursor.fetchone()[0]
        if (
            guarded
        ):  # tables that only grow refuse any change; their writers wait for the batch, readers do not
            cursor.execute(table.of("ALTER TABLE {table} DISABLE TRIGGER USER"))
        columns = sql.SQL(", ").join(sql.Identifier(str(one.column)) for one in table.columns)
        further = (
            sql.SQL("{} > %(after)s AND").format(sql.Identifier(table.pk))
            if after is not None
            else sql.SQL("")
        )
        cursor.execute(
            table.of(
                "SELECT {pk}, {columns} FROM {table} WHERE {further} ({stale})"
                " ORDER BY {pk} LIMIT %(batch)s FOR NO KEY UPDATE SKIP LOCKED",
                columns=columns,
                further=further,
                stale=table.stale,
            ),
            {"after": after, "header": _header(), "batch": BATCH},
        )
        rows = [_moved(table, row) for row in cursor.fetchall()]
        places = sql.SQL(", ").join(
            sql.SQL("{} = %s").format(sql.Identifier(str(one.column))) for one in table.columns
        )
        update = table.of("UPDATE {table} SET {places} WHERE {pk} = %s", places=places)
        cursor.executemany(update, [[*values, pk] for pk, values, _ in rows])
        if guarded:
            cursor.execute(table.of("ALTER TABLE {table} ENABLE TRIGGER USER"))
        return [(pk, faults) for pk, _, faults in rows]


def _moved(table: Table, row: tuple[Any, ...]) -> tuple[Any, list[bytes | None], int]:
    pk, *found = row
    values: list[bytes | None] = []
    faults = 0
    for field, value in zip(table.columns, found, strict=True):
        sealed_value = None if value is None else bytes(value)
        if sealed_value is not None and sealed_value[:3] != _header():
            try:
                sealed_value = crypto.encrypt(crypto.decrypt(sealed_value, field.context()), field.context())
            except crypto.Undecryptable:
                faults += 1  # what does not open stays as it is
        values.append(sealed_value)
    return pk, values, faults


def _header() -> bytes:
    return crypto.header_of(crypto.keyring().active)


def _blobs() -> Iterator[str]:
    for pair in StoredFile.objects.order_by("pk").values_list("key", "preview_key").iterator():
        yield from (key for key in pair if key)


def _keys_of(key: str) -> set[int | None]:
    try:
        return sealed.data_keys(store().get(key))
    except FileMissing:
        return set()  # lost already: no key brings it back


def _reseal_files(tell: Tell) -> int:
    moved = broken = 0
    for key in _blobs():
        if _keys_of(key) <= {crypto.keyring().active}:
            continue
        try:
            sealed.reseal(key)
            moved += 1
            tell(FILES, moved)
        except FileMissing:  # deleted in this moment
            continue
        except crypto.Undecryptable:
            broken += 1
    return broken


def retire() -> list[int]:
    """Remove the keys that nothing lies under any more; returns their ids. Raises StillNeeded."""
    ring = crypto.keyring()
    old = sorted(set(ring.keys.ciphers) - {ring.active})
    reasons = _needed(ring, set(old)) if old else []
    if reasons:
        raise StillNeeded(reasons)
    with locks.session(Lock.INSTALLATION):
        # The record first: a start between the two finds a ring with more keys than the record, which is fine.
        record = Installation.objects.get()
        record.data_keys = {key: value for key, value in record.data_keys.items() if int(key) not in old}
        record.save(update_fields=["data_keys"])
        ring.retire(old)
    return old


def _needed(ring: crypto.Keyring, old: set[int]) -> list[str]:
    ready = datetime.fromisoformat(ring.keys.made[ring.active]) + SETTLED
    if now() < ready:
        return [
            f"新密钥启用不到 24 小时，可能还有用旧密钥的事务没有结束：请在 {ready:%Y-%m-%d %H:%M}（UTC）以后再试"
        ]
    return [
        f"{place} 还有 {total} 处用旧密钥：{HINTS.get(place, HINT)}"
        for place, found in counts().items()
        if (total := sum(count for key, count in found.items() if key != ring.active))
    ]


HINT = "请再运行 manage.py rotate_keys；打不开的内容请先从备份恢复或由系统管理员处理"
HINTS: dict[str, str] = {ASIDE: "夜间清理移开的文件 30 天后才删除，届时再试"}
