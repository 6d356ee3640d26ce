"""The signature that our outside systems ask for: HMAC-SHA256 over who, when, once and what."""

import hashlib
import hmac
import secrets
import time


def signed_headers(*, app_id: str, secret: str, body: bytes) -> dict[str, str]:
    """Headers that prove the sender and let the receiver refuse a changed, old or repeated request.

    Signed text: app id, Unix seconds, nonce, SHA-256 of the body in hex, joined by line feeds.
    """
    timestamp, nonce = str(int(time.time())), secrets.token_hex(16)
    return {
        "X-App-Id": app_id,
        "X-Timestamp": timestamp,
        "X-Nonce": nonce,
        "X-Signature": signature(app_id, timestamp, nonce, body, secret=secret),
    }


def signature(app_id: str, timestamp: str, nonce: str, body: bytes, *, secret: str) -> str:
    text = "\n".join([app_id, timestamp, nonce, hashlib.sha256(body).hexdigest()])
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()
