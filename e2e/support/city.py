"""Starts the platform by its own launcher and tells when it is ready."""

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
STARTING = 600  # seconds: migrations and 46 items on a slow machine


@dataclass(frozen=True)
class City:
    """``app`` and ``console`` end without a slash."""

    home: Path
    port: int
    sandbox_port: int
    process: subprocess.Popen[bytes] | None
    rush_port: int = 0

    @property
    def app(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def console(self) -> str:
        return f"{self.app}/console"

    @property
    def sandbox(self) -> str:
        return f"http://127.0.0.1:{self.sandbox_port}"

    @property
    def hosts(self) -> set[str]:
        return {f"127.0.0.1:{port}" for port in (self.port, self.sandbox_port, self.rush_port)}

    def get(self, path: str) -> Any:
        with urllib.request.urlopen(self.app + path, timeout=10) as answer:
            return json.load(answer)


@contextmanager
def started(home: Path, **settings: str) -> Iterator[City]:
    """Run the launcher, with ``settings`` in its environment, until the block ends.

    Its output is in ``home/launcher.log``. A setting that calls the sandbox gives its port, too (``SANDBOX_PORT``).
    """
    port, rush_port = free_port(), free_port()
    sandbox_port = int(settings.get("SANDBOX_PORT") or free_port())
    environment = {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},  # it has its own
        "ZHIJIAN_HOME": str(home),
        "PORT": str(port),
        "SANDBOX_PORT": str(sandbox_port),
        "RUSH_PORT": str(rush_port),
        "RUSH_URL": f"http://127.0.0.1:{rush_port}/rush/v1",
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "HOST": "127.0.0.1",
        "ZHIJIAN_DEMO": "1",
        **settings,
    }
    with (home / "launcher.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "config.launcher"],
            cwd=ROOT / "server",
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    city = City(home, port, sandbox_port, process, rush_port)
    try:
        _wait(city)
        yield city
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def _wait(city: City) -> None:
    deadline = time.monotonic() + STARTING
    while time.monotonic() < deadline:
        if city.process and city.process.poll() is not None:
            break
        try:
            if city.get("/healthz")["status"] == "ok":
                return
        except OSError:
            time.sleep(0.3)
    raise RuntimeError((city.home / "launcher.log").read_text()[-4000:])


def free_port() -> int:
    """Below the ports that the system gives to outgoing connections: none of them takes it while a server restarts."""
    while True:
        port = 20_000 + secrets.randbelow(12_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
