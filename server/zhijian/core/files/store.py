"""Where sealed blobs lie. A local folder by default; another store registers itself for its URL's scheme."""

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from django.conf import settings

from zhijian.core.files.errors import FileMissing


class Store(Protocol):
    """Blobs by key. ``put`` is atomic and durable; ``get`` raises ``files.missing``; ``delete`` forgives absence."""

    def put(self, key: str, blob: bytes) -> None: ...
    def get(self, key: str) -> bytes: ...
    def delete(self, key: str) -> None: ...
    def older_than(self, moment: datetime) -> Iterator[str]: ...


_STORES: dict[str, Callable[[str], Store]] = {}


def register(scheme: str, factory: Callable[[str], Store]) -> None:
    """Make ``FILES_URL=<scheme>://…`` use the store that ``factory(url)`` returns."""
    _STORES[scheme] = factory


def store() -> Store:
    """The store of this installation."""
    return _open(getattr(settings, "FILES_URL", "") or Path(settings.FILES_ROOT).as_uri())


@cache
def _open(url: str) -> Store:
    return _STORES[urlsplit(url).scheme](url)


class LocalStore:
    """A folder: ``ab/cd/<key>`` by the key's first letters, so that no directory grows too large."""

    _PART = ".part"

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, key: str, blob: bytes) -> None:
        path = self._path(key)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = path.with_name(f"{key}.{secrets.token_hex(4)}{self._PART}")
        try:
            with open(part, "xb", opener=_private) as file:
                file.write(blob)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)

    def get(self, key: str) -> bytes:
        try:
            return self._path(key).read_bytes()
        except FileNotFoundError as error:
            raise FileMissing() from error

    def delete(self, key: str) -> None:
        self._path(key).unlink(missing_ok=True)

    def older_than(self, moment: datetime) -> Iterator[str]:
        """Keys whose blobs were last written before ``moment``; half-written parts of killed processes among them."""
        for path in self._root.glob("??/??/*"):
            with suppress(FileNotFoundError):
                if datetime.fromtimestamp(path.stat().st_mtime, UTC) < moment:
                    yield path.name

    def _path(self, key: str) -> Path:
        return self._root / key[:2] / key[2:4] / key


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _sync_folder(folder: Path) -> None:
    # A rename is durable only when its directory is.
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _local(url: str) -> Store:
    return LocalStore(Path(unquote(urlsplit(url).path)))


register("file", _local)
