"""A handful of child processes: started, revived with patience, stopped together."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO

from config import env

_PATIENCE = 15  # seconds to end before being killed
_PR_SET_PDEATHSIG = 1
_QUICK = 5  # a process that ends sooner than this after its start waits before the next


class Fleet:
    """Children write to one log file each in ``log_folder``."""

    def __init__(self, commands: Mapping[str, list[str]], *, log_folder: Path) -> None:
        self._commands = commands
        self._log_folder = log_folder
        self._running: dict[str, tuple[subprocess.Popen[bytes], float]] = {}

    def start(self) -> None:
        self._log_folder.mkdir(parents=True, exist_ok=True)
        for name in self._commands:
            self._start(name)

    def revive(self) -> None:
        """Start again whatever has ended by itself."""
        for name, (process, started) in list(self._running.items()):
            if process.poll() is not None and time.monotonic() - started > _QUICK:
                print(f"▸ 重新启动 (restarting): {name}", flush=True)
                _sweep(process)
                self._start(name)

    def stop(self) -> None:
        for process, _ in self._running.values():
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + _PATIENCE
        for process, _ in self._running.values():
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            _sweep(process)

    def _start(self, name: str) -> None:
        folder = env.REPOSITORY / "server"
        paths = os.pathsep.join([str(folder), str(env.REPOSITORY)])
        with self._log(name) as log:
            process = subprocess.Popen(
                self._commands[name],
                cwd=folder,
                env={**os.environ, "PYTHONPATH": paths, "DJANGO_SETTINGS_MODULE": "config.settings"},
                stdout=log,
                stderr=subprocess.STDOUT,
                preexec_fn=end_with_parent,
                start_new_session=True,  # Ctrl-C reaches us alone; we end the children in order
            )
        self._running[name] = (process, time.monotonic())

    def _log(self, name: str) -> IO[bytes]:
        return (self._log_folder / f"{name}.log").open("ab")


def end_with_parent() -> None:
    """Asks Linux to end the child when its launcher is killed: nobody would revive it, and it would keep the port."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _sweep(ended: subprocess.Popen[bytes]) -> None:
    """End what a killed process left of its group: orphans would go on answering on its port."""
    with suppress(ProcessLookupError):
        os.killpg(ended.pid, signal.SIGKILL)
