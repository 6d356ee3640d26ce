"""A map's tile service: GET /tiles/v1/{layer}/{z}/{x}/{y}.png?tk=KEY, pictures that tell which tile they are."""

import io
import re
import zlib

from PIL import Image, ImageDraw, ImageFont

SIDE = 256  # pixels
PREFIX = "/tiles/v1/"
LAYERS = ("vec", "cva")
"""The ground, and names to lie over it: transparent beside the writing."""
PAGE = "<!doctype html><html><head><title>天地图</title></head><body>访问次数已达上限</body></html>"
_PATH = re.compile(r"/tiles/v1/([a-z]+)/(\d{1,2})/(\d{1,9})/(\d{1,9})\.png")
_GROUND = ("#eaf2e3", "#f4efe4", "#e6eef5", "#f1e9ef")
_WRITING = "#33475b"


def picture(path: str) -> bytes | None:
    """A PNG with the zoom, column and row of its tile; None where the grid has none."""
    found = _PATH.fullmatch(path)
    if found is None or found[1] not in LAYERS:
        return None
    z, x, y = (int(number) for number in found.groups()[1:])
    if z > 22 or x >= 2**z or y >= 2**z:
        return None
    return _drawn(found[1], f"{z}/{x}/{y}")


def _drawn(layer: str, name: str) -> bytes:
    if layer == "vec":
        image = Image.new("RGB", (SIDE, SIDE), _GROUND[zlib.crc32(name.encode()) % len(_GROUND)])
        draw = ImageDraw.Draw(image)
        draw.rectangle((0, 0, SIDE - 1, SIDE - 1), outline=_WRITING)
        draw.line((0, SIDE // 2, SIDE, SIDE // 2), fill="#ffffff", width=10)
    else:
        image = Image.new("RGBA", (SIDE, SIDE), (0, 0, 0, 0))
        draw = ImageDraw.Draw(image)
    draw.text((SIDE // 2, 40 if layer == "vec" else 90), name, _WRITING, ImageFont.load_default(20), "mm")
    content = io.BytesIO()
    image.save(content, "PNG")
    return content.getvalue()
