"""Brings a data folder to the state that this version needs; every step may be repeated."""

import hashlib
import os

import django

from config import env
from config.launcher.setting import Setting

_STAMP = "prepared"


def run(setting: Setting) -> None:
    """Migrate, enter the calendar, collect static files, load the demo city. Skipped when nothing changed."""
    stamp = setting.home / "stamps" / _STAMP
    fingerprint = _fingerprint()
    if setting.embedded and stamp.exists() and stamp.read_text() == fingerprint:
        return
    django.setup()
    from django.core.management import call_command

    from config.preparing import prepare

    print("▸ 建立数据表 (migrating) …", flush=True)
    call_command("migrate", verbosity=0, interactive=False)
    prepare(before_documents=_demo if setting.demo else None)
    stamp.parent.mkdir(exist_ok=True)
    stamp.write_text(fingerprint)


def _demo() -> None:
    from config.launcher import demo

    print("▸ 载入演示城市 云州市 (loading the demo city) …", flush=True)
    demo.load()


def _fingerprint() -> str:
    """Of everything the preparation reads: migrations, static files, demo data, what the map is made of."""
    settings = sorted(f"{name}={value}" for name, value in os.environ.items() if name.startswith("MAP_"))
    digest = hashlib.sha256("\n".join(settings).encode())
    folders = [env.REPOSITORY / "server", env.REPOSITORY / "demo"]
    for path in sorted(path for folder in folders for path in folder.rglob("*") if path.is_file()):
        if path.suffix not in {".pyc", ".log"} and "tests" not in path.parts:
            digest.update(str(path.relative_to(env.REPOSITORY)).encode() + path.read_bytes())
    return digest.hexdigest()
