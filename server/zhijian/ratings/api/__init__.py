"""The citizen API of ratings."""

from zhijian.ratings.api import codes, figures, rating
from zhijian.ratings.api.router import router

__all__ = ["codes", "figures", "rating", "router"]
