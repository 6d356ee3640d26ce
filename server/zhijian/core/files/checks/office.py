"""Word and Excel files: a package of parts that is read as Office reads it, by its types and relations.

Whatever runs, loads from elsewhere, or hides another file is refused, in whatever spelling; a chart carries the workbook
of its figures, which is looked at in the same way.
"""

import zipfile
from collections.abc import Mapping

from zhijian.core.files.checks import archives, relations, xml
from zhijian.core.files.checks.archives import Archive
from zhijian.core.files.checks.instructions import Instructions
from zhijian.core.files.checks.outcome import Checked
from zhijian.core.files.checks.relations import Relation
from zhijian.core.files.errors import DamagedFile, DangerousFile
from zhijian.core.files.types import DOCX, FileType

_TYPES = "[Content_Types].xml"
_MAIN = {DOCX: "word/document.xml"}
_MARKUP = (".xml", ".rels", ".vml")
_MACROS = ("macroenabled", "vbaproject", "vbadata", "activex", "macrosheet", "ms-office.webextension")
_PROGRAMS = (
    ".exe",
    ".dll",
    ".js",
    ".jse",
    ".vbs",
    ".vbe",
    ".wsf",
    ".bat",
    ".cmd",
    ".ps1",
    ".scr",
    ".hta",
    ".lnk",
    ".msi",
)
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_OTHER_FILES = (
    _OLE,
    b"MZ",
    b"\x7fELF",
    b"%PDF",
    b"Rar!",
    b"7z\xbc\xaf",
    b"{\\rt",
    b"ITSF",
    b"MSCF",
    b"\xca\xfe\xba\xbe",
)
_HEAD = 8
_WORDS_MACRO = "文件里有宏或程序，请另存为不含宏的 docx 或 xlsx。"
_WORDS_INSIDE = "文件里还装着别的文件，请把它们分开上传。"
_DEPTH = 2


def check(content: bytes, found: FileType) -> Checked:
    _check_package(content, main=_MAIN.get(found, "xl/workbook.xml"), unpacked=[0], depth=0)
    return Checked(content, found)


def _check_package(content: bytes, *, main: str, unpacked: list[int], depth: int) -> None:
    with archives.opened(content, unpacked) as archive:
        if any(_is_program(name.lower()) for name in archive.names):
            raise DangerousFile(_WORDS_MACRO)
        if not {_TYPES, main} <= archive.names:
            raise DangerousFile(_WORDS_INSIDE) if depth else DamagedFile()
        types = _types(archive)
        found = _relations(archive)
        charts = {
            relation.part.lower()
            for relation in found
            if relation.kind == "package" and not relation.external and _is_chart(types, relation.source)
        }
        for entry in archive.entries:
            if entry.filename == _TYPES or entry.filename.lower().endswith(".rels"):
                continue
            if entry.filename.lower() in charts:
                _check_workbook(archive, entry, unpacked, depth)
            elif _is_markup(entry.filename, types):
                _check_markup(archive, entry)
            else:
                _check_data(archive, entry)


def _is_program(name: str) -> bool:
    return name.endswith(_PROGRAMS) or any(word in name for word in ("vbaproject", "activex", "macrosheets"))


def _types(archive: Archive) -> dict[str, str]:
    """Content type by lower-case part name, and by ``.ending``."""
    found: dict[str, str] = {}

    def start(_namespace: str, name: str, attributes: Mapping[str, str]) -> None:
        content_type = attributes.get("contenttype", "").lower()
        if any(word in content_type for word in _MACROS):
            raise DangerousFile(_WORDS_MACRO)
        if name == "Override":
            found[attributes.get("partname", "").lstrip("/").lower()] = content_type
        elif name == "Default":
            found["." + attributes.get("extension", "").lower()] = content_type

    entry = next(entry for entry in archive.entries if entry.filename == _TYPES)
    xml.read(archive.blocks(entry), start=start)
    return found


def _type_of(types: Mapping[str, str], name: str) -> str:
    name = name.lower()
    return types.get(name) or types.get("." + name.rpartition(".")[2], "")


def _is_markup(name: str, types: Mapping[str, str]) -> bool:
    return name.lower().endswith(_MARKUP) or _type_of(types, name).endswith(("xml", "vmldrawing"))


def _is_chart(types: Mapping[str, str], source: str) -> bool:
    return "chart" in _type_of(types, source)


def _relations(archive: Archive) -> list[Relation]:
    """Of all parts, each checked."""
    found: list[Relation] = []
    for entry in archive.entries:
        if not entry.filename.lower().endswith(".rels"):
            continue
        source = relations.source_of(entry.filename)

        def start(_namespace: str, name: str, attributes: Mapping[str, str], source: str = source) -> None:
            if name != "Relationship":
                return
            relation = Relation(
                source=source,
                kind=attributes.get("type", "").rstrip("/").rpartition("/")[2].lower(),
                target=attributes.get("target", ""),
                external=attributes.get("targetmode", "Internal").strip().lower() != "internal",
            )
            relations.check(relation)
            found.append(relation)

        xml.read(archive.blocks(entry), start=start)
    return found


def _check_markup(archive: Archive, entry: zipfile.ZipInfo) -> None:
    if entry.file_size == 0:
        return  # some programs leave empty parts
    look = Instructions()
    xml.read(archive.blocks(entry), start=look.start, end=look.end, text=look.text)
    look.done()


def _check_data(archive: Archive, entry: zipfile.ZipInfo) -> None:
    """Pictures, fonts, printer settings: anything that isn't a file of another kind under whatever name."""
    head = b""
    for block in archive.blocks(entry):
        head = head or block[:_HEAD]
    if head.startswith((_ZIP, *_OTHER_FILES)):
        raise DangerousFile(_WORDS_MACRO if "vba" in entry.filename.lower() else _WORDS_INSIDE)


def _check_workbook(archive: Archive, entry: zipfile.ZipInfo, unpacked: list[int], depth: int) -> None:
    """The figures of a chart."""
    content = archive.inner(entry)
    if depth >= _DEPTH or not content.startswith(_ZIP):
        raise DangerousFile(_WORDS_INSIDE)
    _check_package(content, main="xl/workbook.xml", unpacked=unpacked, depth=depth + 1)
