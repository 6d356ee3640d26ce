"""A database for each test process, copied from a template that is migrated once for each state of the migrations.

Whoever makes or uses a database holds an advisory lock by its name on the server's ``postgres`` database. A killed
process loses its lock, so the next run knows which databases nobody uses any more, and drops them.
"""

import hashlib
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from psycopg import sql

SERVER = Path(__file__).resolve().parents[2]
_TEMPLATE = "zhijian_template_"
_RUN = "test_zhijian_"
_KEPT = 3  # templates used last, so that a change of branch costs no migration
_ALSO = (
    "zhijian/core/calendar_seed.py",
    "zhijian/organizations/rules.py",
    "config/settings.py",
    "requirements-dev.lock",
    "tests/support/database.py",
)
_OURS = re.compile(r"^\s*(?:import|from) (zhijian[.\w]*)", re.MULTILINE)

Server = psycopg.Connection[tuple[object, ...]]


@contextmanager
def fresh_database(address: str, fill: Callable[[str], None] | None) -> Iterator[str]:
    """The name of a new database on the server at ``address``, dropped at the end.

    ``fill`` migrates the database named, if no template of these migrations is there yet; None: an empty one.
    """
    with psycopg.connect(address, dbname="postgres", autocommit=True) as server:
        template = _template(server, fill) if fill else "template0"
        name = _RUN + secrets.token_hex(6)
        with _locked(server, name):
            server.execute(_say("CREATE DATABASE {} TEMPLATE {}", name, template))
            yield name
            server.execute(_say("DROP DATABASE {} WITH (FORCE)", name))


def furnish(name: str) -> None:
    """Give the database what every prepared city has: its tables, the calendar, the posts' groups."""
    from zhijian.core.calendar_seed import seed_calendar
    from zhijian.organizations.actions import ensure_groups
    from zhijian.organizations.rules import Post

    use(name)
    call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)
    seed_calendar()
    ensure_groups(Post.values)
    connections.close_all()


def use(name: str) -> None:
    """From now on this process works on the database named."""
    from django.contrib.contenttypes.models import ContentType

    ContentType.objects.clear_cache()  # another database numbers them otherwise
    connections.close_all()
    connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name


def digest(server: Path = SERVER) -> str:
    """Of all that decides what a migrated database holds."""
    migrations = sorted(server.glob("zhijian/*/migrations/*.py"))
    imported = {module for path in migrations for module in _OURS.findall(path.read_text())}
    files = [*migrations, *(server / f"{module.replace('.', '/')}.py" for module in sorted(imported))]
    files += sorted(server.glob("zhijian/core/calendars/*.json"))
    files += [server / name for name in _ALSO]
    found = hashlib.sha256()
    for path in files:
        if path.is_file():  # a module may be a package
            found.update(str(path.relative_to(server)).encode() + path.read_bytes())
    return found.hexdigest()[:16]


def _template(server: Server, fill: Callable[[str], None]) -> str:
    """Made under another name and renamed when complete: one that a killed run left half done is never used."""
    name = _TEMPLATE + digest()
    with _locked(server, _TEMPLATE):
        _drop_unused(server)
        if name not in _databases(server, _TEMPLATE):
            making = _RUN + "template"
            server.execute(_say("DROP DATABASE IF EXISTS {} WITH (FORCE)", making))
            server.execute(_say("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'", making))
            fill(making)
            server.execute(_say("ALTER DATABASE {} RENAME TO {}", making, name))
            server.execute(_say("ALTER DATABASE {} ALLOW_CONNECTIONS false", name))
        used = sql.Literal(datetime.now(UTC).isoformat())
        server.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), used))
    return name


def _drop_unused(server: Server) -> None:
    """Databases of runs that ended without dropping them, and templates that were not used for long."""
    for name in _databases(server, _RUN):
        if server.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [name]).fetchone() == (True,):
            with suppress(psycopg.errors.ObjectInUse):  # by something that knows nothing of our locks
                server.execute(_say("DROP DATABASE IF EXISTS {}", name))
            server.execute("SELECT pg_advisory_unlock(hashtext(%s))", [name])
    for name in _databases(server, _TEMPLATE)[_KEPT:]:
        with suppress(psycopg.errors.ObjectInUse):
            server.execute(_say("DROP DATABASE IF EXISTS {}", name))


def _databases(server: Server, prefix: str) -> list[str]:
    """Their names; the one used last comes first."""
    query = """
        SELECT datname FROM pg_database WHERE starts_with(datname, %s)
        ORDER BY shobj_description(oid, 'pg_database') DESC NULLS LAST
    """
    return [str(row[0]) for row in server.execute(query, [prefix])]


@contextmanager
def _locked(server: Server, name: str) -> Iterator[None]:
    server.execute("SELECT pg_advisory_lock(hashtext(%s))", [name])
    try:
        yield
    finally:
        server.execute("SELECT pg_advisory_unlock(hashtext(%s))", [name])


def _say(statement: str, *names: str) -> sql.Composed:
    return sql.SQL(statement).format(*map(sql.Identifier, names))  # type: ignore[arg-type]
