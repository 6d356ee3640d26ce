"""How alike two tickets are: words, distance in metres, time. Pure; texts arrive as sets of tokens."""

import re
import unicodedata
from collections.abc import Collection
from datetime import timedelta

RADIUS = 300.0
"""Metres within which two reports may be of the same thing."""
WINDOW = timedelta(days=30)
ALIKE = 0.2
"""Share of common words from which texts count as alike, without a common place."""
NEAR_ALIKE = 0.08
"""The same, when the place is the same too."""
_NOISE = re.compile(r"[^\w]+|_")


def jaccard(one: Collection[object], other: Collection[object]) -> float:
    """Share of common tokens, 0 to 1."""
    first, second = set(one), set(other)
    return len(first & second) / len(first | second) if first and second else 0.0


def is_duplicate(alike: float, metres: float | None) -> bool:
    """Whether to suggest a ticket before another is sent. ``metres`` None: no common place is known."""
    if metres is not None and metres > RADIUS:
        return False
    return alike >= (ALIKE if metres is None else NEAR_ALIKE)


def score(alike: float, metres: float | None) -> float:
    """Higher is more alike; near ones gain up to one half."""
    return alike + (0.0 if metres is None else 0.5 * (1 - min(metres, RADIUS) / RADIUS))


def plain(text: str) -> str:
    """What two people who sent the same text have in common: width, case, space and punctuation left out."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text).lower())
