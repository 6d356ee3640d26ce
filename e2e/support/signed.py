"""What a stranger's reader says of a PDF."""

import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pypdf import PdfReader


def is_whole(path: Path) -> bool:
    """Has it exactly one signature, over all of it, and is nothing changed since?"""
    # The reader wants an event loop of its own; Playwright has one running here.
    with ThreadPoolExecutor(1) as other:
        return other.submit(_is_whole, path.read_bytes()).result()


def _is_whole(document: bytes) -> bool:
    (signature,) = PdfFileReader(io.BytesIO(document)).embedded_signatures
    status = validate_pdf_signature(signature, ValidationContext(trust_roots=[]))
    return bool(status.intact and status.valid)


def words(path: Path) -> str:
    """All of its text, without spaces."""
    text = "".join(page.extract_text() for page in PdfReader(path).pages)
    return "".join(text.split())
