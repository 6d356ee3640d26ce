"""The picture that other apps show when an article is shared (1200 × 630, Open Graph)."""

import io
from functools import cache
from typing import Any

import pylopdf_fonts_zh_cn
from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

_SIZE = (1200, 630)
_PRIMARY, _GROUND, _TEXT, _SECONDARY = "#1a5fb4", "#ffffff", "#1f2329", "#57606a"
_MARGIN = 72
_LINES = 3


def share_card(document: dict[str, Any]) -> bytes:
    """A PNG of some 20 KB with kind, title, one plain sentence and who says it."""
    picture = Image.new("RGB", _SIZE, _GROUND)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, 24, _SIZE[1]), fill=_PRIMARY)
    draw.text((_MARGIN, 64), document["kind_label"], font=_font(34), fill=_PRIMARY)
    y = 132.0
    for line in _wrap(draw, document["title"], _font(64), _LINES):
        draw.text((_MARGIN, y), line, font=_font(64), fill=_TEXT)
        y += 88
    said = document.get("plain_summary") or document.get("summary") or ""
    for line in _wrap(draw, said, _font(34), 2):
        draw.text((_MARGIN, y + 12), line, font=_font(34), fill=_SECONDARY)
        y += 50
    foot = f"{document['department']['name']} · 指尖{getattr(settings, 'CITY_NAME', '云州市')}"
    draw.text((_MARGIN, _SIZE[1] - 92), foot, font=_font(30), fill=_SECONDARY)
    out = io.BytesIO()
    picture.quantize(32).save(out, "PNG", optimize=True)
    return out.getvalue()


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(pylopdf_fonts_zh_cn.sans_path()), size)


def _wrap(draw: ImageDraw.ImageDraw, text: str, font: ImageFont.FreeTypeFont, most: int) -> list[str]:
    """``text`` in at most ``most`` lines; what does not fit is cut with an ellipsis."""
    width = _SIZE[0] - 2 * _MARGIN
    lines, line = [], ""
    for letter in text.replace("\n", " "):
        if draw.textlength(line + letter, font=font) > width:
            lines.append(line)
            line = ""
        line += letter
    lines.append(line)
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1][:-1] + "…"]
    return [line for line in lines if line]
