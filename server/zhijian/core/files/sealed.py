"""The sealed form of a content: a header, then chunks that are each encrypted under a key named in them.

Layout, version 1: ``ZJF1``, chunk size (4 bytes, big endian), then sealed chunks. Each chunk is bound to its
storage key, its place and whether it is the last, so that none can be swapped, reordered or cut off unnoticed.
Because each chunk names its data key, blobs written before a key rotation stay readable; :func:`reseal` moves one on.
"""

import io
from collections.abc import Iterator

from zhijian.core import crypto
from zhijian.core.files.store import store

_MAGIC = b"ZJF1"
_CHUNK = 1 << 20
_OVERHEAD = 31  # key header 3, nonce 12, tag 16


def write(key: str, content: bytes) -> None:
    """Seal ``content`` under ``key``; durable when this returns."""
    store().put(key, b"".join(_sealed(key, content)))


def read(key: str) -> bytes:
    """The plain content. Raises ``files.missing``, or :class:`crypto.Undecryptable` if it was tampered with."""
    return b"".join(_opened(key, store().get(key)))


def reseal(key: str) -> None:
    """Encrypt a blob anew under the active data key, in one atomic replacement."""
    write(key, read(key))


def data_keys(blob: bytes) -> set[int | None]:
    """The data keys that the chunks of a blob lie under; None stands for what is no chunk."""
    start = len(_MAGIC) + 4
    size = int.from_bytes(blob[len(_MAGIC) : start], "big") + _OVERHEAD
    return {
        crypto.key_of(blob[place : place + size]) for place in range(start, max(len(blob), start + 1), size)
    }


def _context(key: str, index: int, last: bool) -> str:
    return f"core.file.{key}.{index}.{'last' if last else 'more'}"


def _sealed(key: str, content: bytes) -> Iterator[bytes]:
    yield _MAGIC + _CHUNK.to_bytes(4, "big")
    starts = range(0, max(len(content), 1), _CHUNK)
    for index, start in enumerate(starts):
        yield crypto.encrypt(content[start : start + _CHUNK], _context(key, index, index == len(starts) - 1))


def _opened(key: str, blob: bytes) -> Iterator[bytes]:
    stream = io.BytesIO(blob)
    if stream.read(len(_MAGIC)) != _MAGIC:
        raise crypto.Undecryptable(_context(key, 0, last=False))
    size = int.from_bytes(stream.read(4), "big") + _OVERHEAD
    count = max(-(-(len(blob) - stream.tell()) // size), 1)
    for index in range(count):
        yield crypto.decrypt(stream.read(size), _context(key, index, index == count - 1))
