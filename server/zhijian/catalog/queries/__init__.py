"""Reads of the catalogue."""

from zhijian.catalog.queries.favourites import favourites
from zhijian.catalog.queries.items import current_version, current_versions, items_in_scope, newer_version
from zhijian.catalog.queries.review import review_refusal, standing, state_of
from zhijian.catalog.queries.search import SearchResult, search, suggest

__all__ = [
    "SearchResult",
    "current_version",
    "current_versions",
    "favourites",
    "items_in_scope",
    "newer_version",
    "review_refusal",
    "search",
    "standing",
    "state_of",
    "suggest",
]
