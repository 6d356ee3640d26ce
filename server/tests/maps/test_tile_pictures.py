"""What passes for a picture, from a tile service that says anything."""

import gzip
import io
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from django.http import HttpResponse
from maps.asking import HALL, HERE, ask, code
from organizations.factories import HallFactory
from PIL import Image

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def city() -> None:
    HallFactory(**HALL)


def picture(form: str, *, side: int = 16) -> bytes:
    content = io.BytesIO()
    Image.effect_noise((side, side), 90).convert("RGB").save(content, form)
    return content.getvalue()


@pytest.fixture
def answers(use: Callable[..., None]) -> Iterator[Callable[..., HttpResponse]]:
    """answers("image/png", b"…"): what we make of a service that says this."""
    said: dict[str, Any] = {}

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *args: Any) -> None:
            pass

        def do_GET(self) -> None:
            self.send_response(200)
            for name, value in said["headers"].items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(said["content"])))
            self.end_headers()
            self.wfile.write(said["content"])

    def answer(kind: str, content: bytes, **headers: str) -> HttpResponse:
        said.update(headers={"Content-Type": kind, **headers}, content=content)
        return ask(*HERE)

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        use(f"http://127.0.0.1:{server.server_port}/{{z}}/{{x}}/{{y}}")
        yield answer
        server.shutdown()


@pytest.mark.parametrize(
    ("told", "form", "shown"),
    [
        ("image/png", "PNG", "image/png"),
        ("image/jpeg", "JPEG", "image/jpeg"),
        ("image/webp", "WEBP", "image/webp"),
        ("IMAGE/PNG; charset=utf-8", "PNG", "image/png"),
        ("image/png", "JPEG", "image/jpeg"),  # many services always say PNG
    ],
)
def test_pictures(answers: Callable[..., HttpResponse], told: str, form: str, shown: str) -> None:
    content = picture(form)
    answer = answers(told, content)
    assert (answer.status_code, answer["Content-Type"], answer.content) == (200, shown, content)


@pytest.mark.parametrize(
    ("told", "content"),
    [
        ("image/png", b"<html>login</html>"),
        ("image/png", b""),
        ("text/html", picture("PNG")),
        ("", picture("PNG")),
        ("image/gif", picture("GIF")),
        ("image/png", picture("GIF")),
        ("image/svg+xml", b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
        ("image/png", b"%PDF-1.7"),
        ("image/png", picture("PNG", side=1024)),
    ],
)
def test_anything_else_is_no_picture(answers: Callable[..., HttpResponse], told: str, content: bytes) -> None:
    assert code(answers(told, content)) == "maps.no_tile"
    assert answers("image/png", picture("PNG")).status_code == 200, "and is not kept"


def test_packed_pictures(answers: Callable[..., HttpResponse]) -> None:
    packed = {"Content-Encoding": "gzip"}
    assert code(answers("image/png", b"not gzip", **packed)) == "maps.no_tile"
    bomb = gzip.compress(picture("PNG") + b"\0" * 5_000_000)
    assert len(bomb) < 20_000
    assert code(answers("image/png", bomb, **packed)) == "maps.no_tile"
    assert answers("image/png", gzip.compress(picture("PNG")), **packed).status_code == 200
