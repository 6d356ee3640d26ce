"""The fair draw: an order that nobody could choose and everybody can compute again. Pure.

The seed is made and its SM3 digest published before anyone joins; the seed itself is published with the result.
Each entry's lot is SM3(seed + entry's public id), all as ASCII text; the lowest lot is first.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from cryptography.hazmat.primitives.hashes import SM3, Hash

MOST_WISHES = 5
METHOD = "SM3(seed + entry)，按十六进制摘要从小到大排序；seed_digest = SM3(seed)"


class DrawOutcome(StrEnum):
    """Why somebody got a place or none, in the words of the answer's ``outcome``."""

    WON = "won"
    WISHES_FULL = "wishes_full"
    ALREADY_BOOKED = "already_booked"


Outcome = DrawOutcome
"""Short in this domain; the API's schema bears the long name, as another domain has a ``Outcome`` too."""


@dataclass(frozen=True, slots=True)
class Lot:
    entry: str
    digest: str


def digest(text: str) -> str:
    """SM3 (GB/T 32905) in hex."""
    algorithm = Hash(SM3())
    algorithm.update(text.encode())
    return algorithm.finalize().hex()


def order(seed: str, entries: Iterable[str]) -> list[Lot]:
    """The entries' lots, first drawn first; whatever order they come in."""
    lots = [Lot(entry, digest(seed + entry)) for entry in entries]
    return sorted(lots, key=lambda lot: (lot.digest, lot.entry))
