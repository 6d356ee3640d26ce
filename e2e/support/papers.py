"""Files for uploading: drawn here, so that no real document is ever in the repository."""

from pathlib import Path

from PIL import Image, ImageDraw


def drawn(folder: Path, name: str, words: str) -> Path:
    """A JPEG of a plain page with ``words`` on it."""
    image = Image.new("RGB", (900, 1200), "#ffffff")
    pen = ImageDraw.Draw(image)
    pen.rectangle((40, 40, 860, 1160), outline="#8a929b", width=4)
    pen.text((90, 120), words, fill="#1f2329")
    path = folder / f"{name}.jpg"
    image.save(path, "JPEG", quality=85)
    return path
