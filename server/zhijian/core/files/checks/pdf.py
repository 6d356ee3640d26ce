"""PDFs: readable, not locked, and without anything that acts by itself when an officer opens them."""

import io
from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject

from zhijian.core.files.checks.outcome import Checked
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


def check(content: bytes) -> Checked:
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise LockedFile()
        pages = len(reader.pages)
        if pages > MAX_PAGES:
            raise FileTooLarge(f"PDF 最多 {MAX_PAGES} 页，请分成几个文件。")
        acting = any(map(_acts, _dictionaries(reader)))
    except _BROKEN as error:
        raise DamagedFile() from error
    if not pages:
        raise DamagedFile("PDF 里没有页面。")
    if acting:
        raise DangerousFile("PDF 里有脚本或会自动运行的动作，请用“打印为 PDF”另存后再上传。")
    return Checked(content, PDF, pages=pages)


def _acts(dictionary: DictionaryObject) -> bool:
    return bool(_ACTING_KEYS & dictionary.keys()) or dictionary.get("/S") in _ACTING_TYPES


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
