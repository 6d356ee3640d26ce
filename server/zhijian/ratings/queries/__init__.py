"""Reads of ratings, their rectification and their figures."""

from zhijian.ratings.queries.ratings import rating_for

__all__ = ["rating_for"]
