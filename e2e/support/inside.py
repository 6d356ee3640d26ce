"""A look behind the running city: its processes and its database. For tests of faults."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psutil
import psycopg

from support.city import ROOT, City


def process(city: City, name: str) -> psutil.Process:
    """The launcher's child ``web``, ``worker`` or ``sandbox``."""
    # By what each runs: granian names its process anew where setproctitle is installed.
    words = {"web": "config.wsgi:application", "worker": "manage.py worker", "sandbox": "-m sandbox"}
    for child in psutil.Process(city.process.pid).children():
        with suppress(psutil.ZombieProcess, psutil.NoSuchProcess):  # killed by the test, not yet gone
            if words[name] in " ".join(child.cmdline()):
                return child
    raise LookupError(name)


def kill(city: City, name: str) -> None:
    """SIGKILL to a child and all of its own children, at once, as when memory runs out."""
    os.killpg(process(city, name).pid, signal.SIGKILL)


def kill_workers_only(city: City) -> None:
    """SIGKILL to the processes that serve requests; the one that watches them stays."""
    for worker in process(city, "web").children(recursive=True):
        worker.kill()


@contextmanager
def database(city: City) -> Iterator[psycopg.Connection[Any]]:
    """A connection beside the platform's own. Its transaction is rolled back at the end: tests only look and lock."""
    postmaster = (city.home / "postgres" / "postmaster.pid").read_text().splitlines()
    port, folder = postmaster[3], postmaster[4]
    with psycopg.connect(host=folder, port=int(port), user="postgres", dbname="zhijian") as connection:
        yield connection
        connection.rollback()


def one(city: City, query: str, *values: Any) -> Any:
    """The first column of the only row."""
    with database(city) as connection:
        rows = connection.execute(query, values).fetchall()  # type: ignore[arg-type]
    assert len(rows) == 1, rows
    return rows[0][0]


def run_now(city: City, task: str) -> None:
    """Let the worker do a periodic task at once, without waiting for its hour."""
    order = [sys.executable, "manage.py", "procrastinate", "defer", task]
    environment = {**os.environ, "ZHIJIAN_HOME": str(city.home)}
    subprocess.run(order, cwd=ROOT / "server", env=environment, check=True, capture_output=True, timeout=60)


def nothing_to_do(city: City) -> bool:
    """The worker has done each job at least once."""
    query = "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND attempts = 0"
    return bool(one(city, query) == 0)


def until(met: Callable[[], Any], *, seconds: float, every: float = 0.05) -> Any:
    """Wait for a condition; what it returned. Fails after ``seconds``."""
    deadline = time.monotonic() + seconds
    while not (value := met()):
        assert time.monotonic() < deadline, f"not within {seconds} s: {met}"
        time.sleep(every)
    return value


@contextmanager
def held_up(city: City, table: str) -> Iterator[Callable[[], None]]:
    """Writers of ``table`` stop in the middle of their transaction; yields a wait for one to have come so far."""
    with database(city) as connection:
        connection.execute(f"LOCK TABLE {table} IN EXCLUSIVE MODE")  # type: ignore[arg-type]
        yield lambda: until(lambda: _waiting(city, table), seconds=20)


def _waiting(city: City, table: str) -> bool:
    query = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = %s::regclass"
    return bool(one(city, query, table))
