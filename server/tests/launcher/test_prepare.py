"""When a start prepares its data folder anew."""

from pathlib import Path

import pytest

from config import env
from config.launcher.prepare import fingerprint


@pytest.mark.parametrize(
    ("changed", "matters"),
    [
        ("server/zhijian/core/calendar_seed.py", True),
        ("server/static/app.css", True),
        ("demo/cases.json", True),
        ("server/tests/core/test_crypto.py", False),
        ("server/.hypothesis/examples/1", False),
        ("server/.mypy_cache/3.11/cache.json", False),
    ],
)
def test_only_what_the_preparation_reads_makes_it_run_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: str, matters: bool
) -> None:
    monkeypatch.setattr(env, "REPOSITORY", tmp_path)
    before = fingerprint()
    path = tmp_path / changed
    path.parent.mkdir(parents=True)
    path.write_text("new")
    assert (fingerprint() != before) is matters
