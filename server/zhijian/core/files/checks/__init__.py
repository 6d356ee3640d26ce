"""One check a family of types: soundness, safety, and the cleaned content that is stored."""

from zhijian.core.files.checks import images, office, pdf, video
from zhijian.core.files.checks.outcome import Checked
from zhijian.core.files.types import IMAGES, MP4, PDF, FileType

__all__ = ["Checked", "check"]


def check(content: bytes, found: FileType) -> Checked:
    """Look inside a file of a known type. Raises ``files.damaged``, ``.dangerous``, ``.locked``, ``.image_too_large``."""
    if found in IMAGES:
        return images.check(content, found)
    if found == PDF:
        return pdf.check(content)
    if found == MP4:
        return video.check(content)
    return office.check(content, found)
