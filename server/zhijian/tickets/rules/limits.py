"""How much one sender may send, and how long things wait. Numbers of this platform, not of a law."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final


@dataclass(frozen=True, slots=True)
class Rate:
    """At most ``count`` in ``window``."""

    count: int
    window: timedelta


#: One person, or one device that names nobody.
PER_SENDER: Final = (Rate(3, timedelta(minutes=10)), Rate(15, timedelta(days=1)))
#: The same sender about one and the same category.
PER_CATEGORY: Final = (Rate(6, timedelta(days=1)),)
#: Whoever shares a network address: many do, behind one gateway.
PER_ADDRESS: Final = (Rate(60, timedelta(hours=1)),)
KEPT: Final = timedelta(days=2)

PHOTOS_WAITING: Final = 27
"""Uploaded pictures of one sender that no ticket has taken yet."""
PHOTO_LIFETIME: Final = timedelta(hours=24)
PHOTO_MAX_BYTES: Final = 10 << 20

SAME_TEXT: Final = timedelta(days=7)
"""So long the same words about the same thing are one matter."""
CALL_BACK: Final = timedelta(days=7)
"""After so long without a call-back an answered ticket closes by itself."""


def wait(times_by_rate: "list[tuple[Rate, list[float]]]", now: float) -> int:
    """Seconds until another may be sent, 0 for now. ``times``: moments already used, of any age, in seconds."""
    longest = 0.0
    for rate, times in times_by_rate:
        recent = sorted(moment for moment in times if moment > now - rate.window.total_seconds())
        if len(recent) >= rate.count:
            longest = max(longest, recent[-rate.count] + rate.window.total_seconds() - now)
    return 0 if longest <= 0 else int(longest) + 1
