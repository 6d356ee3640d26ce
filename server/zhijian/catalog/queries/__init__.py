"""Reads of the catalogue."""

from zhijian.catalog.queries.favourites import favourites
from zhijian.catalog.queries.items import current_version, current_versions, items_in_scope, version_in_force
from zhijian.catalog.queries.search import SearchResult, search, suggest

__all__ = [
    "SearchResult",
    "current_version",
    "current_versions",
    "favourites",
    "items_in_scope",
    "search",
    "suggest",
    "version_in_force",
]
