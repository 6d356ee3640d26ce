"""The officer's queue once more with ten times the cases: what a figure or a list costs must not grow with a city."""

from collections.abc import Iterator
from contextlib import contextmanager

from support.city import City

from bench.cases.lists import TIMES, busiest_officer, queue_seconds
from bench.cases.seed import CASES, seed
from bench.figures import Value, p50
from bench.progress import say

_FACTOR = 10
#: Own values of each copy; the rest, also what is sealed, is the original's.
_OWN = {
    "id": "nextval(pg_get_serial_sequence('cases_case', 'id'))",
    "public_id": "substr(md5(random()::text || id), 1, length(public_id))",
    "number": "number || '-' || copy",
}


def measure(city: City) -> dict[str, Value]:
    seed()
    before = queue_seconds(city, TIMES)
    with _copied():
        _, waiting = busiest_officer()
        after = queue_seconds(city, TIMES)
    return {
        "queue_20_1m_p50_ms": round(p50(after) * 1000, 2),
        "queue_20_ratio_1m": round(p50(after) / p50(before), 2),
        "queue_length_1m": waiting,
    }


@contextmanager
def _copied() -> Iterator[None]:
    """Copies of every case, taken away again: the other groups measure on what they know."""
    from django.db import connection

    from zhijian.cases.models import Case

    say(f"million: copying {CASES:,} cases {_FACTOR - 1} times …")
    names = [connection.ops.quote_name(field.column) for field in Case._meta.concrete_fields]
    values = [_OWN.get(name.strip('"'), name) for name in names]
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # copies break no reference
        cursor.execute("SELECT max(id) FROM cases_case")
        (last,) = cursor.fetchone()
        try:
            cursor.execute(
                f"INSERT INTO cases_case ({', '.join(names)}) SELECT {', '.join(values)} FROM cases_case, "
                "generate_series(1, %s) AS copy WHERE state <> 'draft'",
                [_FACTOR - 1],
            )
            cursor.execute("VACUUM ANALYZE cases_case")
            yield
        finally:
            say("million: taking the copies away …")
            cursor.execute("DELETE FROM cases_case WHERE id > %s", [last])
            cursor.execute("RESET session_replication_role")
            cursor.execute("VACUUM FULL ANALYZE cases_case")
