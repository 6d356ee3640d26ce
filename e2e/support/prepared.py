"""Cities that start in seconds: each is a copy of one that was prepared before.

A prepared city is kept in ``$ZHIJIAN_HOME/cities`` under the digest of what it was made from and the day it was made:
the demo's dates are counted from that day.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from config.launcher.prepare import fingerprint
from support.city import ROOT, City, started
from support.inside import nothing_to_do, until

_CITIES = Path(os.environ.get("ZHIJIAN_HOME") or ROOT / ".local") / "cities"
#: What a run of a city leaves in its folder and the next one makes itself.
_OF_A_RUN = ("run", "logs", "launcher.log")


@contextmanager
def copied_city(home: Path, **settings: str) -> Iterator[City]:
    """A city of one's own in ``home``, running with ``settings`` in its environment until the block ends."""
    with _alone():
        subprocess.run(["cp", "-a", f"{prepared()}/.", str(home)], check=True)
    with started(home, **settings) as city:
        yield city


@contextmanager
def _alone() -> Iterator[None]:
    """One process at a time makes, copies or removes prepared cities."""
    _CITIES.mkdir(parents=True, exist_ok=True)
    with (_CITIES / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def prepared() -> Path:
    """The stopped city to copy, made if it is not there. Those of other sources or days are removed."""
    whole = _CITIES / _name()
    if not whole.exists():
        for old in _CITIES.glob("[!.]*"):
            shutil.rmtree(old)
        part = _CITIES / "part"
        part.mkdir()
        _prepare(part)
        part.rename(whole)
    return whole


def _name() -> str:
    day = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    return hashlib.sha256(f"{day} {fingerprint()}".encode()).hexdigest()[:16]


def _prepare(home: Path) -> None:
    with started(home) as city:
        until(lambda: nothing_to_do(city), seconds=180, every=0.5)
    for name in _OF_A_RUN:
        path = home / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


if __name__ == "__main__":
    with _alone():
        print(prepared())
