"""What a process loads before it does anything: every process pays for it in memory and in time to start."""

import os
import subprocess
import sys
from pathlib import Path

SERVER = Path(__file__).resolve().parents[2]

_BARE = """
import sys, django
django.setup()
import config.urls
print(*sorted({"pypinyin", "rjieba", "icalendar", "openpyxl", "django"} & set(sys.modules)))
"""
_LAUNCHER = """
import sys
import config.launcher.__main__
print(*sorted({"django", "wagtail", "zhijian"} & set(sys.modules)))
"""
_SERVING = """
import gc, os, sys
from config import serving

def entrypoint():
    from django.db import connections
    assert len(os.listdir("/proc/self/task")) == 1  # no thread that a fork would lose
    assert all(one.connection is None for one in connections.all(initialized_only=True))
    assert gc.get_freeze_count()
    print(*sorted({"pypinyin", "rjieba", "config.urls", "config.wsgi"} & set(sys.modules)))

serving.entrypoint = entrypoint
serving.main()
"""


def said(program: str, home: Path) -> str:
    # No database listens there: loading may not ask one.
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings", "DATABASE_URL": "postgres://127.0.0.1:1/none"}
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=SERVER,
        env=os.environ | settings | {"ZHIJIAN_DEMO": "1", "ZHIJIAN_HOME": str(home)},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return done.stdout.strip()


def test_dictionaries_are_not_loaded_by_who_does_not_search(tmp_path: Path) -> None:
    assert said(_BARE, tmp_path) == "django"


def test_the_launcher_stays_without_django(tmp_path: Path) -> None:
    assert said(_LAUNCHER, tmp_path) == ""


def test_the_web_server_has_all_that_its_workers_share_before_it_forks(tmp_path: Path) -> None:
    assert said(_SERVING, tmp_path) == "config.urls pypinyin rjieba"
