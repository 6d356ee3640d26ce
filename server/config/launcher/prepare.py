"""Brings a data folder to the state that this version needs; every step may be repeated."""

import hashlib
import os
import sys
from dataclasses import replace

import django
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError

from config import env, needs
from config.launcher.setting import Setting
from config.reset import MARK

_STAMP = "prepared"


def main() -> int:
    """The exit code of a start that cannot succeed, after saying why; 0 for one that can. ``--embedded``: the database
    that the launcher named in the environment is its own."""
    try:
        run(replace(Setting.from_environment(), embedded="--embedded" in sys.argv[1:]))
    except ImproperlyConfigured as fault:
        told = (f"设置不能用：{fault}", "a setting cannot be used")
    except OperationalError as away:
        told = (
            "连不上数据库，请核对 DATABASE_URL，并确认数据库已经启动",
            f"database away: {away.__class__.__name__}",
        )
    else:
        return 0
    print(f"✗ 没有启动：{told[0]}。\n  Not started: {told[1]}.", file=sys.stderr)
    return needs.EXIT


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

    print("▸ 载入演示城市 (loading the demo city) …", flush=True)
    demo.load()


def fingerprint() -> str:
    """Of everything the preparation reads: migrations, static files, demo data, the city's name, what the map is made of."""
    settings = sorted(
        f"{name}={value}" for name, value in os.environ.items() if name.startswith(("MAP_", "CITY_"))
    )
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


if __name__ == "__main__":
    sys.exit(main())
