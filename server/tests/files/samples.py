"""Files as people and attackers make them, really generated."""

import io
import struct
import zipfile
import zlib
from typing import Any

from PIL import Image
from PIL.TiffImagePlugin import IFDRational
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

OOXML = "application/vnd.openxmlformats-officedocument"
CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{OOXML}.wordprocessingml.document.main+xml"/>'
    f'<Override PartName="/word/charts/chart1.xml" ContentType="{OOXML}.drawingml.chart+xml"/>'
    "</Types>"
)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DOCUMENT = f'<w:document xmlns:w="{WORD}"><w:body>%s</w:body></w:document>'
ELF = b"\x7fELF\x02\x01\x01" + b"\0" * 500
WINDOWS_PROGRAM = b"MZ\x90\0" + b"\0" * 60 + b"PE\0\0" + b"\0" * 500
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000
GPS_IFD, ORIENTATION, CAMERA = 0x8825, 0x0112, 0x0110


class Upload(io.BytesIO):
    """A named stream that counts what was read."""

    def __init__(self, content: bytes, name: str = "文件") -> None:
        super().__init__(content)
        self.name = name
        self.taken = 0

    def read(self, size: int | None = -1, /) -> bytes:
        block = super().read(size)
        self.taken += len(block)
        return block


class Endless(Upload):
    """A stream that never ends, as a hostile client's."""

    def __init__(self) -> None:
        super().__init__(b"")

    def read(self, size: int | None = -1, /) -> bytes:
        self.taken += size or 0
        return b"\xff" * (size or 0)


def image(kind: str = "JPEG", size: tuple[int, int] = (64, 48), mode: str = "RGB", **options: Any) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, 200 if mode in {"L", "1", "P", "I;16"} else None).save(out, kind, **options)
    return out.getvalue()


def photograph(orientation: int = 6, size: tuple[int, int] = (80, 40)) -> bytes:
    """A telephone's JPEG: place and camera in its EXIF, a red left half, turned by ``orientation``."""
    picture = Image.new("RGB", size, "blue")
    picture.paste((255, 0, 0), (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[ORIENTATION], exif[CAMERA] = orientation, "SecretPhone 9"
    exif.get_ifd(GPS_IFD).update({1: "N", 2: (IFDRational(31), IFDRational(14), IFDRational(5))})
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif, quality=95, comment=b"home of the owner")
    return out.getvalue()


def pixel_bomb(side: int = 30_000) -> bytes:
    """A PNG of 900 million pixels in about a hundred kilobytes: one row repeated."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    packer = zlib.compressobj(9)
    row = b"\0" * (1 + side // 8)
    rows = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def _script() -> DictionaryObject:
    return DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("1")}
    )


def pdf(pages: int = 1, **parts: Any) -> bytes:
    """``script``, ``launch`` and ``annotation`` add what must not be; ``password`` locks it."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    if parts.get("script"):
        names = DictionaryObject({NameObject("/Names"): ArrayObject([TextStringObject("x"), _script()])})
        writer.root_object[NameObject("/Names")] = DictionaryObject({NameObject("/JavaScript"): names})
    if parts.get("launch"):
        action = DictionaryObject(
            {NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("a.exe")}
        )
        writer.root_object[NameObject("/OpenAction")] = action
    if parts.get("annotation"):
        link = DictionaryObject({NameObject("/Type"): NameObject("/Annot"), NameObject("/A"): _script()})
        writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(link)])
    if parts.get("password"):
        writer.encrypt(parts["password"])
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def zipped(entries: dict[str, bytes | str], **options: Any) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", options.get("method", zipfile.ZIP_DEFLATED)) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx(**more: bytes | str) -> bytes:
    """A Word file; ``more`` maps entry names, with ``__`` for ``/`` and ``_dot_`` for ``.``, to contents."""
    entries: dict[str, bytes | str] = {
        "[Content_Types].xml": CONTENT_TYPES,
        "word/document.xml": DOCUMENT % "",
    }
    return zipped(
        entries | {name.replace("__", "/").replace("_dot_", "."): body for name, body in more.items()}
    )


def xlsx() -> bytes:
    from openpyxl import Workbook

    out = io.BytesIO()
    book = Workbook()
    book.active["A1"] = "材料"
    book.save(out)
    return out.getvalue()


def lying_zip() -> bytes:
    """A docx whose directory says 10 bytes where 60 MB come out."""
    content = docx(word__media__a_dot_bin=b"\0" * (60 << 20))
    size = struct.pack("<I", 60 << 20)
    return content.replace(size, struct.pack("<I", 10))
