"""Tile services with one address a tile: XYZ, and WMTS with its key-value pairs written out.

Addresses hold the provider's key and where somebody looks. Neither stands in a log or an error from here.
"""

import logging
from collections.abc import Sequence
from typing import Final

from zhijian.core.files.types import JPG, PNG, WEBP, identify
from zhijian.core.outbound import Outbound, Permanent, Policy, Retryable
from zhijian.maps.adapters.base import NoTile, Tile, TilesAway

log = logging.getLogger(__name__)
MAX_BYTES: Final = 512 * 1024
_PICTURES: Final = frozenset({PNG, JPG, WEBP})
_TOLD: Final = frozenset(picture.mime for picture in _PICTURES)


class XyzTiles:
    """``addresses``: of the layers, with {z}, {x} and {y}. One bulkhead and one circuit for all, as for one service."""

    def __init__(self, addresses: Sequence[str], *, read_seconds: float) -> None:
        self._layers = addresses
        # Half of a web process's threads at most: a map that hangs must not keep applications from being sent.
        # The whole time is the time for one answer: a connection found broken is tried anew, a slow service is not.
        policy = Policy(read=read_seconds, total=read_seconds, concurrency=4, max_bytes=MAX_BYTES)
        self.outbound = Outbound(name="tiles", base_url="", policy=policy)

    def tile(self, layer: int, z: int, x: int, y: int) -> Tile:
        address = self._layers[layer].replace("{z}", str(z)).replace("{x}", str(x)).replace("{y}", str(y))
        try:
            content, told = self.outbound.get_bytes(address, headers={"Accept": ", ".join(sorted(_TOLD))})
        except Retryable:
            raise TilesAway from None
        except Permanent:
            raise NoTile from None
        found = identify(content)
        if told not in _TOLD or found not in _PICTURES:
            # Many services tell of a wrong key or a used-up quota in a page with status 200.
            log.warning("tile service answered no picture", extra={"system": "tiles"})
            raise NoTile
        return Tile(content, found.mime)
