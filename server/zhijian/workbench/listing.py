"""The list of a desk: saved filters with their counts, and the addresses of its pages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import QueryDict


@dataclass(frozen=True, slots=True)
class Chip:
    """A saved filter. ``count`` None: not counted."""

    label: str
    url: str
    current: bool
    count: int | None = None


def chips(
    address: str,
    filters: Iterable[tuple[str, str, str]],
    asked: QueryDict,
    *,
    names: tuple[str, ...],
    known: Mapping[str, int] | None = None,
    default: str = "",
) -> list[Chip]:
    """``filters``: label, query string, name of its count in ``known``. ``names`` are the parameters that filter.
    While somebody searches, no filter is in force; without a word, ``default`` is."""
    chosen = {name: asked[name] for name in names if asked.get(name)} or QueryDict(default).dict()
    return [
        Chip(
            label=label,
            url=f"{address}?{query}" if query else address,
            current=not asked.get("q") and QueryDict(query).dict() == chosen,
            count=(known or {}).get(count) if count else None,
        )
        for label, query, count in filters
    ]


def pages(address: str, asked: QueryDict, following: str | None) -> dict[str, str]:
    """``next_url`` and ``first_url``, empty where there is nowhere to go; ``here`` is the list as it is asked for."""
    return {
        "next_url": _url(address, asked, following) if following else "",
        "first_url": _url(address, asked, "") if asked.get("cursor") else "",
        "here": _url(address, asked, asked.get("cursor", "")),
    }


def _url(address: str, asked: QueryDict, cursor: str) -> str:
    query = asked.copy()
    query.pop("cursor", None)
    if cursor:
        query["cursor"] = cursor
    return f"{address}?{query.urlencode()}" if query else address
