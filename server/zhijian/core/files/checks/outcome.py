"""What a check hands back."""

from dataclasses import dataclass

from zhijian.core.files.types import FileType


@dataclass(frozen=True, slots=True)
class Checked:
    """``content`` is what will be stored; ``type`` may differ from the upload's (HEIC becomes JPG)."""

    content: bytes
    type: FileType
    pages: int | None = None
    preview: bytes | None = None
