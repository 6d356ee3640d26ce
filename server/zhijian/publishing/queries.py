"""Reads of what is published."""

from collections.abc import Collection

from zhijian.core.files.models import StoredFile
from zhijian.publishing.models import JSON, PublishedDocument, PublishedFile


def addresses_of(files: Collection[StoredFile | int], *, preview: bool | None = None) -> dict[int, str]:
    """The public address of each of ``files`` (rows or keys) that is public, by the file's key. One query."""
    rows = PublishedFile.objects.filter(file__in=files, current=True)
    if preview is not None:
        rows = rows.filter(preview=preview)
    return {file: f"/public/{path}" for file, path in rows.values_list("file_id", "path")}


def current_hash(key: str) -> str | None:
    """Of the document ``key`` in force; None where there is none."""
    rows = PublishedDocument.objects.filter(key=key, suffix=JSON, current=True)
    return rows.values_list("hash", flat=True).first()
