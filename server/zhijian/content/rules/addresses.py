"""Where links lead. Pure.

Inside the platform a link names a document by its key: ``/items/<code>``, ``/content/<id>``, ``/halls``. The
compiler turns these into addresses that exist; so a moved page breaks no text.
"""

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from zhijian.core import item_codes

Target = Literal["item", "article", "page", "external", "contact", "nowhere"]
_ITEM = re.compile(rf"/items/([0-9A-Za-z]{{1,{item_codes.LENGTH}}})/?")
_ARTICLE = re.compile(r"/content/([0-9a-z]{26})/?")
_PAGES = {"/halls", "/catalog"}


@dataclass(frozen=True, slots=True)
class Address:
    """``key``: an item's code, an article's id, or the address itself."""

    target: Target
    key: str


def read(address: str) -> Address:
    """What ``address`` leads to; ``nowhere`` for what no browser could open."""
    address = address.strip()
    if match := _ITEM.fullmatch(address):
        return Address("item", match[1])
    if match := _ARTICLE.fullmatch(address):
        return Address("article", match[1])
    if address.rstrip("/") in _PAGES:
        return Address("page", address.rstrip("/"))
    return Address(_outside(address), address)


def _outside(address: str) -> Target:
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return "nowhere"
    if parts.scheme in {"http", "https"} and "." in host:
        return "external"
    return "contact" if parts.scheme in {"tel", "mailto"} and parts.path else "nowhere"


def resolve(address: str) -> str:
    """The address below the site's root at which a browser finds what ``address`` names."""
    found = read(address)
    if found.target == "item":
        return f"/#/pages/guide/index?code={found.key}"
    if found.target == "article":
        return f"/public/content/{found.key}.html"
    if found.target == "page":
        return "/#/pages/browse/index"
    return address
