"""Whether a booking may be checked in here and now, and what its QR code says. Pure.

The only clock is the server's: what a phone or a kiosk believes about the time is never asked.
"""

import hmac
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from zhijian.appointments.rules.states import BookingState
from zhijian.core.zone import CHINA

PREFIX = "ZJ1"
MAC_LENGTH = 16
_QR = re.compile(rf"{PREFIX}\.([0-9a-hjkmnp-tv-z]{{26}})\.([0-9a-f]{{{MAC_LENGTH}}})", re.ASCII)


class Outcome(StrEnum):
    """What becomes of a check-in. Only ``ready`` and ``late`` give a ticket."""

    READY = "ready"
    LATE = "late"
    UNCONFIRMED = "unconfirmed"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    USED = "used"
    MISSED = "missed"
    ELSEWHERE = "elsewhere"
    OTHER_DAY = "other_day"
    EARLY = "early"


_BY_STATE = {
    BookingState.HELD: Outcome.UNCONFIRMED,
    BookingState.EXPIRED: Outcome.EXPIRED,
    BookingState.CANCELLED: Outcome.CANCELLED,
    BookingState.ARRIVED: Outcome.USED,
    BookingState.SERVED: Outcome.USED,
    BookingState.MISSED: Outcome.MISSED,
}


@dataclass(frozen=True, slots=True)
class Arrival:
    """A person with a booking at the door. ``state`` is what the booking means now; ``here``: it is this hall's."""

    state: BookingState
    here: bool
    starts_at: datetime
    ends_at: datetime
    early: timedelta
    grace: timedelta


def judge(arrival: Arrival, now: datetime) -> Outcome:
    """Check-in opens ``early`` before the slot; ``grace`` after it the turn is lost, but not the way: who comes later
    on the same day joins the line of those without a booking."""
    if arrival.state in _BY_STATE:
        return _BY_STATE[arrival.state]
    if not arrival.here:
        return Outcome.ELSEWHERE
    if _day(now) != _day(arrival.starts_at):
        return Outcome.OTHER_DAY
    if now < arrival.starts_at - arrival.early:
        return Outcome.EARLY
    return Outcome.LATE if now > arrival.ends_at + arrival.grace else Outcome.READY


def _day(moment: datetime) -> object:
    return moment.astimezone(CHINA).date()


def qr_text(booking_id: str, mac: str) -> str:
    """What a booking's QR code holds: nothing but an opaque id and proof that this platform made it."""
    return f"{PREFIX}.{booking_id}.{mac[:MAC_LENGTH]}"


def read_qr(text: str) -> tuple[str, str] | None:
    """Booking id and mac of a scanned text; None for what this platform never made."""
    found = _QR.fullmatch(text.strip())
    return (found[1], found[2]) if found else None


def same_mac(given: str, made: str) -> bool:
    """Compared in constant time: an answer's delay tells a forger nothing."""
    return hmac.compare_digest(given.encode(), made[:MAC_LENGTH].encode())
