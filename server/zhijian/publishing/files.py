"""Files of the published documents, made from the table.

Order makes every crash harmless: immutable files first (each complete before it gets its name), then aliases, then
the index, then what nothing names any more. So the index never names a file that is not there.
"""

import gzip
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import brotli
from django.conf import settings
from django.db import connection, transaction

from zhijian.core.clock import now
from zhijian.publishing.models import PublishedDocument

_LOCK = 7_218_002  # one writer of the index at a time, over all processes
_SUFFIXES = ("", ".gz", ".br")
INDEX = "index.json"


@dataclass(frozen=True, slots=True)
class _Entry:
    key: str
    hash: str
    bytes: int

    @property
    def file(self) -> str:
        return f"{self.key}.{self.hash[:12]}.json"

    @property
    def alias(self) -> str:
        return f"{self.key}.json"

    def as_json(self) -> dict[str, Any]:
        return {"path": f"/public/{self.file}", "hash": self.hash, "bytes": self.bytes}


def write_out() -> int:
    """Bring PUBLIC_ROOT up to date with the table; returns how many documents were written. Idempotent."""
    root = Path(settings.PUBLIC_ROOT)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        rows = PublishedDocument.objects.filter(current=True).order_by("key")
        entries = [_Entry(*row) for row in rows.values_list("key", "hash", "bytes")]
        before = _read_index(root)
        stale = [entry for entry in entries if not _up_to_date(root, entry, before)]
        for entry in stale:
            _write_document(root, entry)
        documents = {entry.key: entry.as_json() for entry in entries}
        if documents != before:
            _write_index(root, documents)
            _remove_aliases(root, before.keys() - documents.keys())
    return len(stale)


def rebuild_all() -> int:
    """Make every current document's files again, whatever is there."""
    index = Path(settings.PUBLIC_ROOT) / INDEX
    index.unlink(missing_ok=True)
    return write_out()


def _read_index(root: Path) -> dict[str, Any]:
    try:
        documents = json.loads((root / INDEX).read_bytes())["documents"]
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return {}
    return documents if isinstance(documents, dict) else {}


def _up_to_date(root: Path, entry: _Entry, before: dict[str, Any]) -> bool:
    names = [name + suffix for name in (entry.file, entry.alias) for suffix in _SUFFIXES]
    return before.get(entry.key) == entry.as_json() and all((root / name).exists() for name in names)


def _write_document(root: Path, entry: _Entry) -> None:
    row = PublishedDocument.objects.only("body").get(key=entry.key, hash=entry.hash)
    variants = _compressed(gzip.decompress(row.body))
    for name in (entry.file, entry.alias):
        _write(root, name, variants)


def _write_index(root: Path, documents: dict[str, Any]) -> None:
    index = {"generated_at": now().isoformat(timespec="seconds"), "documents": documents}
    body = json.dumps(index, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    _write(root, INDEX, _compressed(body))


def _compressed(body: bytes) -> dict[str, bytes]:
    # The plain file last: whoever finds it finds its compressed forms too.
    return {".br": brotli.compress(body, quality=9), ".gz": gzip.compress(body, 9, mtime=0), "": body}


def _write(root: Path, name: str, variants: dict[str, bytes]) -> None:
    target = root / name
    target.parent.mkdir(parents=True, exist_ok=True)
    for suffix, body in variants.items():
        _replace(target.with_name(target.name + suffix), body)
    _sync_folder(target.parent)


def _replace(target: Path, body: bytes) -> None:
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    with temporary.open("wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(target)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove_aliases(root: Path, keys: Iterable[str]) -> None:
    for key in keys:
        for suffix in _SUFFIXES:
            (root / f"{key}.json{suffix}").unlink(missing_ok=True)
