"""The benchmark's own data folder: kept from run to run, begun anew when its data would mislead."""

import hashlib
import shutil
from datetime import date
from pathlib import Path

from bench.progress import say
from bench.surroundings import ROOT

_STAMP = "bench-data"


def prepare(home: Path, *, today: date) -> None:
    """Empty ``home`` when tables have changed since, or on a new day: seeded cases would have become overdue."""
    stamp = home / _STAMP
    wanted = f"{today} {_tables()}"
    if not stamp.exists() or stamp.read_text() != wanted:
        if stamp.exists():
            say("the data folder is out of date: beginning anew")
            shutil.rmtree(home)
        home.mkdir(parents=True, exist_ok=True)
        stamp.write_text(wanted)


def _tables() -> str:
    digest = hashlib.sha256()
    for path in sorted((ROOT / "server" / "zhijian").glob("*/migrations/*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
