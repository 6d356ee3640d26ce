"""How much waits 待办数. Nobody works by the exact length of a queue of thousands: counting stops at a limit, so that
a figure costs the same however much waits beyond it."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

#: The largest figure that is told exactly.
MOST = 999
K = TypeVar("K")
#: A list is one that a query alone cannot tell.
Rows = QuerySet[Any] | list[Any]


def up_to_limit(asked: Mapping[K, Rows]) -> dict[K, int]:
    """The length of each, in one statement, or none where nothing can be found; beyond MOST it is MOST + 1."""
    found: dict[K, int] = {}
    parts: dict[K, str] = {}
    values: list[Any] = []
    for key, rows in asked.items():
        found[key] = len(rows) if isinstance(rows, list) else 0
        if isinstance(rows, list):
            continue
        try:
            sql, given = rows.order_by().values("pk")[: MOST + 1].query.sql_with_params()
        except EmptyResultSet:
            continue
        parts[key] = f"(SELECT count(*) FROM ({sql}) AS counted)"  # noqa: S608 - compiled by Django
        values += given
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(parts.values())}", values)
            found |= zip(parts, cursor.fetchone(), strict=True)
    return found


def words(count: int) -> str:
    """``999+`` for what was not counted to its end."""
    return f"{MOST}+" if count > MOST else str(count)
