"""XML read by a real parser, so that another spelling of the same thing is the same thing.

Entities and DTDs are refused, and so is any encoding but the two that Office packages may have.
"""

from collections.abc import Callable, Iterable, Mapping
from xml.parsers import expat

from zhijian.core.files.errors import DamagedFile, DangerousFile

_ENCODINGS = {"", "utf-8", "utf8", "us-ascii", "ascii", "utf-16", "utf-16le", "utf-16be"}
_SEPARATOR = " "

Start = Callable[[str, str, Mapping[str, str]], None]
"""Namespace, local name, and attributes by local name in lower case."""
End = Callable[[str, str], None]
Text = Callable[[str], None]


def read(
    blocks: Iterable[bytes], *, start: Start | None = None, end: End | None = None, text: Text | None = None
) -> None:
    """Raises DamagedFile for what is no XML, DangerousFile for a DTD or an odd encoding."""
    parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.XmlDeclHandler = _check_encoding
    if start is not None:
        parser.StartElementHandler = _starting(start)
    if end is not None:
        parser.EndElementHandler = lambda name: end(*_split(name))
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        for block in blocks:
            parser.Parse(block)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise DamagedFile() from error


def _starting(start: Start) -> Callable[[str, dict[str, str]], None]:
    def handler(name: str, attributes: dict[str, str]) -> None:
        start(*_split(name), {_split(key)[1].lower(): value for key, value in attributes.items()})

    return handler


def _split(name: str) -> tuple[str, str]:
    namespace, _, local = name.rpartition(_SEPARATOR)
    return namespace, local


def _refuse_doctype(*_: object) -> None:
    raise DangerousFile()


def _check_encoding(_version: str, encoding: str | None, _standalone: int) -> None:
    if (encoding or "").lower() not in _ENCODINGS:
        raise DangerousFile()
