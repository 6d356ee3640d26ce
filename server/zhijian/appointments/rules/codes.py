"""The text in a booking's QR code. Pure: the keyed digest is handed in."""

import hmac
from collections.abc import Callable

Digest = Callable[[str, bytes], str]
PREFIX = "ZJ1"
_MAC = 16
_PURPOSE = "appointments.qr"


def qr_text(booking_id: str, *, digest: Digest) -> str:
    """``ZJ1.<booking>.<mac>``: says nothing of the person, and cannot be made without the key."""
    return f"{PREFIX}.{booking_id}.{digest(_PURPOSE, booking_id.encode())[:_MAC]}"


def booking_in(text: str, *, digest: Digest) -> str | None:
    """The booking that a scanned text names; None for anything that this platform did not make."""
    parts = text.strip().split(".")
    if len(parts) != 3 or parts[0] != PREFIX:
        return None
    right = qr_text(parts[1], digest=digest)
    return parts[1] if hmac.compare_digest(right.encode(), text.strip().encode()) else None
