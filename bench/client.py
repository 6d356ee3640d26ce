"""A lean HTTP client: one kept connection, so that what is timed is the server."""

import http.client
import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Answer:
    """``seconds`` from the first byte sent to the last byte received."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes
    seconds: float

    def json(self) -> Any:
        return json.loads(self.body)


class Unexpected(RuntimeError):
    """An answer that makes a measurement worthless."""


class Client:
    """Not for several threads at once."""

    def __init__(self, port: int, *, headers: Mapping[str, str] | None = None) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self._headers = dict(headers or {})

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def get(self, path: str, *, expect: int = 200) -> Answer:
        return self._ask("GET", path, None, {}, expect)

    def send(self, method: str, path: str, content: Any, *, expect: int, **headers: str) -> Answer:
        """``content`` goes as JSON; ``Idempotency_Key="…"`` is the header Idempotency-Key."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        body = json.dumps(content).encode()
        return self._ask(method, path, body, {"Content-Type": "application/json", **named}, expect)

    def upload(self, path: str, name: str, photograph: bytes, *, expect: int) -> Answer:
        """One JPEG as the form's field ``file``, with an Upload-Id of its own."""
        mark = secrets.token_hex(16)
        disposition = f'Content-Disposition: form-data; name="file"; filename="{name}"'
        head = f"--{mark}\r\n{disposition}\r\nContent-Type: image/jpeg\r\n\r\n"
        body = head.encode() + photograph + f"\r\n--{mark}--\r\n".encode()
        headers = {"Content-Type": f"multipart/form-data; boundary={mark}", "Upload-Id": mark}
        return self._ask("POST", path, body, headers, expect)

    def delete(self, path: str, *, expect: int = 204) -> Answer:
        return self._ask("DELETE", path, None, {}, expect)

    def _ask(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str], expect: int
    ) -> Answer:
        started = time.perf_counter()
        self._connection.request(method, path, body, {**self._headers, **headers})
        response = self._connection.getresponse()
        content = response.read()
        answer = Answer(response.status, response.headers, content, time.perf_counter() - started)
        if answer.status != expect:
            raise Unexpected(f"{method} {path}: {answer.status} {content[:500].decode(errors='replace')}")
        return answer
