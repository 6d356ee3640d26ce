"""One tile over HTTP, to the app and to the console. No provider learns who looks where, as it is we who ask."""

import hashlib
import re

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags

from zhijian.core.api import problem_response
from zhijian.core.errors import Problem
from zhijian.core.geo import Bounds
from zhijian.core.throttle import brake
from zhijian.maps import queries, tiling
from zhijian.maps.adapters.base import NoTile, Tile, TilesAway
from zhijian.maps.adapters.registry import tile_source
from zhijian.maps.errors import MapAway, TileNotFound, TilesTooOften

_TILES_A_MINUTE = 600  # a screen shows about twenty; many phones may share one address
_BOUNDS_SECONDS = 60
_WEEK = 7 * 24 * 3600
_AGAIN = 20  # seconds; as long as the circuit rests
_NUMBER = re.compile(r"0|[1-9][0-9]{0,8}")  # one way to write each: other ways would be kept as other tiles


def tile(request: HttpRequest, layer: str, z: str, x: str, y: str) -> HttpResponse:
    """The picture, or a refusal."""
    try:
        brake(request, scope="map_tiles", limit=_TILES_A_MINUTE, seconds=60, problem=TilesTooOften)
        found = _read(*map(_number, (layer, z, x, y)))
    except Problem as problem:
        return _unlogged(problem_response(problem))
    return _picture(request, found)


def _read(layer: int, z: int, x: int, y: int) -> Tile:
    """The tile, if it is one of this city's map: nobody gets other pictures with the city's key."""
    options = settings.MAP
    if layer >= len(options.layers) or not options.min_zoom <= z <= options.max_zoom:
        raise TileNotFound
    city = _city() if tiling.exists(z, x, y) else None
    # The city's box is in GCJ-02. Its margin is wider than what CGCS2000 differs by, so both may be compared with it.
    if city is None or not tiling.touches(tiling.tile_box(z, x, y), city):
        raise TileNotFound
    try:
        return tile_source().tile(layer, z, x, y)
    except NoTile:
        raise TileNotFound from None
    except TilesAway:
        raise MapAway(retry_after=_AGAIN) from None


def _number(text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise TileNotFound
    return int(text)


def _city() -> Bounds | None:
    """The city's box as of the last minute; None is kept, too. A known tile then costs no query."""
    found: tuple[Bounds | None] | None = cache.get("maps:bounds")
    if found is None:
        found = (queries.city_bounds(),)
        cache.set("maps:bounds", found, timeout=_BOUNDS_SECONDS)
    return found[0]


def _picture(request: HttpRequest, found: Tile) -> HttpResponse:
    tag = f'"{hashlib.sha256(found.content).hexdigest()[:20]}"'
    known = {one.removeprefix("W/") for one in parse_etags(request.headers.get("If-None-Match", ""))}
    unchanged = bool(known & {tag, "*"})
    response = (
        HttpResponseNotModified() if unchanged else HttpResponse(found.content, content_type=found.kind)
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["ETag"] = tag
    response["Cache-Control"] = f"public, max-age={_WEEK}"
    return response


def _unlogged(response: HttpResponse) -> HttpResponse:
    """Django writes down the address of each refused request; this one tells where somebody looks."""
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response
