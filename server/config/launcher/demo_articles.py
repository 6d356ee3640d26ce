"""Articles of the demo city, with pictures drawn here and papers set here: nothing binary is kept in the repository."""

import io
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import pylopdf_fonts_zh_cn
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFont

from zhijian.content.loading import load_content, load_words
from zhijian.core.actor import SYSTEM
from zhijian.core.clock import replaying
from zhijian.core.pdf import render

_WIDTH, _HEIGHT = 1200, 640
_PRIMARY, _TINT, _TEXT, _GROUND = "#1a5fb4", "#eaf2fb", "#1f2329", "#ffffff"


def load_articles(data: Mapping[str, Any]) -> int:
    """Publish the demo's articles unless there are some; returns how many."""
    load_words()
    return load_content(SYSTEM, data, files=_file, at=replaying)


def _file(row: Mapping[str, Any]) -> SimpleUploadedFile:
    if row["kind"] == "document":
        content = render("demo_material", {"demo": True, "name": row["name"], "lines": row["lines"]})
        return SimpleUploadedFile(f"{row['name']}.pdf", content, "application/pdf")
    drawn = _steps(row["draw"]["steps"]) if "steps" in row["draw"] else _bars(**row["draw"])
    out = io.BytesIO()
    drawn.save(out, "PNG")
    return SimpleUploadedFile(f"{row['name']}.png", out.getvalue(), "image/png")


def _steps(words: Sequence[str]) -> Image.Image:
    """Numbered rows, one below the other."""
    picture = Image.new("RGB", (_WIDTH, _HEIGHT), _GROUND)
    draw = ImageDraw.Draw(picture)
    height = _HEIGHT // len(words)
    for number, text in enumerate(words, start=1):
        top = (number - 1) * height
        draw.rounded_rectangle((40, top + 16, _WIDTH - 40, top + height - 16), 24, fill=_TINT)
        middle = top + height // 2
        draw.ellipse((76, middle - 38, 152, middle + 38), fill=_PRIMARY)
        draw.text((114, middle), str(number), font=_font(44), fill=_GROUND, anchor="mm")
        draw.text((196, middle), text, font=_font(46), fill=_TEXT, anchor="lm")
    return picture


def _bars(bars: Sequence[tuple[str, float]], unit: str) -> Image.Image:
    """Columns with their values."""
    picture = Image.new("RGB", (_WIDTH, _HEIGHT), _GROUND)
    draw = ImageDraw.Draw(picture)
    room, highest = _WIDTH // len(bars), max(value for _, value in bars)
    for place, (label, value) in enumerate(bars):
        middle, top = place * room + room // 2, round(_HEIGHT - 110 - 400 * value / highest)
        draw.rectangle((middle - 80, top, middle + 80, _HEIGHT - 110), fill=_PRIMARY)
        draw.text((middle, top - 16), f"{value} {unit}", font=_font(36), fill=_TEXT, anchor="mb")
        draw.text((middle, _HEIGHT - 60), label, font=_font(38), fill=_TEXT, anchor="mm")
    draw.line((60, _HEIGHT - 110, _WIDTH - 60, _HEIGHT - 110), fill=_TEXT, width=3)
    return picture


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(pylopdf_fonts_zh_cn.sans_path()), size)
