"""Asks an outside site whether a page is still there. Only public addresses are asked: a link must not become a way
to knock at machines inside the government's network."""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from zhijian.core.outbound import Outbound, OutboundError, Policy

_POLICY = Policy(connect=3.0, read=5.0, total=10.0, attempts=1, concurrency=2, max_bytes=200_000)


@dataclass(frozen=True, slots=True)
class Answer:
    """``words`` for the report, in Chinese."""

    reachable: bool
    words: str


class LinkProbe:
    """``private``: also ask addresses of private networks; for tests against a server of their own."""

    def __init__(self, *, private: bool = False) -> None:
        self._private = private

    def ask(self, address: str) -> Answer:
        parts = urlsplit(address)
        if not self._allowed(parts.hostname or "", parts.port):
            return Answer(False, "地址不在公开网络上，没有检查")
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        outbound = Outbound(name="article_link", base_url=f"{parts.scheme}://{parts.netloc}", policy=_POLICY)
        try:
            status = outbound.status_of(path)
        except OutboundError:
            return Answer(False, "打不开：对方没有应答")
        finally:
            outbound.close()
        if status in {401, 403, 405, 429}:
            return Answer(True, "能打开，但不允许程序检查")
        return Answer(status < 400, "能打开" if status < 400 else f"打不开：对方应答 {status}")

    def _allowed(self, host: str, port: int | None) -> bool:
        if self._private:
            return True
        if port not in {None, 80, 443}:
            return False
        try:
            found = socket.getaddrinfo(host, port or 443, proto=socket.IPPROTO_TCP)
        except OSError:
            return True  # a name that no longer exists is a finding of its own
        return all(ipaddress.ip_address(str(entry[4][0])).is_global for entry in found)
