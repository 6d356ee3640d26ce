"""Publish = compile: the document goes into the table now, into files when the transaction commits."""

import gzip
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from zhijian.core.clock import now
from zhijian.publishing.files import write_out
from zhijian.publishing.models import PublishedDocument


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


@transaction.atomic
def publish_document(key: str, payload: Mapping[str, Any]) -> Published:
    """Make ``payload`` the current document of ``key`` (``items/…``, ``catalog`` …); the same again is no change.

    Earlier versions stay at their immutable paths. The caller's transaction decides: no file is written before it
    commits, and the files can always be made again from the table.
    """
    body = canonical(payload)
    digest = hashlib.sha256(body).hexdigest()
    current = PublishedDocument.objects.select_for_update().filter(key=key, current=True).first()
    if current is None or current.hash != digest:
        if current:
            PublishedDocument.objects.filter(pk=current.pk).update(current=False)
        current, _ = PublishedDocument.objects.update_or_create(
            key=key,
            hash=digest,
            defaults={
                "bytes": len(body),
                "body": gzip.compress(body, 6, mtime=0),
                "current": True,
                "published_at": now(),
            },
        )
        write_on_commit()
    return Published(hash=digest, path=f"/public/{current.path}")


@transaction.atomic
def retract_document(key: str) -> None:
    """``key`` leaves the index and loses its alias; what it was stays at its immutable path."""
    if PublishedDocument.objects.filter(key=key, current=True).update(current=False):
        write_on_commit()


def write_on_commit() -> None:
    """Files follow the commit, once for all documents of a transaction.

    Should this process die in between, the periodic task makes the files: see :mod:`zhijian.publishing.tasks`.
    """
    if not any(function is write_out for _, function, _ in transaction.get_connection().run_on_commit):
        transaction.on_commit(write_out, robust=True)
