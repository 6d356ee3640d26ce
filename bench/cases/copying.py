"""Many rows at once: PostgreSQL's COPY, with values prepared by the models' own fields (so: really encrypted)."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.db.models import Model


def copy_in(model: type["Model"], rows: Iterable["Model"]) -> None:
    """Write ``rows``, whose primary keys are set. One transaction; constraints hold as ever."""
    from django.db import connection

    fields = model._meta.concrete_fields
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(_prepared(row, fields, connection))


def reserve(sequence: str, count: int) -> list[int]:
    """The next ``count`` values of a sequence, or of a table's primary key when ``sequence`` is ``table.column``."""
    from django.db import connection

    table, _, column = sequence.partition(".")
    name = "pg_get_serial_sequence(%s, %s)" if column else "%s"
    with connection.cursor() as cursor:
        given = [table, column] if column else [table]
        cursor.execute(f"SELECT nextval({name}) FROM generate_series(1, %s)", [*given, count])
        return [value for (value,) in cursor.fetchall()]


def _prepared(row: "Model", fields: Iterable[Any], connection: Any) -> list[Any]:
    return [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
