"""The city's map, as the environment configures it (see docs/adapters/README.md)."""

import os
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True, slots=True)
class Tiles:
    """The tile service of the city's map. Without ``layers`` there is none, and the app draws the city's own sketch.

    ``layers``: addresses with {z}, {x} and {y}, the lowest first. They hold the provider's key: this object's text
    leaves them out. ``datum``: the coordinates that tiles are drawn in, "gcj02" or "cgcs2000". ``credit``: what must
    stand on the map, with its approval number 审图号.
    """

    layers: tuple[str, ...] = field(repr=False)
    datum: str
    credit: str
    min_zoom: int
    max_zoom: int
    read_seconds: float


def tiles() -> Tiles:
    """MAP_TILES, MAP_DATUM, MAP_CREDIT, MAP_MIN_ZOOM, MAP_MAX_ZOOM, MAP_READ_SECONDS.

    Raises ImproperlyConfigured, saying what to mend and never an address, as it may hold a key.
    """
    layers = tuple(os.environ.get("MAP_TILES", "").split())
    for place, layer in enumerate(layers, 1):
        if fault := _fault_of_tiles(layer):
            raise ImproperlyConfigured(f"MAP_TILES 第 {place} 个地址{fault}")
    datum = os.environ.get("MAP_DATUM") or "gcj02"
    if datum not in {"gcj02", "cgcs2000"}:
        raise ImproperlyConfigured("MAP_DATUM 只能是 gcj02 或 cgcs2000，请按地图服务说明里的坐标系填写")
    credit = os.environ.get("MAP_CREDIT", "").strip()
    if layers and not credit:
        raise ImproperlyConfigured(
            "配置了 MAP_TILES 就要用 MAP_CREDIT 写明地图来源和审图号，它们会显示在地图上"
        )
    lowest, highest = _zoom("MAP_MIN_ZOOM", "9"), _zoom("MAP_MAX_ZOOM", "18")
    if lowest > highest:
        raise ImproperlyConfigured("MAP_MIN_ZOOM 不能大于 MAP_MAX_ZOOM")
    try:
        seconds = float(os.environ.get("MAP_READ_SECONDS") or "3")
    except ValueError:
        seconds = 0
    if not 0 < seconds <= 30:
        raise ImproperlyConfigured("MAP_READ_SECONDS 要是大于 0、不超过 30 的秒数")
    return Tiles(layers, datum, credit, lowest, highest, seconds)


def _fault_of_tiles(address: str) -> str:
    """What is wrong with a tile address; empty when nothing is."""
    if not _reachable(address):
        return "要以 http:// 或 https:// 开头，写全主机名；多个地址用空格分开"
    return _fault_of_gaps(address, {"{z}": "级别", "{x}": "列", "{y}": "行"})


def map_url() -> str:
    """MAP_URL: the address of a map outside, with {latitude} and {longitude} (GCJ-02); empty where there is none.

    Raises ImproperlyConfigured, saying what to mend.
    """
    address = os.environ.get("MAP_URL", "").strip()
    if not address:
        return ""
    if not _reachable(address):
        raise ImproperlyConfigured("MAP_URL 要以 http:// 或 https:// 开头，写全主机名")
    if fault := _fault_of_gaps(address, {"{latitude}": "纬度", "{longitude}": "经度"}):
        raise ImproperlyConfigured(f"MAP_URL {fault}")
    return address


def _reachable(address: str) -> bool:
    """Whether it names a host of the web in characters that can be seen."""
    try:
        parts = urlsplit(address)
        named = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return named and address.isprintable()


def _fault_of_gaps(address: str, gaps: dict[str, str]) -> str:
    """What is wrong with the gaps of a template. ``gaps``: each as it is written, with what it stands for."""
    if "{" in urlsplit(address).netloc:
        return "的主机名里不能有 {…}，请写一个固定的主机名"
    missing = [gap for gap in gaps if gap not in address]
    if missing:
        wanted = "、".join(f"{words} {gap}" for gap, words in gaps.items())
        return f"缺少 {'、'.join(missing)}，请写上{wanted} 的位置"
    rest = address
    for gap in gaps:
        rest = rest.replace(gap, "")
    return f"里只能有 {'、'.join(gaps)} 这些花括号" if "{" in rest or "}" in rest else ""


def _zoom(name: str, default: str) -> int:
    value = os.environ.get(name) or default
    if not (value.isascii() and value.isdigit() and int(value) <= 22):
        raise ImproperlyConfigured(f"{name} 要是 0 到 22 的整数")
    return int(value)
