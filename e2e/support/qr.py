"""What a camera reads from a picture on a page."""

import io

import zxingcpp
from PIL import Image
from playwright.sync_api import Locator


def scanned(picture: Locator) -> str:
    """The text of the one QR code shown there."""
    shown = Image.open(io.BytesIO(picture.screenshot())).convert("L")
    (code,) = zxingcpp.read_barcodes(shown)
    return str(code.text)
