"""Checks who sent a request: HMAC-SHA256 over app id, time, nonce and the body's digest, each nonce once."""

import hashlib
import hmac
import time
from collections.abc import Mapping
from threading import Lock

APP_ID = "zhijian"


class BadSignature(Exception):
    """``code`` as the gateways number it, with words."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class Verifier:
    def __init__(self, secret: str, *, tolerance: int) -> None:
        """``tolerance``: seconds by which the caller's clock may differ from ours."""
        self.secret = secret
        self._secret = secret.encode()
        self._tolerance = tolerance
        self._seen: dict[str, float] = {}
        self._lock = Lock()

    def verify(self, headers: Mapping[str, str], body: bytes) -> None:
        """Raises BadSignature for a wrong, old or repeated request."""
        app_id, timestamp = headers.get("X-App-Id", ""), headers.get("X-Timestamp", "")
        nonce, given = headers.get("X-Nonce", ""), headers.get("X-Signature", "")
        text = "\n".join([app_id, timestamp, nonce, hashlib.sha256(body).hexdigest()])
        expected = hmac.new(self._secret, text.encode(), hashlib.sha256).hexdigest()
        if app_id != APP_ID or not nonce or not hmac.compare_digest(expected, given):
            raise BadSignature("1001", "signature does not match")
        if abs(time.time() - int(timestamp)) > self._tolerance:  # signed, so it is a number
            raise BadSignature("1002", "timestamp too far from the gateway's clock")
        self._once(nonce)

    def _once(self, nonce: str) -> None:
        now = time.monotonic()
        with self._lock:
            if nonce in self._seen:
                raise BadSignature("1003", "nonce used before")
            self._seen = {key: at for key, at in self._seen.items() if now - at < 2 * self._tolerance}
            self._seen[nonce] = now
