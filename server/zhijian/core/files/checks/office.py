"""Word and Excel files are zip archives of XML: bounded, sound, and without macros or references outward."""

import io
import re
import zipfile
import zlib

from zhijian.core.files.checks.outcome import Checked
from zhijian.core.files.errors import DamagedFile, DangerousFile, LockedFile
from zhijian.core.files.types import DOCX, FileType

MAX_ENTRIES = 2000
MAX_UNPACKED = 100 << 20  # bytes of all entries together
MAX_RATIO = 200  # unpacked to packed; honest spreadsheets reach about 50
_RATIO_FROM = 1 << 20  # smaller entries may be as dense as they like
_BLOCK = 1 << 16
_ENCRYPTED = 0x1
_ARCHIVES = (".zip", ".rar", ".7z", ".gz", ".docx", ".xlsx", ".pptx", ".docm", ".xlsm", ".jar")
_ACTIVE = re.compile(
    r"vbaproject|activex|macrosheets|\.(exe|dll|js|vbs|bat|cmd|ps1|scr|hta|lnk)$", re.IGNORECASE
)
_OUTWARD = re.compile(
    rb'(attachedTemplate|oleObject|frame|subDocument)"[^>]*TargetMode\s*=\s*"External"', re.IGNORECASE
)
_DOCTYPE = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_MAIN = {DOCX: "word/document.xml"}


def check(content: bytes, found: FileType) -> Checked:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_directory(entries, main=_MAIN.get(found, "xl/workbook.xml"))
            _check_contents(archive, entries)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise DamagedFile() from error
    return Checked(content, found)


def _check_directory(entries: list[zipfile.ZipInfo], *, main: str) -> None:
    names = {entry.filename for entry in entries}
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise LockedFile()
    if (
        len(entries) > MAX_ENTRIES
        or len(names) != len(entries)
        or sum(e.file_size for e in entries) > MAX_UNPACKED
    ):
        raise DangerousFile("文件解开后过大，不像普通文档。")
    if any(name.startswith(("/", "\\")) or ".." in name.split("/") for name in names):
        raise DangerousFile()
    if any(_ACTIVE.search(name) for name in names):
        raise DangerousFile("文件里有宏或程序，请另存为不含宏的 docx 或 xlsx。")
    if any(name.lower().endswith(_ARCHIVES) for name in names):
        raise DangerousFile("文件里还装着别的文件，请把它们分开上传。")
    if not {"[Content_Types].xml", main} <= names:
        raise DamagedFile()


def _check_contents(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """Unpack everything in blocks, keeping nothing: declared sizes may lie, counted bytes do not."""
    total = 0
    for entry in entries:
        unpacked, relations = 0, entry.filename.endswith(".rels")
        tail = b""
        with archive.open(entry) as stream:
            while block := stream.read(_BLOCK):
                unpacked += len(block)
                total += len(block)
                if total > MAX_UNPACKED or _too_dense(unpacked, entry.compress_size):
                    raise DangerousFile("文件解开后过大，不像普通文档。")
                tail = tail[-200:] + block
                if _DOCTYPE.search(tail) and entry.filename.endswith((".xml", ".rels")):
                    raise DangerousFile()
                if relations and _OUTWARD.search(tail):
                    raise DangerousFile("文件引用了外部模板或对象，请断开链接后另存再上传。")


def _too_dense(unpacked: int, packed: int) -> bool:
    return unpacked > _RATIO_FROM and unpacked > packed * MAX_RATIO
