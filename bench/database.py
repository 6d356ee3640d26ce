"""Django in the benchmark's own process, on the running city's database: for seeding and for reading back."""

import os
from functools import cache


@cache
def connect() -> None:
    """The city must be running: its embedded PostgreSQL is shared, found by the data folder."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    os.environ.setdefault("ZHIJIAN_DEMO", "1")
    import django

    django.setup()


def postgres_version() -> str:
    connect()
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        (version,) = cursor.fetchone()
    return str(version).split()[0]
