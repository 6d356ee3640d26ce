"""Which kinds of file exist for us, told from the content and never from the name."""

from dataclasses import dataclass

import filetype


@dataclass(frozen=True, slots=True)
class FileType:
    """``word`` is what people call it; ``extension`` is put on the stored name."""

    extension: str
    mime: str
    word: str


JPG = FileType("jpg", "image/jpeg", "JPG 图片")
PNG = FileType("png", "image/png", "PNG 图片")
WEBP = FileType("webp", "image/webp", "WebP 图片")
HEIC = FileType("heic", "image/heic", "HEIC 照片")
PDF = FileType("pdf", "application/pdf", "PDF 文档")
DOCX = FileType(
    "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word 文档（docx）"
)
XLSX = FileType(
    "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel 表格（xlsx）"
)
MP4 = FileType("mp4", "video/mp4", "MP4 视频")

IMAGES = frozenset({JPG, PNG, WEBP, HEIC})
DOCUMENTS = frozenset({PDF, DOCX, XLSX})
VIDEOS = frozenset({MP4})
MATERIALS = IMAGES | DOCUMENTS

_BY_MIME = {kind.mime: kind for kind in MATERIALS | VIDEOS}
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PNG = b"\x89PNG\r\n\x1a\n"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_HEAD = 8192


def identify(content: bytes) -> FileType | None:
    """The type of ``content``; None for everything that we do not know. Says nothing about soundness."""
    if content.removeprefix(_BYTE_ORDER_MARK).lstrip(b"\r\n\t ").startswith(b"%PDF-"):
        return PDF
    if content.startswith(_ZIP):
        return _office(content)
    if content.startswith(_PNG):  # an animated one as well: its first picture is kept
        return PNG
    found = filetype.guess_mime(content[:_HEAD])
    return _BY_MIME.get("image/heic" if found == "image/heif" else found)


def is_locked_office(content: bytes) -> bool:
    """A Word or Excel file with a password: its package lies encrypted in an OLE container."""
    return content.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in content


def _office(content: bytes) -> FileType | None:
    # Names of a zip's entries stand in clear in its directory; the office check reads them properly later.
    if b"word/document.xml" in content:
        return DOCX
    return XLSX if b"xl/workbook.xml" in content else None
