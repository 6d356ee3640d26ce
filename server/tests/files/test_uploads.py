"""What Django does with a multipart body before anyone looks at the file."""

import io
import tempfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.test import RequestFactory

from zhijian.core.errors import Problem

BOUNDARY = "BoUnDaRy"


class Counted(io.BytesIO):
    taken = 0

    def read(self, size: int | None = -1, /) -> bytes:
        block = super().read(size)
        self.taken += len(block)
        return block


def request_with(size: int) -> tuple[WSGIRequest, Counted]:
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'
    body = Counted(head.encode() + bytes(size) + f"\r\n--{BOUNDARY}--\r\n".encode())
    length = str(len(body.getvalue()))
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    environ = RequestFactory().post("/").environ
    return WSGIRequest(environ | {"wsgi.input": body, "CONTENT_LENGTH": length, "CONTENT_TYPE": kind}), body


def test_too_long_a_body_is_refused_unread() -> None:
    request, body = request_with(settings.UPLOAD_MAX_BYTES + (1 << 20))
    with pytest.raises(Problem) as refusal:
        _ = request.FILES
    assert (refusal.value.code, refusal.value.status) == ("files.too_large", 413)
    assert body.taken == 0


def test_largest_allowed_file_never_touches_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    request, _ = request_with(settings.UPLOAD_MAX_BYTES)
    assert request.FILES["file"].size == settings.UPLOAD_MAX_BYTES
    assert list(tmp_path.iterdir()) == []
