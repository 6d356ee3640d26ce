"""HTTP in front of the systems: signed calls for programs, a page and fault switches for people."""

import json
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

from sandbox import page, tiles
from sandbox.courier import Courier
from sandbox.faults import Faults
from sandbox.identity import IdentityRegister
from sandbox.registration import Registration
from sandbox.signatures import BadSignature, Verifier
from sandbox.sms import SmsGateway
from sandbox.wechat import Wechat

_MAX_BODY = 64 * 1024
_REFUSALS = {"sms": "2003", "identity": "3003", "courier": "4003", "registration": "5009"}


class SandboxServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], *, verifier: Verifier, people: Path) -> None:
        self.verifier = verifier
        self.faults = Faults()
        self.sms = SmsGateway()
        self.identity = IdentityRegister(people)
        self.courier = Courier()
        self.registration = Registration()
        self.wechat = Wechat(secret=verifier.secret)
        self.signed: dict[str, tuple[str, Callable[[dict[str, Any]], dict[str, Any]]]] = {
            "/sms/v1/messages": ("sms", self.sms.send),
            "/sms/v1/reports": ("sms", self.sms.reports),
            "/identity/v1/checks": ("identity", self.identity.check),
            "/courier/v1/orders": ("courier", self.courier.order),
            "/registration/v1/slots": ("registration", self.registration.slots),
            "/registration/v1/holds": ("registration", self.registration.hold),
            "/registration/v1/confirmations": ("registration", self.registration.confirm),
            "/registration/v1/cancellations": ("registration", self.registration.cancel),
            "/courier/v1/traces": (
                "courier",
                lambda request: self.courier.track(str(request.get("tracking_number"))),
            ),
        }
        super().__init__(address, _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that gave up waiting is not an error here."""


class _Handler(BaseHTTPRequestHandler):
    server: SandboxServer
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class names it
        """Silent: messages hold phone numbers."""

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        phone = parse_qs(url.query).get("phone", [""])[0]
        if url.path == "/":
            self._send(200, page.html(self.server.sms.messages()).encode(), "text/html; charset=utf-8")
        elif url.path == "/messages":
            self._json(200, self.server.sms.messages(phone))
        elif url.path == "/messages.html":
            self._send(200, page.items(self.server.sms.messages()).encode(), "text/html; charset=utf-8")
        elif url.path == "/wechat/messages":
            self._json(200, self.server.wechat.messages(parse_qs(url.query).get("openid", [""])[0]))
        elif url.path == "/sns/jscode2session":
            self._wechat(url.path, dict(parse_qsl(url.query)), b"{}")
        elif url.path.startswith(tiles.PREFIX):
            self._tile(url.path, parse_qs(url.query).get("tk", [""])[0])
        elif url.path == "/faults":
            self._json(200, self.server.faults.present())
        elif url.path == "/healthz":
            self._json(200, {"status": "ok"})
        else:
            self._json(404, {"code": "404", "message": "no such address"})

    def do_DELETE(self) -> None:
        if self.path != "/messages":
            self._json(404, {"code": "404", "message": "no such address"})
            return
        self.server.sms.clear()
        self.server.wechat.clear()
        self._json(200, [])

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if length > _MAX_BODY:
            self.close_connection = True
            self._json(413, {"code": "413", "message": "body too large"})
            return
        body = self.rfile.read(length)
        url = urlsplit(self.path)
        if url.path.startswith("/cgi-bin/"):
            self._wechat(url.path, dict(parse_qsl(url.query)), body)
        elif self.path == "/faults":
            self._switch(body)
        elif self.path in self.server.signed:
            self._signed(body)
        else:
            self._json(404, {"code": "404", "message": "no such address"})

    def _switch(self, body: bytes) -> None:
        try:
            self.server.faults.switch(json.loads(body))
        except (ValueError, AttributeError) as error:
            self._json(400, {"code": "400", "message": f"not a fault: {error}"})
        else:
            self._json(200, self.server.faults.present())

    def _wechat(self, path: str, query: dict[str, str], body: bytes) -> None:
        wechat, fault = self.server.wechat, self.server.faults.of("wechat")
        if fault == "500":
            self._json(500, {"errcode": -1, "errmsg": "system error"})
            return
        try:
            request = json.loads(body)
        except ValueError:
            request = None
        if not isinstance(request, dict):
            self._json(200, {"errcode": 47001, "errmsg": "data format error"})
        elif path == "/sns/jscode2session":
            self._json(200, wechat.session(query))
        elif path == "/cgi-bin/stable_token":
            self._json(200, wechat.stable_token(request))
        elif path == "/cgi-bin/message/subscribe/send":
            if fault == "token":  # as if somebody had made the platform forget it
                wechat.end_token()
            self._json(200, wechat.send(query.get("access_token", ""), request, fault))
        else:
            self._json(404, {"errcode": 404, "errmsg": "no such address"})

    def _tile(self, path: str, key: str) -> None:
        fault = self.server.faults.of("tiles")
        picture = tiles.picture(path)
        if fault == "500":
            self._json(500, {"code": "500", "msg": "internal error"})
        elif fault == "reject" or key != self.server.verifier.secret:
            self._json(403, {"code": "301003", "msg": "key wrong, or not for this kind of caller"})
        elif fault == "page":  # as services do that were made for people
            self._send(200, tiles.PAGE.encode(), "text/html; charset=utf-8")
        elif picture is None:
            self._json(404, {"code": "404", "msg": "no such tile"})
        else:
            self._send(200, picture, "image/png")

    def _signed(self, body: bytes) -> None:
        system, handle = self.server.signed[self.path]
        fault = self.server.faults.of(system)
        if fault == "500":
            self._json(500, {"code": "500", "message": "internal error"})
            return
        try:
            self.server.verifier.verify(self.headers, body)  # type: ignore[arg-type]
            request = json.loads(body)
        except BadSignature as error:
            self._json(403, {"code": error.code, "message": error.message})
            return
        except ValueError:
            self._json(400, {"code": "400", "message": "body is not JSON"})
            return
        if fault == "reject" or not isinstance(request, dict):
            self._json(200, {"code": _REFUSALS[system], "message": "refused by the operator"})
            return
        self._json(200, handle(request))

    def _json(self, status: int, content: Any) -> None:
        self._send(
            status, json.dumps(content, ensure_ascii=False).encode(), "application/json; charset=utf-8"
        )

    def _send(self, status: int, content: bytes, kind: str) -> None:
        tag = page.tag(content)
        unchanged = status == 200 and self.headers.get("If-None-Match") == tag
        self.send_response(304 if unchanged else status)
        self.send_header("Content-Type", kind)
        self.send_header("Cache-Control", "no-cache")
        self.send_header("ETag", tag)
        self.send_header("Content-Length", "0" if unchanged else str(len(content)))
        self.end_headers()
        if not unchanged:
            self.wfile.write(content)
