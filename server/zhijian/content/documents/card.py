"""The picture that other apps show when an article is shared (1200 × 630, Open Graph)."""

import io
from functools import cache, lru_cache
from typing import Any

import pylopdf_fonts_zh_cn
from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

_SIZE = (1200, 630)
_PRIMARY, _GROUND, _TEXT, _SECONDARY = "#1a5fb4", "#ffffff", "#1f2329", "#57606a"
_MARGIN = 72
_LINES = 3
_CLOSING = "，。、；：！？）】》”’"


def share_card(document: dict[str, Any]) -> bytes:
    """A PNG of some 25 KB with kind, title, one plain sentence and who says it."""
    said = document.get("plain_summary") or document.get("summary") or ""
    foot = f"{document['department']['name']} · 指尖{settings.CITY_NAME}"
    return _draw(document["kind_label"], document["title"], said, foot)


@lru_cache(maxsize=64)  # a neighbour is compiled again and again, and looks the same
def _draw(kind: str, title: str, said: str, foot: str) -> bytes:
    picture = Image.new("RGB", _SIZE, _GROUND)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, 24, _SIZE[1]), fill=_PRIMARY)
    draw.text((_MARGIN, 64), kind, font=_font(34), fill=_PRIMARY)
    y = 132
    for line in _wrap(title, 64, _LINES):
        draw.text((_MARGIN, y), line, font=_font(64), fill=_TEXT)
        y += 88
    for line in _wrap(said, 34, 2):
        draw.text((_MARGIN, y + 12), line, font=_font(34), fill=_SECONDARY)
        y += 50
    draw.text((_MARGIN, _SIZE[1] - 92), foot, font=_font(30), fill=_SECONDARY)
    out = io.BytesIO()
    picture.quantize(16, method=Image.Quantize.FASTOCTREE).save(out, "PNG", compress_level=6)
    return out.getvalue()


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(pylopdf_fonts_zh_cn.sans_path()), size)


@lru_cache(maxsize=4096)
def _width(letter: str, size: int) -> float:
    return _font(size).getlength(letter)


def _wrap(text: str, size: int, most: int) -> list[str]:
    """``text`` in at most ``most`` lines, none beginning with a closing sign; the rest is cut with an ellipsis."""
    room, lines, line, used = _SIZE[0] - 2 * _MARGIN - size, [], "", 0.0
    for letter in text.replace("\n", " "):
        if used > room and letter not in _CLOSING:
            lines.append(line)
            line, used = "", 0.0
        line += letter
        used += _width(letter, size)
    lines.append(line)
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1][:-1] + "…"]
    return [line for line in lines if line]
