"""Publish = compile: the document goes into the table now, into files when the transaction commits."""

import gzip
import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from zhijian.core.clock import now
from zhijian.core.files.models import StoredFile
from zhijian.publishing.files import write_out
from zhijian.publishing.models import JSON, PublishedDocument, PublishedFile

_EXTENSIONS = {
    "image/webp": "webp",
    "image/jpeg": "jpg",
    "image/png": "png",
    "video/mp4": "mp4",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
}
"""What may be made public as it is. Nothing here can run in a browser."""


@dataclass(frozen=True, slots=True)
class Published:
    """``hash`` is SHA-256 of the bytes; ``path`` is the immutable address below the site's root."""

    hash: str
    path: str


def canonical(payload: Any) -> bytes:
    """One value, one sequence of bytes: sorted keys, no spaces, UTF-8. NaN is refused (ValueError)."""
    return json.dumps(
        payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def publish_document(key: str, payload: Mapping[str, Any]) -> Published:
    """Make ``payload`` the current document of ``key`` (``items/…``, ``catalog`` …); the same again is no change.

    Earlier versions stay at their immutable paths. The caller's transaction decides: no file is written before it
    commits, and the files can always be made again from the table.
    """
    return publish_bytes(key, JSON, canonical(payload))


@transaction.atomic
def publish_bytes(key: str, suffix: str, body: bytes) -> Published:
    """As :func:`publish_document`, for what isn't JSON: ``.html``, ``.xml``, ``.css``, ``.vtt``, ``.png``."""
    digest = hashlib.sha256(body).hexdigest()
    rows = PublishedDocument.objects.filter(key=key, suffix=suffix)
    current = rows.select_for_update().filter(current=True).first()
    if current is None or current.hash != digest:
        if current:
            PublishedDocument.objects.filter(pk=current.pk).update(current=False)
        current, _ = PublishedDocument.objects.update_or_create(
            key=key,
            suffix=suffix,
            hash=digest,
            defaults={
                "bytes": len(body),
                "body": gzip.compress(body, 6, mtime=0),
                "current": True,
                "published_at": now(),
                "purged": False,
            },
        )
        write_on_commit()
    return Published(hash=digest, path=f"/public/{current.path}")


@transaction.atomic
def retract_document(key: str, suffix: str = JSON) -> None:
    """``key`` leaves the index and loses its alias; what it was stays at its immutable path."""
    if PublishedDocument.objects.filter(key=key, suffix=suffix, current=True).update(current=False):
        write_on_commit()


@transaction.atomic
def purge_versions(key: str, suffix: str = JSON) -> None:
    """Take back what ``key`` was before: the bytes go, their immutable addresses answer no more.

    For what should never have been public; copies that others keep are out of reach.
    """
    earlier = PublishedDocument.objects.filter(key=key, suffix=suffix, current=False, purged=False)
    if earlier.update(purged=True, body=b""):
        write_on_commit()


@transaction.atomic
def publish_file(file: StoredFile, *, preview: bool = False) -> Published:
    """Make a copy of ``file`` (of its smaller picture, if ``preview``) public under an address made of its hash.

    Raises :class:`ValueError` for a type that isn't for the public.
    """
    known = PublishedFile.objects.filter(file=file, preview=preview).first()
    if known is None:
        body, mime = file.read_preview() if preview else (file.read(), file.mime)
        if mime not in _EXTENSIONS:
            raise ValueError(f"not for the public: {mime}")
        digest = hashlib.sha256(body).hexdigest()
        known, _ = PublishedFile.objects.get_or_create(
            # The file's own id too: of two equal files one may be retracted and the other stay.
            path=f"media/{digest[:24]}{file.public_id[:8]}.{_EXTENSIONS[mime]}",
            defaults={"file": file, "preview": preview, "hash": digest, "bytes": len(body)},
        )
        write_on_commit()
    if not known.current:
        PublishedFile.objects.filter(pk=known.pk).update(current=True)
        write_on_commit()
    return Published(hash=known.hash, path=f"/public/{known.path}")


@transaction.atomic
def retract_files(paths: Collection[str]) -> None:
    """Take the public copies at these addresses away."""
    names = [path.removeprefix("/public/") for path in paths]
    if PublishedFile.objects.filter(path__in=names, current=True).update(current=False):
        write_on_commit()


def write_on_commit() -> None:
    """Files follow the commit, once for all documents of a transaction.

    Should this process die in between, the periodic task makes the files: see :mod:`zhijian.publishing.tasks`.
    """
    if not any(function is write_out for _, function, _ in transaction.get_connection().run_on_commit):
        transaction.on_commit(write_out, robust=True)
