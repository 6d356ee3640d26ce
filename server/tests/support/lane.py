"""The rush lane as a process of its own on the test's database."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.db import connection
from organizations.factories import StaffFactory

from support.sandbox import REPOSITORY
from zhijian.core.files.store import store
from zhijian.core.installation import installation
from zhijian.organizations.models import Staff


class LaneProcess:
    """Started on the port given; killed and started again at will."""

    def __init__(self, port: int, log: Path, **environment: str) -> None:
        self.port, self._log = port, log
        url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
        self._environment = {
            **os.environ,
            "DATABASE_URL": urlunsplit(url),
            "ZHIJIAN_DEBUG": "0",
            "RUSH_PER_ADDRESS": "0",
            "RUSH_PER_PERSON": "0",
            **environment,
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        # The tables are emptied between tests: without these a start would find real people, or another database's files.
        if not Staff.objects.filter(demo=True).exists():
            StaffFactory(demo=True)
        store().set_mark(installation().public_id)
        command = [sys.executable, "-m", "granian", "--interface", "asgi", "--loop", "uvloop", "--no-ws"]
        command += [
            "--host",
            "127.0.0.1",
            "--port",
            str(self.port),
            "--workers",
            "1",
            "--backpressure",
            "16384",
        ]
        command += ["--workers-kill-timeout", "10", "--log-level", "warning", "config.rush:application"]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                command,
                cwd=REPOSITORY / "server",
                env=self._environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        until = time.monotonic() + 60
        while time.monotonic() < until:
            assert self._process.poll() is None, self._log.read_text()
            with suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/rush/healthz", timeout=2).close()
                return
            time.sleep(0.05)
        raise AssertionError(self._log.read_text())

    def kill(self) -> None:
        """At once, with everything it has begun."""
        assert self._process is not None
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(10)

    def stop(self) -> int:
        """As an orderly shutdown does; returns how the process ended."""
        if self._process is None or self._process.poll() is not None:
            return 0
        self._process.terminate()
        try:
            return self._process.wait(15)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
