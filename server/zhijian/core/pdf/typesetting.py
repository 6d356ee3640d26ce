"""Typesetting. Fonts come from a Python package, so a document looks the same on every machine."""

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

log = logging.getLogger(__name__)
_NO_GLYPH = "could not be displayed"
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_NAME = re.compile(r"[a-z][a-z_]*")
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
    """``templates/pdf/<template>.typ`` filled with ``data``: plain JSON values, as in ``samples/<template>.json``.

    ``data["qr"]`` is turned into a picture. Values are data to typst, never markup. Equal data give equal bytes.
    Raises :class:`UnknownTemplate`, or ``typst.TypstError`` when a value that the template needs is absent.
    """
    return typeset(template, data)[0]


def typeset(template: str, data: Mapping[str, Any]) -> tuple[bytes, SealPlace | None]:
    """As :func:`render`, with the place where the template drew its seal."""
    arguments = _arguments(data)
    with _typesetting:  # a compiler serves one caller at a time; it needs about 15 ms
        compiler = _compiler(template)
        document = _compile(compiler, arguments)
        seals = json.loads(compiler.query("<seal>", field="value"))
    return document, SealPlace(**seals[-1]) if seals else None


def _compile(compiler: typst.Compiler, arguments: dict[str, Any]) -> bytes:
    try:
        return cast(bytes, compiler.compile(**arguments, pdf_standards="a-2u"))
    except typst.TypstError as error:
        if _NO_GLYPH not in str(error):
            raise
    # A name may hold a character that no font here has. A box in its place is better than no receipt at all;
    # PDF/A does not allow it. The text is not logged: it is somebody's name.
    log.error("a document shows a box for a character without a glyph: install more fonts")
    return cast(bytes, compiler.compile(**arguments))


def _arguments(data: Mapping[str, Any]) -> dict[str, Any]:
    full = dict(data) | {"demo": settings.DEMO}
    if full.get("qr"):
        full["qr_svg"] = _qr(str(full["qr"]))
    return {
        "format": "pdf",
        "sys_inputs": {"data": json.dumps(full, ensure_ascii=False, sort_keys=True)},
        "timestamp": _EPOCH,
    }


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
    folder = Path(pylopdf_fonts_zh_cn.sans_path()).parent
    # The system's fonts serve only characters that ours lack: rare ones in people's names.
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=False, font_paths=[folder])


def _templates() -> Path:
    return Path(__file__).resolve().parents[3] / "templates" / "pdf"
