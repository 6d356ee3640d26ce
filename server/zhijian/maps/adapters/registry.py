"""The tile service that settings.MAP names: one bulkhead and circuit a process."""

from functools import cache
from threading import Lock
from typing import Any

from django.conf import settings

from zhijian.maps.adapters.base import TileSource
from zhijian.maps.adapters.kept import KeptTiles
from zhijian.maps.adapters.xyz import XyzTiles

_one_at_a_time = Lock()


def tile_source() -> TileSource:
    """Ask it only for layers that there are: settings.MAP may have none."""
    with _one_at_a_time:  # threads that ask first together must share one bulkhead and circuit
        return source()


@cache
def source() -> KeptTiles:
    """The one source of this process."""
    options = settings.MAP
    return KeptTiles(XyzTiles(options.layers, read_seconds=options.read_seconds), options.layers)


def described() -> dict[str, Any] | None:
    """How the app asks for tiles: ``layers`` by number from 0, the lowest first. None where no service is configured."""
    options = settings.MAP
    if not options.layers:
        return None
    return {
        "layers": len(options.layers),
        "datum": options.datum,
        "credit": options.credit,
        "min_zoom": options.min_zoom,
        "max_zoom": options.max_zoom,
    }
