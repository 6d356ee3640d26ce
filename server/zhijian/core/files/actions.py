"""The only writers of stored files."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from django.db import transaction

from zhijian.core import crypto
from zhijian.core.files import checks, names, sealed
from zhijian.core.files.errors import EmptyFile, FileTooLarge, LockedFile, TypeNotAllowed
from zhijian.core.files.models import StoredFile
from zhijian.core.files.store import store
from zhijian.core.files.types import DOCX, PDF, XLSX, FileType, identify, is_locked_office
from zhijian.core.ids import new_id

_KEY = 32
_BLOCK = 1 << 16


class Upload(Protocol):
    """What Django's ``UploadedFile`` and any named binary stream offer."""

    @property
    def name(self) -> str | None: ...
    def read(self, size: int = ..., /) -> bytes: ...


def intake(upload: Upload, *, allowed: Collection[FileType], max_bytes: int, kind: str) -> StoredFile:
    """Check an upload by its content and store a cleaned copy; reads at most ``max_bytes`` and a block.

    Images lose their metadata (place, device, time) and are turned upright. The blob is durable when this returns,
    the row when the caller's transaction commits. Raises the problems of :mod:`zhijian.core.files.errors`.
    """
    content = _read(upload, max_bytes)
    found = identify(content)
    if found is None and {DOCX, XLSX} & set(allowed) and is_locked_office(content):
        raise LockedFile()
    if found is None or found not in allowed:
        words = "、".join(sorted(kind.word for kind in allowed))
        raise TypeNotAllowed(f"可以上传的格式：{words}。只改文件名的后缀不能改变格式。")
    checked = checks.check(content, found)
    name = names.tidy(upload.name or "", extension=checked.type.extension)
    return _store(Kept(checked.content, name, checked.type.mime, checked.pages, checked.preview), kind=kind)


def keep(
    content: bytes, *, name: str, kind: str, pages: int | None = None, mime: str = PDF.mime
) -> StoredFile:
    """Store a document of our own making, unchecked."""
    return _store(Kept(content, name, mime, pages, None), kind=kind)


def discard(file: StoredFile) -> None:
    """Delete a file: the row now, its blobs once the transaction commits."""
    keys = [key for key in (file.key, file.preview_key) if key]
    file.delete()
    for key in keys:
        transaction.on_commit(lambda key=key: store().delete(key))  # type: ignore[misc]


@dataclass(frozen=True, slots=True)
class Kept:
    """What is about to be stored."""

    content: bytes
    name: str
    mime: str
    pages: int | None
    preview: bytes | None


def _store(kept: Kept, *, kind: str) -> StoredFile:
    # Blobs first: a row without its blob would be a lost file, a blob without its row is swept up after a day.
    key, preview_key = new_id(_KEY), new_id(_KEY) if kept.preview else None
    sealed.write(key, kept.content)
    if preview_key and kept.preview:
        sealed.write(preview_key, kept.preview)
    return StoredFile.objects.create(
        name=kept.name,
        kind=kind,
        mime=kept.mime,
        size=len(kept.content),
        digest=crypto.keyed_digest("core.file", kept.content),
        pages=kept.pages,
        key=key,
        preview_key=preview_key,
    )


def _read(upload: Upload, max_bytes: int) -> bytes:
    parts, size = [], 0
    while block := upload.read(_BLOCK):
        size += len(block)
        if size > max_bytes:
            raise FileTooLarge(
                f"单个文件最大 {max_bytes / (1 << 20):.0f} MB。", extra={"max_bytes": max_bytes}
            )
        parts.append(block)
    if not size:
        raise EmptyFile()
    return b"".join(parts)
