"""Videos: MP4 (ISO/IEC 14496-12) whose boxes are whole, without what telephones write about place and device."""

from collections.abc import Iterator

from zhijian.core.files.checks.outcome import Checked
from zhijian.core.files.errors import DamagedFile
from zhijian.core.files.types import MP4

_PRIVATE = {b"udta", b"meta", b"uuid"}
_PARENTS = {b"moov", b"trak"}
_HEADER, _LONG_HEADER = 8, 16


def check(content: bytes) -> Checked:
    cleaned = bytearray(content)
    names = [name for name, _, _ in _boxes(cleaned, 0, len(cleaned))]
    if names[:1] != [b"ftyp"] or not {b"moov", b"mdat"} <= set(names):
        raise DamagedFile("视频不完整，请重新导出为 MP4 后再上传。")
    _blank(cleaned, 0, len(cleaned))
    return Checked(bytes(cleaned), MP4)


def _blank(content: bytearray, start: int, end: int) -> None:
    """Overwrite private boxes in place: sound and pictures are found by their offsets, which must not move."""
    for name, at, size in list(_boxes(content, start, end)):
        if name in _PRIVATE:
            content[at + 4 : at + size] = b"free" + bytes(size - _HEADER)
        elif name in _PARENTS:
            _blank(content, at + _HEADER, at + size)


def _boxes(content: bytearray, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """(type, offset, size in bytes) of each box. Raises :class:`DamagedFile` where sizes don't fit."""
    at = start
    while at < end:
        if end - at < _HEADER:
            raise DamagedFile()
        size, name = int.from_bytes(content[at : at + 4], "big"), bytes(content[at + 4 : at + 8])
        smallest = _HEADER
        if size == 1:
            size, smallest = int.from_bytes(content[at + 8 : at + 16], "big"), _LONG_HEADER
        elif size == 0:  # up to the end
            size = end - at
        if not smallest <= size <= end - at:
            raise DamagedFile()
        yield name, at, size
        at += size
