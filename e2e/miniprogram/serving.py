"""Serves the runner, the compiled packages and a phone's files to the browser that stands in for a vendor."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import urlsplit

RUNNER = Path(__file__).parent / "runner"
PACKAGES = Path(__file__).resolve().parents[2] / "miniapp/dist/build"
_TEXT = {".js", ".json", ".wxml", ".wxss", ".axml", ".acss", ".swan", ".css"}


class Serving(ThreadingHTTPServer):
    """`files` are on the phone: bytes by name."""

    daemon_threads = True

    def __init__(self, packages: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.packages = packages
        self.files: dict[str, bytes] = {}

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: Serving

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        body = self._body(path)
        self.send_response(404 if body is None else 200)
        self.send_header("Content-Type", guess_type(path)[0] or "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def _body(self, path: str) -> bytes | None:
        match path.strip("/").split("/"):
            case [""]:
                return (RUNNER / "phone/index.html").read_bytes()
            case ["runner", *parts]:
                return (RUNNER / "/".join(parts)).read_bytes()
            case ["package", target]:
                return json.dumps(_texts(self.server.packages / target)).encode()
            case ["files", name]:
                return self.server.files.get(name)
        return None

    def log_message(self, *_args: object) -> None:
        """Quiet: the test tells what went wrong."""


def _texts(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): path.read_text()
        for path in sorted(folder.rglob("*"))
        if path.suffix in _TEXT and path.is_file()
    }


@contextmanager
def serving(packages: Path) -> Iterator[Serving]:
    server = Serving(packages)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()
