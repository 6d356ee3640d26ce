"""Typesetting. Fonts come from a Python package, so a document looks the same on every machine.

Rare signs of names come from Debian's fonts or from those that the operator lays into ``$ZHIJIAN_HOME/fonts``.
"""

import json
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, cast

import pylopdf_fonts_zh_cn
import segno
import typst
from django.conf import settings

from zhijian.core.pdf.errors import MissingGlyph

log = logging.getLogger(__name__)
_NO_GLYPH = re.compile(r'the text `"(.*?)"` could not be displayed', re.DOTALL)
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_NAME = re.compile(r"[a-z][a-z_]*")
_SYSTEM_FONTS = True
_typesetting = Lock()


@dataclass(frozen=True, slots=True)
class SealPlace:
    """Where the seal is drawn: page from 1, upper left corner and side in points, measured from the page's top."""

    page: int
    x: float
    y: float
    size: float


class UnknownTemplate(LookupError):
    """No template of this name: a mistake of the program, not of a person."""


def render(template: str, data: Mapping[str, Any]) -> bytes:
    """``templates/pdf/<template>.typ`` filled with ``data``: plain JSON values, as in ``tests/pdf/samples/<template>.json``.

    ``data["qr"]`` is turned into a picture. Values are data to typst, never markup. Equal data give equal bytes.
    A character that no font has is a box: for posters and the like, which nobody signs. Raises
    :class:`UnknownTemplate`, or ``typst.TypstError`` when a value that the template needs is absent.
    """
    arguments = _arguments(data)
    with _typesetting:
        try:
            return _compile(template, arguments)
        except MissingGlyph:
            # PDF/A does not allow the box. The text is not logged: it may be somebody's name.
            log.error("a document shows a box for a character without a glyph: install more fonts")
            return cast(bytes, _compiler(template).compile(**arguments))


def typeset(template: str, data: Mapping[str, Any]) -> tuple[bytes, SealPlace | None]:
    """What is to be signed, with the place where the template drew its seal.

    Raises :class:`MissingGlyph` where :func:`render` draws a box: nobody may seal a name that isn't there.
    """
    arguments = _arguments(data)
    with _typesetting:  # a compiler serves one caller at a time; it needs about 15 ms
        document = _compile(template, arguments)
        seals = json.loads(_compiler(template).query("<seal>", field="value"))
    return document, SealPlace(**seals[-1]) if seals else None


def _compile(template: str, arguments: dict[str, Any]) -> bytes:
    try:
        return _pdf_a(template, arguments)
    except MissingGlyph:
        # A font may have been installed since this process read them: look again, then believe it.
        forget_fonts()
        return _pdf_a(template, arguments)


def forget_fonts() -> None:
    """Read the fonts anew for the next document."""
    _compiler.cache_clear()
    _fonts.cache_clear()


def _pdf_a(template: str, arguments: dict[str, Any]) -> bytes:
    try:
        return cast(bytes, _compiler(template).compile(**arguments, pdf_standards="a-2u"))
    except typst.TypstError as error:
        missing = _NO_GLYPH.findall(str(error.diagnostic))
        if not missing:
            raise
        raise MissingGlyph(missing) from None  # typst's own error names the text; it would end up in a log


def _arguments(data: Mapping[str, Any]) -> dict[str, Any]:
    full = {"footer": _footer(), "city": settings.CITY_NAME} | dict(data) | {"demo": settings.DEMO}
    if full.get("qr"):
        full["qr_svg"] = _qr(str(full["qr"]))
    return {
        "format": "pdf",
        "sys_inputs": {"data": json.dumps(full, ensure_ascii=False, sort_keys=True)},
        "timestamp": _EPOCH,
    }


def _footer() -> str:
    """Who serves, and where to ask or look: printed at the foot of every paper."""
    place = settings.PUBLIC_URL.partition("://")[2]
    return f"{settings.CITY_NAME}政务服务 · 服务热线 {settings.CITY_HOTLINE} · {place}"


def _qr(text: str) -> str:
    return str(segno.make(text, error="m", micro=False).svg_inline(border=0))


@cache
def _compiler(template: str) -> typst.Compiler:
    root = _templates()
    path = root / f"{template}.typ"
    if not _NAME.fullmatch(template) or not path.is_file():
        raise UnknownTemplate(template)
    return typst.Compiler(input=path, root=root, font_paths=_fonts())


@cache
def _fonts() -> typst.Fonts:
    shipped = Path(pylopdf_fonts_zh_cn.sans_path()).parent
    own = Path(settings.HOME) / "fonts"
    folders = [shipped, own] if own.is_dir() else [shipped]
    # The others serve only characters that ours lack: rare ones in people's names.
    return typst.Fonts(include_system_fonts=_SYSTEM_FONTS, include_embedded_fonts=False, font_paths=folders)


def _templates() -> Path:
    return Path(__file__).resolve().parents[3] / "templates" / "pdf"
