"""PDFs: readable, not locked, and without anything that acts by itself when an officer opens them."""

import io
from collections.abc import Iterator
from contextlib import suppress

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject, StreamObject

from zhijian.core.files.checks.outcome import Checked
from zhijian.core.files.checks.relations import is_local
from zhijian.core.files.errors import DamagedFile, DangerousFile, FileTooLarge, LockedFile
from zhijian.core.files.types import PDF

MAX_PAGES = 500
MAX_OBJECTS = 50_000
# What pypdf raises on broken structures: its own errors, and those of the values it expected to be otherwise.
_BROKEN = (PyPdfError, ValueError, LookupError, TypeError, AttributeError, RecursionError, OSError)
_ACTING_KEYS = {"/JS", "/JavaScript", "/RichMedia", "/XFA"}
_ACTING_TYPES = {
    "/JavaScript",
    "/Launch",
    "/ImportData",
    "/SubmitForm",
    "/RichMedia",
    "/Movie",
    "/Rendition",
    "/GoToE",
}
_QUIET_TYPES = {"/GoTo", "/Named"}
_DATA = (".xml", ".xbrl", ".txt", ".csv", ".json")


def check(content: bytes) -> Checked:
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        # Banks and registries forbid printing by an owner's password: such a file opens without any.
        if reader.is_encrypted and not reader.decrypt(""):
            raise LockedFile()
        pages = len(reader.pages)
        if pages > MAX_PAGES:
            raise FileTooLarge(f"PDF 最多 {MAX_PAGES} 页，请分成几个文件。")
        found = list(_dictionaries(reader))
        acting = any(map(_acts, found))
        carrying = any(map(_carries_a_file, found))
    except _BROKEN as error:
        raise DamagedFile() from error
    if not pages:
        raise DamagedFile("PDF 里没有页面。")
    if acting:
        raise DangerousFile("PDF 里有脚本或会自动运行的动作，请用“打印为 PDF”另存后再上传。")
    if carrying:
        raise DangerousFile("PDF 里夹着别的文件，请用“打印为 PDF”另存，并把夹带的文件分开上传。")
    return Checked(content, PDF, pages=pages)


def _acts(dictionary: DictionaryObject) -> bool:
    return (
        bool(_ACTING_KEYS & dictionary.keys())
        or dictionary.get("/S") in _ACTING_TYPES
        or _starts_by_itself(dictionary)
        or any(_is_elsewhere(dictionary.get(key)) for key in ("/F", "/UF", "/Unix", "/DOS", "/Mac"))
    )


def _starts_by_itself(dictionary: DictionaryObject) -> bool:
    """What opening the file or a page starts may move about in the file, and nothing else."""
    started = [dictionary.get("/OpenAction")]
    if isinstance(triggers := _resolved(dictionary.get("/AA")), DictionaryObject):
        started += triggers.values()
    return any(
        isinstance(action, DictionaryObject) and not _stays_inside(action)
        for action in map(_resolved, started)
    )


def _stays_inside(action: DictionaryObject) -> bool:
    """Whether ``action`` and all that follow it, however long the chain, only move about in the file."""
    pending, seen = [action], set[int]()
    while pending:
        step = pending.pop()
        if id(step) in seen:
            continue
        seen.add(id(step))
        if step.get("/S") not in _QUIET_TYPES:
            return False
        following = _resolved(step.get("/Next"))
        steps = following if isinstance(following, ArrayObject) else [following]
        pending += [one for one in map(_resolved, steps) if isinstance(one, DictionaryObject)]
    return True


def _is_elsewhere(value: object) -> bool:
    """A share of the network is asked with the reader's own log-in as soon as it is looked at."""
    if not isinstance(value, str):
        return False
    return not is_local(value)


def _carries_a_file(dictionary: DictionaryObject) -> bool:
    """Electronic invoices carry their figures as XML, and may; anything else is to be sent apart."""
    files = _resolved(dictionary.get("/EF"))
    if not isinstance(files, DictionaryObject):
        return False
    name = str(dictionary.get("/UF") or dictionary.get("/F") or "").lower()
    contents = [_resolved(one) for one in files.values()]
    return not name.endswith(_DATA) or any(
        isinstance(one, StreamObject) and not _is_text(one.get_data()) for one in contents
    )


def _is_text(content: bytes) -> bool:
    if content.lstrip()[:1] == b"<" and b"<script" in content.lower():
        return False
    for encoding in ("utf-8-sig", "utf-16", "gb18030"):
        with suppress(UnicodeDecodeError):
            text = content.decode(encoding)
            return "\0" not in text and not text.startswith(("MZ", "PK\x03\x04", "%PDF", "{\\rt"))
    return False


def _resolved(value: object) -> object:
    return value.get_object() if isinstance(value, IndirectObject) else value


def _dictionaries(reader: PdfReader) -> Iterator[DictionaryObject]:
    """Every dictionary of the file, whether or not a page leads to it."""
    numbers = {number for table in reader.xref.values() for number in table} | set(reader.xref_objStm)
    if len(numbers) > MAX_OBJECTS:
        raise FileTooLarge("PDF 的结构太复杂，请用“打印为 PDF”另存后再上传。")
    pending: list[PdfObject | None] = [reader.trailer]
    pending += [reader.get_object(number) for number in numbers if number]
    while pending:
        value = pending.pop()
        if isinstance(value, DictionaryObject):
            yield value
            pending += [part for part in value.values() if not isinstance(part, IndirectObject)]
        elif isinstance(value, ArrayObject):
            pending += [part for part in value if not isinstance(part, IndirectObject)]
