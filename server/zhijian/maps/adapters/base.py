"""What this domain asks of a tile service, whoever provides it."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Tile:
    """One picture. ``kind``: its media type, told from the content."""

    content: bytes
    kind: str


class NoTile(Exception):
    """The service has no picture there, or none that we may have: asking again will not help."""


class TilesAway(Exception):
    """The service is away, slow or busy: the same tile may come later."""


class TileSource(Protocol):
    def tile(self, layer: int, z: int, x: int, y: int) -> Tile:
        """The picture of a ``layer`` (0 is the lowest), zoom, column and row, which exist. Raises NoTile, TilesAway."""
