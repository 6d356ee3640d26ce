"""What the parts of an Office package point at. Only what is loaded from elsewhere is harmful."""

import posixpath
import re
from dataclasses import dataclass
from urllib.parse import unquote

from zhijian.core.files.errors import DangerousFile

_CLICKED = {"hyperlink"}  # followed only when somebody clicks
_CLICKABLE = re.compile(r"(?:https?|ftp|mailto|tel):", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+:", re.IGNORECASE)
_DRIVE = re.compile(r"/*[a-z]:(?:/|$)", re.IGNORECASE)
# Loads programs, or foreign text as if it were the document's own.
_ACTIVE = {
    "vbaproject",
    "vbaprojectsignature",
    "wordvbadata",
    "attachedtoolbars",
    "keymapcustomizations",
    "control",
    "activexcontrol",
    "activexcontrolbinary",
    "xlmacrosheet",
    "xlintlmacrosheet",
    "webextensiontaskpanes",
    "webextension",
    "afchunk",
}


@dataclass(frozen=True, slots=True)
class Relation:
    """``source`` is the part that points, ``kind`` the last word of the type in lower case, ``target`` as written."""

    source: str
    kind: str
    target: str
    external: bool

    @property
    def part(self) -> str:
        """The entry that an internal relation names."""
        folder = posixpath.dirname(self.source)
        path = unquote(self.target).replace("\\", "/").partition("#")[0]
        return posixpath.normpath(posixpath.join("/" + folder, path)).lstrip("/")


def source_of(rels: str) -> str:
    """word/_rels/document.xml.rels → word/document.xml; _rels/.rels → "" for the package itself."""
    folder, name = posixpath.split(rels)
    return posixpath.join(posixpath.dirname(folder), name[: -len(".rels")])


def check(relation: Relation) -> None:
    """Raises DangerousFile."""
    if relation.kind in _ACTIVE:
        raise DangerousFile("文件里有宏、控件或加载项，请另存为不含宏的 docx 或 xlsx。")
    target = _cleaned(relation.target)
    if not relation.external:
        if _SCHEME.match(target) or target.startswith("//"):
            raise DangerousFile()
    elif relation.kind in _CLICKED:
        if not (_CLICKABLE.match(target) or is_local(target)):
            raise DangerousFile("文件里的链接指向特殊地址，请删除链接后再上传。")
    elif not is_local(target):
        raise DangerousFile("文件引用了网络上的模板、图片或对象，请断开链接后另存再上传。")


def is_local(target: str) -> bool:
    """A path on the machine where it was written, which means nothing here: C:\\…, file:///…, Normal.dotm."""
    target = _cleaned(target)
    if target.lower().startswith("file:"):
        path = target[5:]
        slashes = len(path) - len(path.lstrip("/"))
        rest = path.lstrip("/")
        host = rest.partition("/")[0].lower()
        return bool(_DRIVE.match(path)) or slashes in {0, 1, 3} or (slashes == 2 and host == "localhost")
    if _DRIVE.match(target):
        return True
    return not target.startswith("//") and not _SCHEME.match(target)


def _cleaned(target: str) -> str:
    """As a lenient program reads it: without signs that nobody sees, unescaped, with forward slashes."""
    once = unquote("".join(sign for sign in target if sign > " " and sign != "\x7f"))
    return once.replace("\\", "/")
