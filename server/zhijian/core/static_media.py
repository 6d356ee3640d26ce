"""Public pictures, papers and videos, read from the disk in blocks: too large to be kept in memory, and players
ask for parts of them (RFC 9110 §14)."""

import mimetypes
import os
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

_BLOCK = 1 << 18
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
_SAVED = (".docx", ".xlsx")  # no browser shows them
Headers = list[tuple[str, str]]


def send(
    name: str, environ: dict[str, Any], start_response: Callable[..., Any], base: Headers
) -> Iterable[bytes]:
    """Answer with the file ``name``, whole or the one part asked for. Its address holds its hash: never stale."""
    size = os.path.getsize(name)
    etag = f'"{os.path.basename(name)}"'
    common = [*base, ("ETag", etag), ("Cache-Control", "public, max-age=31536000, immutable")]
    if environ.get("HTTP_IF_NONE_MATCH") == etag:
        start_response("304 Not Modified", common)
        return (b"",)
    common += [("Accept-Ranges", "bytes"), ("Content-Type", _kind(name))]
    if name.endswith(_SAVED):
        common.append(("Content-Disposition", "attachment"))
    asked = _RANGE.fullmatch(environ.get("HTTP_RANGE", ""))
    first, last = _part(asked, size) if asked and asked.group() != "bytes=-" else (0, size - 1)
    if first > last and size:
        start_response("416 Range Not Satisfiable", [*common, ("Content-Range", f"bytes */{size}")])
        return (b"",)
    status = "200 OK"
    if last - first + 1 < size:
        status = "206 Partial Content"
        common.append(("Content-Range", f"bytes {first}-{last}/{size}"))
    start_response(status, [*common, ("Content-Length", str(last - first + 1))])
    return (b"",) if environ["REQUEST_METHOD"] == "HEAD" else _blocks(name, first, last)


def _kind(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def _part(asked: re.Match[str], size: int) -> tuple[int, int]:
    """First and last byte; first > last when there is no such part."""
    first, last = asked.groups()
    if not first:  # the last so many bytes
        return (max(size - int(last), 0), size - 1) if int(last) else (size, size - 1)
    return int(first), min(int(last), size - 1) if last else size - 1


def _blocks(name: str, first: int, last: int) -> Iterator[bytes]:
    with open(name, "rb") as file:
        file.seek(first)
        remaining = last - first + 1
        while remaining > 0 and (block := file.read(min(_BLOCK, remaining))):
            remaining -= len(block)
            yield block
