"""Brings a data folder to the state that this version needs; every step may be repeated."""

import hashlib
import os

import django

from config import env
from config.launcher.setting import Setting
from config.reset import MARK

_STAMP = "prepared"


def run(setting: Setting) -> None:
    """Migrate, enter the calendar, collect static files, load the demo city. Skipped when nothing changed."""
    stamp = setting.home / "stamps" / _STAMP
    wanted = f"{setting.demo} {fingerprint()}"
    django.setup()
    from config.preflight import refuse_unless_fit

    refuse_unless_fit(before_migrating=True)  # a database that isn't ours is left as it is
    if setting.embedded and stamp.exists() and stamp.read_text() == wanted:
        return
    _prepare(setting)
    stamp.parent.mkdir(exist_ok=True)
    stamp.write_text(wanted)


def _prepare(setting: Setting) -> None:
    from django.core.management import call_command

    from config.preflight import refuse_unless_fit
    from config.preparing import prepare

    print("▸ 建立数据表 (migrating) …", flush=True)
    call_command("migrate", verbosity=0, interactive=False)
    for warning in refuse_unless_fit():
        print(f"! {warning.msg}\n  {warning.hint}", flush=True)
    _mark(setting)
    prepare(before_documents=_demo if setting.demo else None)


def _mark(setting: Setting) -> None:
    """Leave in the data folder whether it is a demo's: what ``--reset`` goes by."""
    mark = setting.home / MARK
    if setting.demo and setting.embedded:
        mark.write_text("This folder holds a demo. script/server --demo --reset empties it.\n")
    elif not setting.demo:
        mark.unlink(missing_ok=True)


def _demo() -> None:
    from config.launcher import demo

    print("▸ 载入演示城市 云州市 (loading the demo city) …", flush=True)
    demo.load()


def fingerprint() -> str:
    """Of everything the preparation reads: migrations, static files, demo data, what the map is made of."""
    settings = sorted(f"{name}={value}" for name, value in os.environ.items() if name.startswith("MAP_"))
    digest = hashlib.sha256("\n".join(settings).encode())
    folders = [env.REPOSITORY / "server", env.REPOSITORY / "demo"]
    for path in sorted(path for folder in folders for path in folder.rglob("*") if path.is_file()):
        place = path.relative_to(env.REPOSITORY)
        caches = any(
            part == "tests" or part.startswith(".") for part in place.parts
        )  # of mypy, ruff, hypothesis
        if path.suffix not in {".pyc", ".log"} and not caches:
            digest.update(str(place).encode() + path.read_bytes())
    return digest.hexdigest()
