"""Looks for clear personal data in everything the database holds."""

from collections.abc import Iterable

from django.db import connection


def tables_with(values: Iterable[str]) -> set[str]:
    """ "table" for each table of which any row, as text and with its bytes decoded, holds any of ``values``."""
    wanted = [value for value in values if value]
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # the names are the database's own
            text = " ".join(_text(value) for row in cursor.fetchall() for value in row)
            if any(value in text for value in wanted):
                found.add(table)
    return found


def _text(value: object) -> str:
    if isinstance(value, memoryview | bytes):
        return bytes(value).decode("utf-8", errors="replace")
    return str(value)
