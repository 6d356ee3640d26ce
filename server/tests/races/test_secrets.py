"""Processes that start together on a new installation agree on its secrets."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from config import env

TOGETHER = 8


def test_all_read_the_one_secret_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHIJIAN_HOME", str(tmp_path))
    barrier = Barrier(TOGETHER)

    def read(name: str) -> str:
        barrier.wait()
        return env.secret(name)

    with ThreadPoolExecutor(TOGETHER) as pool:
        for turn in range(200):
            (value,) = set(pool.map(read, [f"secret{turn}"] * TOGETHER))
            assert len(value) == 64
    assert not list((tmp_path / "secrets").glob("*.*")), "parts are left"
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "secrets").iterdir()} == {0o600}
