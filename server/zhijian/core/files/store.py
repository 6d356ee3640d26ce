"""Where sealed blobs lie. A local folder by default; another store registers itself for its URL's scheme."""

import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from django.conf import settings

from zhijian.core.files.errors import FileMissing


class Store(Protocol):
    """Blobs by key. ``put`` is atomic and durable; ``get`` raises ``files.missing``; ``delete`` forgives absence.

    ``mark`` is the id of the database that the store belongs to. What is laid aside can no longer be got, but taken
    back until it is forgotten.
    """

    def put(self, key: str, blob: bytes) -> None: ...
    def get(self, key: str) -> bytes: ...
    def delete(self, key: str) -> None: ...
    def older_than(self, moment: datetime) -> Iterator[str]: ...
    def mark(self) -> str: ...
    def set_mark(self, mark: str) -> None: ...
    def is_empty(self) -> bool: ...
    def lay_aside(self, key: str, day: date) -> None: ...
    def aside(self) -> Iterator[str]: ...
    def get_aside(self, key: str) -> bytes: ...
    def take_back(self, key: str) -> None: ...
    def forget_before(self, day: date) -> int: ...


_STORES: dict[str, Callable[[str], Store]] = {}


def register(scheme: str, factory: Callable[[str], Store]) -> None:
    """Make ``FILES_URL=<scheme>://…`` use the store that ``factory(url)`` returns."""
    _STORES[scheme] = factory


def store() -> Store:
    """The store of this installation."""
    return _open(settings.FILES_URL)


def is_known(url: str) -> bool:
    """Whether a store is registered for the scheme of ``url``."""
    return urlsplit(url).scheme in _STORES


@cache
def _open(url: str) -> Store:
    return _STORES[urlsplit(url).scheme](url)


class LocalStore:
    """A folder: ``ab/cd/<key>`` by the key's first letters, so that no directory grows too large."""

    PART = ".part"
    _MARK = ".zhijian-store"
    _ASIDE = "aside"

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, key: str, blob: bytes) -> None:
        path = self._path(key)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = path.with_name(f"{key}.{secrets.token_hex(4)}{self.PART}")
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

    def mark(self) -> str:
        """Empty as long as the store belongs to nobody."""
        try:
            return (self._root / self._MARK).read_text().strip()
        except FileNotFoundError:
            return ""

    def set_mark(self, mark: str) -> None:
        self._root.mkdir(mode=0o700, parents=True, exist_ok=True)
        (self._root / self._MARK).write_text(f"{mark}\n")
        _sync_folder(self._root)

    def is_empty(self) -> bool:
        return next(self._root.glob("??/??/*"), None) is None

    def lay_aside(self, key: str, day: date) -> None:
        folder = self._root / self._ASIDE / day.isoformat()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            self._path(key).rename(folder / key)

    def aside(self) -> Iterator[str]:
        for path in list((self._root / self._ASIDE).glob("*/*")):
            yield path.name

    def get_aside(self, key: str) -> bytes:
        for path in (self._root / self._ASIDE).glob(f"*/{key}"):
            with suppress(FileNotFoundError):
                return path.read_bytes()
        raise FileMissing()

    def take_back(self, key: str) -> None:
        """Into its old place, as if written now: the next sweep gives it the time that any new blob has."""
        for path in (self._root / self._ASIDE).glob(f"*/{key}"):
            place = self._path(key)
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.touch()
            path.rename(place)

    def forget_before(self, day: date) -> int:
        """Delete what was laid aside before ``day``; returns how many blobs."""
        count = 0
        for folder in (self._root / self._ASIDE).glob("????-??-??"):
            if folder.name < day.isoformat():
                count += sum(1 for _ in folder.iterdir())
                shutil.rmtree(folder)
        return count

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
