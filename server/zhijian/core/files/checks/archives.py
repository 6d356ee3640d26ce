"""Zip archives within bounds: declared sizes may lie, counted bytes do not."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from zhijian.core.files.errors import DamagedFile, DangerousFile, LockedFile

MAX_ENTRIES = 2000
MAX_UNPACKED = 100 << 20  # bytes of all entries together, with those of archives inside
MAX_RATIO = 200  # unpacked to packed; honest spreadsheets reach about 50
_RATIO_FROM = 1 << 20  # smaller entries may be as dense as they like
_BLOCK = 1 << 16
_ENCRYPTED = 0x1
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)


class Archive:
    """An archive of an upload. All its readings together count towards one bound."""

    def __init__(self, opened: zipfile.ZipFile, unpacked: list[int]) -> None:
        self._opened = opened
        self._unpacked = unpacked
        self.entries = [entry for entry in opened.infolist() if not entry.is_dir()]
        self.names = {entry.filename for entry in self.entries}
        self._check_directory()

    def blocks(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        size = 0
        with self._opened.open(entry) as stream:
            while block := stream.read(_BLOCK):
                size += len(block)
                self._unpacked[0] += len(block)
                if self._unpacked[0] > MAX_UNPACKED or _too_dense(size, entry.compress_size):
                    raise DangerousFile("文件解开后过大，不像普通文档。")
                yield block

    def inner(self, entry: zipfile.ZipInfo) -> bytes:
        """An archive that lies in this one, whole."""
        return b"".join(self.blocks(entry))

    def _check_directory(self) -> None:
        if any(entry.flag_bits & _ENCRYPTED for entry in self.entries):
            raise LockedFile()
        if len(self.entries) > MAX_ENTRIES or sum(e.file_size for e in self.entries) > MAX_UNPACKED:
            raise DangerousFile("文件解开后过大，不像普通文档。")
        # Programs disagree on which of two equal names is meant; what was looked at may not be what is opened.
        if len({name.lower() for name in self.names}) != len(self.entries):
            raise DangerousFile()
        if any(name.startswith(("/", "\\")) or ".." in name.split("/") for name in self.names):
            raise DangerousFile()


@contextmanager
def opened(content: bytes, unpacked: list[int]) -> Iterator[Archive]:
    """``unpacked`` counts over all archives of an upload. What the zip format cannot read is a damaged file."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield Archive(archive, unpacked)
    except _BROKEN as error:
        raise DamagedFile() from error


def _too_dense(unpacked: int, packed: int) -> bool:
    return unpacked > _RATIO_FROM and unpacked > packed * MAX_RATIO
