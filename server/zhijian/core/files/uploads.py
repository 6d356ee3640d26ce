"""Uploads on their way in: refused by their length before they are read, and never laid on the disk in clear."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import MemoryFileUploadHandler

from zhijian.core.files.errors import FileTooLarge

_FORM_OVERHEAD = 64 << 10  # boundaries, headers and the other fields of a form


class GuardedUpload(MemoryFileUploadHandler):
    """The only upload handler: Django's own would write larger files into a temporary folder, unencrypted."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803 - Django's name
        content_length: int,
        boundary: Any,
        encoding: Any = None,
    ) -> None:
        limit = settings.UPLOAD_MAX_BYTES
        if content_length > limit + _FORM_OVERHEAD:
            raise FileTooLarge(f"单个文件最大 {limit >> 20} MB。", extra={"max_bytes": limit})
        self.activated = True
