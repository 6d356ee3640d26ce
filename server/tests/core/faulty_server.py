"""A real HTTP server on a free port that misbehaves on request: the path says how."""

import json
import socket
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any


class FaultyServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.calls: Counter[str] = Counter()
        self.release = Event()
        self.healthy = True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hung up is what some tests are about."""


class _Handler(BaseHTTPRequestHandler):
    server: FaultyServer
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        pass

    def do_GET(self) -> None:
        self.do_POST()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        fault = self.path.strip("/")
        self.server.calls[fault] += 1
        handler = getattr(self, f"_{fault}", None)
        if handler:
            handler()
        elif fault.isdigit():
            self._answer(int(fault), b'{"code": "x"}')
        else:
            self._answer(200, json.dumps({"echo": body.decode()}).encode())

    def _answer(self, status: int, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _silent(self) -> None:
        self.server.release.wait(5)

    def _held(self) -> None:
        self.server.release.wait(5)
        self._answer(200, b"{}")

    def _reset(self) -> None:
        self.connection.shutdown(socket.SHUT_RDWR)
        self.close_connection = True

    def _once_reset(self) -> None:
        self._reset() if self.server.calls["once_reset"] == 1 else self._answer(200, b"{}")

    def _drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        for _ in range(100):
            self.wfile.write(b" ")
            time.sleep(0.05)

    def _huge(self) -> None:
        self._answer(200, b'"' + b"x" * 20_000 + b'"')

    def _html(self) -> None:
        self._answer(200, b"<html>login</html>")

    def _list(self) -> None:
        self._answer(200, b"[1]")

    def _sometimes(self) -> None:
        self._answer(200 if self.server.healthy else 503, b"{}")


@contextmanager
def faulty_server() -> Iterator[FaultyServer]:
    with FaultyServer() as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        try:
            yield server
        finally:
            server.release.set()
            server.shutdown()
