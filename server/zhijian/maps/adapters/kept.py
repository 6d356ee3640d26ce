"""Tiles that were fetched once are kept for a week, so that a provider's pause is hardly noticed."""

import hashlib
import logging
import pickle
import zlib
from collections.abc import Sequence

from django.core.cache import caches

from zhijian.maps.adapters.base import Tile, TileSource

log = logging.getLogger(__name__)
# A full disk, or a file that a power cut left half written, is no reason to show no map.
_DAMAGE = (OSError, EOFError, pickle.UnpicklingError, zlib.error)


class KeptTiles:
    """``source`` with a memory: the cache ``tiles``. ``addresses``: of the layers; with a new one, nothing old is shown.

    Two who ask for one tile at once may both fetch it; either answer is kept.
    """

    def __init__(self, source: TileSource, addresses: Sequence[str]) -> None:
        self.source = source
        self._marks = [hashlib.sha256(address.encode()).hexdigest()[:16] for address in addresses]

    def tile(self, layer: int, z: int, x: int, y: int) -> Tile:
        """What is kept, else what ``source`` gives now. Raises NoTile, TilesAway."""
        key = f"{self._marks[layer]}:{z}:{x}:{y}"
        found = _recalled(key)
        if found is None:
            found = self.source.tile(layer, z, x, y)
            _keep(key, found)
        return found


def _recalled(key: str) -> Tile | None:
    try:
        found: tuple[bytes, str] | None = caches["tiles"].get(key)
    except _DAMAGE as error:
        log.warning("tile not read", extra={"error": type(error).__name__})
        return None
    return Tile(*found) if found else None


def _keep(key: str, tile: Tile) -> None:
    try:
        caches["tiles"].set(key, (tile.content, tile.kind))
    except OSError as error:
        log.warning("tile not kept", extra={"error": type(error).__name__})
