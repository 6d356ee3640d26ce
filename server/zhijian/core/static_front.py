"""Serves published documents and the H5 app from memory, in front of Django.

nginx or a CDN can serve the same folders; without one, this small callable does. Bytes and headers are prepared
when a file is first asked for and again when it changes, so that a request costs a dictionary look-up and a stat.
"""

import gzip
import hashlib
import mimetypes
import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import brotli

from zhijian.core import static_media

StartResponse = Callable[..., Any]
Wsgi = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]
Headers = list[tuple[str, str]]

_COMPRESSIBLE = (".html", ".js", ".css", ".json", ".svg", ".xml", ".txt", ".vtt")
_MEDIA = "/public/media/"
_SMALLEST = 500  # below, compression costs more than it saves
_KEPT = 128 * 1024 * 1024  # bytes: the documents of a city fit; what was prepared first goes first
_BASE: Headers = [
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("X-Frame-Options", "SAMEORIGIN"),
]
APP_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; frame-src 'self' blob:;"
    " object-src 'self' blob:; base-uri 'self'; frame-ancestors 'self'"
)
PAGE_POLICY = (
    "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'self'"
)
"""Of published pages, which have no scripts."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file, ready to send: encoding → (headers, bytes)."""

    modified: int
    etag: str
    variants: dict[str, tuple[Headers, bytes]]

    @property
    def size(self) -> int:
        return sum(len(body) for _, body in self.variants.values())


class StaticFront:
    """WSGI application: ``/public/…`` from ``public``, other files from ``app``, all else from ``inner``."""

    def __init__(self, inner: Wsgi, *, public: Path, app: Path, also: str = "", kept: int = _KEPT) -> None:
        """``also`` is another origin that the app may call, ``kept`` the most bytes that are held ready."""
        self._inner = inner
        self._policy = f"{APP_POLICY}; connect-src 'self' {also}" if also else APP_POLICY
        self._public, self._app = str(public), str(app)
        self._entries: OrderedDict[str, Entry] = OrderedDict()
        self._kept, self._size = kept, 0
        self._lock = threading.Lock()

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        path: str = environ["PATH_INFO"]
        if path.startswith(("/api/", "/console", "/hall/", "/healthz", "/readyz", "/metrics")):
            return self._inner(environ, start_response)
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or not _normal(path):
            return self._inner(environ, start_response)
        if path.startswith(_MEDIA):
            return self._send_media(path, environ, start_response)
        entry = self._find(path)
        if entry is None:
            return self._inner(environ, start_response)
        return _send(entry, environ, start_response)

    def _send_media(
        self, path: str, environ: dict[str, Any], start_response: StartResponse
    ) -> Iterable[bytes]:
        name = self._public + path[7:]
        # The folder is flat: a further slash, a dot file or a NUL is nothing that we made.
        if (
            "/" in path[len(_MEDIA) :]
            or path.startswith(_MEDIA + ".")
            or "\0" in path
            or not os.path.isfile(name)
        ):
            return self._inner(environ, start_response)
        return static_media.send(name, environ, start_response, _BASE)

    def _find(self, path: str) -> Entry | None:
        if path.startswith("/public/"):
            name = self._public + path[7:]
        else:
            name = self._app + ("/index.html" if path == "/" else path)
        try:
            modified = os.stat(name).st_mtime_ns
        except (OSError, ValueError):
            return None
        entry = self._entries.get(name)
        if entry is None or entry.modified != modified:
            entry = self._prepare(name, path, modified)
            if entry is not None:
                self._keep(name, entry)
        return entry

    def _keep(self, name: str, entry: Entry) -> None:
        """Hold ``entry`` ready and let go of the oldest beyond the limit; a file larger than that is never held."""
        with self._lock:
            former = self._entries.pop(name, None)
            self._size -= former.size if former else 0
            if entry.size > self._kept:
                return
            self._entries[name] = entry
            self._size += entry.size
            while self._size > self._kept:
                _, oldest = self._entries.popitem(last=False)
                self._size -= oldest.size

    def _prepare(self, name: str, path: str, modified: int) -> Entry | None:
        root = self._public if path.startswith("/public/") else self._app
        real = os.path.realpath(name)
        if not real.startswith(os.path.realpath(root) + os.sep) or not os.path.isfile(real):
            return None
        content = Path(real).read_bytes()
        etag = f'"{hashlib.sha256(content).hexdigest()[:20]}"'
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        common = [*_BASE, ("ETag", etag), ("Cache-Control", _caching(path)), ("Vary", "Accept-Encoding")]
        common.append(("Content-Type", f"{kind}; charset=utf-8" if name.endswith(_COMPRESSIBLE) else kind))
        if kind == "text/html":
            policy = PAGE_POLICY if path.startswith("/public/") else self._policy
            common.append(("Content-Security-Policy", policy))
        bodies = {"": content}
        if name.endswith(_COMPRESSIBLE) and len(content) > _SMALLEST:
            bodies |= {"gzip": gzip.compress(content, 6, mtime=0), "br": brotli.compress(content, quality=6)}
        return Entry(
            modified, etag, {code: (_with(common, code, body), body) for code, body in bodies.items()}
        )


def _normal(path: str) -> bool:
    """Whether ``path`` is the one spelling of its file: each further one would be compressed and held again."""
    return path == "/" or all(part not in ("", ".", "..") for part in path.split("/")[1:])


def _caching(path: str) -> str:
    parts = path.rsplit("/", 1)[-1].split(".")
    hashed = path.startswith("/assets/") or (path.startswith("/public/") and len(parts) > 2)
    return "public, max-age=31536000, immutable" if hashed else "no-cache"


def _with(headers: Headers, encoding: str, body: bytes) -> Headers:
    extra = [("Content-Length", str(len(body)))]
    return [*headers, *extra, ("Content-Encoding", encoding)] if encoding else [*headers, *extra]


def _send(entry: Entry, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
    accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
    variants = entry.variants
    encoding = (
        "br"
        if "br" in accepted and "br" in variants
        else "gzip"
        if "gzip" in accepted and "gzip" in variants
        else ""
    )
    headers, body = variants[encoding]
    if environ.get("HTTP_IF_NONE_MATCH") == entry.etag:
        start_response("304 Not Modified", [pair for pair in headers if not pair[0].startswith("Content-")])
        return (b"",)
    start_response("200 OK", headers)
    return (b"",) if environ["REQUEST_METHOD"] == "HEAD" else (body,)
