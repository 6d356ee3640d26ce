"""How alike two tickets are: words, distance in metres, time. Pure; texts arrive as sets of tokens."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from zhijian.core.geo import Point, distance

RADIUS = 300.0
"""Metres within which two reports may be of the same thing."""
SAME_PLACE = 50.0
"""Metres within which two reports in the same words are of the same thing: as far as a pin or a phone may err, and less
than from one lamp to the one after the next."""
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


@dataclass(frozen=True, slots=True)
class Where:
    """Where a matter is, as far as somebody said. ``hall`` and ``region`` are keys; what was left out is None or empty."""

    point: Point | None = None
    address: str = ""
    hall: int | None = None
    region: int | None = None


def same_place(one: Where, other: Where) -> bool:
    """Whether two reports in the same words are of the same spot.

    Two that name no place agree: then the words are all there is. A place that only one of them names is another one,
    for a report too many costs an officer a look, and one too few leaves a lamp dark.
    """
    if one.hall is not None or other.hall is not None:
        return one.hall == other.hall
    addresses = plain(one.address), plain(other.address)
    if one.point is not None and other.point is not None:
        return distance(one.point, other.point) <= SAME_PLACE and (
            "" in addresses or len(set(addresses)) == 1
        )
    if one.point is not None or other.point is not None or addresses[0] != addresses[1]:
        return False
    return None in (one.region, other.region) or one.region == other.region
