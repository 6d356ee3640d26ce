"""How blobs lie on the disk: sealed, whole, swept up when nobody names them."""

import os
import time
from pathlib import Path

import pytest
from django.conf import settings

from zhijian.core import crypto
from zhijian.core.errors import Problem
from zhijian.core.files import sealed
from zhijian.core.files.store import store

KEY = "abcd" + "0" * 28


def path_of(key: str) -> Path:
    return Path(settings.FILES_URL.removeprefix("file://")) / key[:2] / key[2:4] / key


def age(key: str, *, hours: float) -> None:
    then = time.time() - hours * 3600
    os.utime(path_of(key), (then, then))


@pytest.mark.parametrize("size", [0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3 << 20])
def test_content_comes_back(size: int) -> None:
    content = os.urandom(size)
    sealed.write(KEY, content)
    assert sealed.read(KEY) == content
    assert path_of(KEY).stat().st_mode & 0o777 == 0o600


def test_nothing_readable_lies_on_the_disk() -> None:
    sealed.write(KEY, "陈静 990102199003071234".encode() * 100)
    blob = path_of(KEY).read_bytes()
    assert b"990102" not in blob
    assert "陈静".encode() not in blob


@pytest.mark.parametrize("where", [0, 5, 9, 30, 1 << 20, -1])
def test_changed_byte_is_noticed(where: int) -> None:
    sealed.write(KEY, os.urandom(2 << 20))
    blob = bytearray(path_of(KEY).read_bytes())
    blob[where] ^= 1
    path_of(KEY).write_bytes(blob)
    with pytest.raises(crypto.Undecryptable):
        sealed.read(KEY)


def test_cut_off_swapped_or_moved_chunks_are_noticed() -> None:
    sealed.write(KEY, os.urandom(3 << 20))
    blob = path_of(KEY).read_bytes()
    head, chunk = blob[:8], (1 << 20) + 31
    parts = [blob[8 + chunk * n : 8 + chunk * (n + 1)] for n in range(3)]
    for forged in ([parts[0], parts[1]], [parts[1], parts[0], parts[2]], [], [parts[0]] * 3):
        path_of(KEY).write_bytes(head + b"".join(forged))
        with pytest.raises(crypto.Undecryptable):
            sealed.read(KEY)
    other = "abcd" + "1" * 28
    path_of(other).write_bytes(blob)
    with pytest.raises(crypto.Undecryptable):
        sealed.read(other)


def test_blobs_survive_a_key_rotation_and_can_be_moved_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring = crypto.Keyring.create(tmp_path / "keyring.json", b"master")
    monkeypatch.setattr(crypto, "keyring", lambda: ring)
    sealed.write(KEY, b"before")
    ring.rotate("SM4-GCM")
    assert sealed.read(KEY) == b"before"
    assert path_of(KEY).read_bytes()[8:11] == b"\x01\x00\x01"
    sealed.reseal(KEY)
    assert path_of(KEY).read_bytes()[8:11] == b"\x01\x00\x02"
    assert sealed.read(KEY) == b"before"


def test_failed_write_leaves_neither_blob_nor_part(
    stored_keys: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        sealed.write(KEY, b"x")
    assert stored_keys == []


def test_absent_blob_is_a_problem_and_deleting_it_is_none() -> None:
    store().delete(KEY)
    with pytest.raises(Problem):
        store().get(KEY)
