"""Files of the published documents, made from the table.

Order makes every crash harmless: public copies of media, then immutable files (each complete before it gets its
name), then aliases, then the indexes, then what nothing names any more. So no index names a file that is not there.
"""

import gzip
import json
import logging
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import brotli
from django.conf import settings
from django.db import transaction

from zhijian.core import locks
from zhijian.core.clock import now
from zhijian.core.files.errors import FileMissing
from zhijian.core.locks import Lock
from zhijian.publishing.models import JSON, PublishedDocument, PublishedFile

log = logging.getLogger(__name__)
_ENCODINGS = ("", ".gz", ".br")
_COMPRESSED = frozenset({".png"})  # by themselves
INDEX = "index.json"
PAGES = "pages.json"  # what isn't JSON: pages, feeds, styles, pictures


@dataclass(frozen=True, slots=True)
class _Entry:
    key: str
    suffix: str
    hash: str
    bytes: int

    @property
    def name(self) -> str:
        return self.key if self.suffix == JSON else self.alias

    @property
    def file(self) -> str:
        return f"{self.key}.{self.hash[:12]}{self.suffix}"

    @property
    def alias(self) -> str:
        return self.key + self.suffix

    @property
    def encodings(self) -> tuple[str, ...]:
        return ("",) if self.suffix in _COMPRESSED else _ENCODINGS

    def as_json(self) -> dict[str, Any]:
        return {"path": f"/public/{self.file}", "hash": self.hash, "bytes": self.bytes}


def write_out() -> int:
    """Bring PUBLIC_ROOT up to date with the table; returns how many documents were written. Idempotent."""
    root = Path(settings.PUBLIC_ROOT)
    with transaction.atomic():
        locks.take(Lock.PUBLISHED_INDEX)
        unwanted = _write_media(root) + _purged(root)
        rows = PublishedDocument.objects.filter(current=True).order_by("key", "suffix")
        entries = [_Entry(*row) for row in rows.values_list("key", "suffix", "hash", "bytes")]
        before = {name: _read_index(root, name) for name in (INDEX, PAGES)}
        known = before[INDEX] | before[PAGES]
        stale = [entry for entry in entries if not _up_to_date(root, entry, known)]
        for entry in stale:
            _write_document(root, entry)
        for name, chosen in _by_index(entries).items():
            documents = {entry.name: entry.as_json() for entry in chosen}
            if documents != before[name]:
                _write_index(root, name, documents)
                _remove_aliases(root, name, before[name].keys() - documents.keys())
        for path in unwanted:
            path.unlink(missing_ok=True)
    return len(stale)


def rebuild_all() -> int:
    """Make every current document's files again, whatever is there."""
    for name in (INDEX, PAGES):
        (Path(settings.PUBLIC_ROOT) / name).unlink(missing_ok=True)
    return write_out()


def _by_index(entries: list[_Entry]) -> dict[str, list[_Entry]]:
    return {
        INDEX: [entry for entry in entries if entry.suffix == JSON],
        PAGES: [entry for entry in entries if entry.suffix != JSON],
    }


def _write_media(root: Path) -> list[Path]:
    """Make the missing public copies of stored files; returns the places of those that are no longer public."""
    unwanted = []
    for row in PublishedFile.objects.order_by("path"):
        place = root / row.path
        if not row.current:
            unwanted.append(place)
        elif not place.exists() or place.stat().st_size != row.bytes:
            _write_copy(root, row)
    return unwanted


def _purged(root: Path) -> list[Path]:
    rows = PublishedDocument.objects.filter(purged=True)
    entries = [_Entry(*row) for row in rows.values_list("key", "suffix", "hash", "bytes")]
    return [root / (entry.file + encoding) for entry in entries for encoding in entry.encodings]


def _write_copy(root: Path, row: PublishedFile) -> None:
    try:
        body = row.file.read_preview()[0] if row.preview else row.file.read()
    except FileMissing:  # one lost file must not keep everything else from being published
        log.error("a public file is missing in the store", extra={"path": row.path})
    else:
        _write(root, row.path, {"": body})


def _read_index(root: Path, name: str) -> dict[str, Any]:
    try:
        documents = json.loads((root / name).read_bytes())["documents"]
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return {}
    return documents if isinstance(documents, dict) else {}


def _up_to_date(root: Path, entry: _Entry, before: dict[str, Any]) -> bool:
    names = [name + encoding for name in (entry.file, entry.alias) for encoding in entry.encodings]
    return before.get(entry.name) == entry.as_json() and all((root / name).exists() for name in names)


def _write_document(root: Path, entry: _Entry) -> None:
    row = PublishedDocument.objects.only("body").get(key=entry.key, suffix=entry.suffix, hash=entry.hash)
    body = gzip.decompress(row.body)
    variants = _compressed(body) if len(entry.encodings) > 1 else {"": body}
    for name in (entry.file, entry.alias):
        _write(root, name, variants)


def _write_index(root: Path, name: str, documents: dict[str, Any]) -> None:
    index = {"generated_at": now().isoformat(timespec="seconds"), "documents": documents}
    body = json.dumps(index, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    _write(root, name, _compressed(body))


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


def _remove_aliases(root: Path, index: str, names: Iterable[str]) -> None:
    for name in names:
        alias = name + JSON if index == INDEX else name
        for encoding in _ENCODINGS:
            (root / f"{alias}{encoding}").unlink(missing_ok=True)
