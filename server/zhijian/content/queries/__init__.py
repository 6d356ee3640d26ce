"""Reads of content."""

from zhijian.content.queries.articles import (
    by_public_id,
    media_in_scope,
    read_version,
    readable,
    visible_to,
)
from zhijian.content.queries.search import found_articles
from zhijian.content.queries.surroundings import surroundings

__all__ = [
    "by_public_id",
    "found_articles",
    "media_in_scope",
    "read_version",
    "readable",
    "surroundings",
    "visible_to",
]
