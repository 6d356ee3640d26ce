"""The only writers of the catalogue."""

from zhijian.catalog.actions.compilation import compile_catalogue, compile_halls, compile_items, publish_city
from zhijian.catalog.actions.desk import ITEMS
from zhijian.catalog.actions.drafting import save_draft
from zhijian.catalog.actions.favourites import add_favourite, remove_favourite
from zhijian.catalog.actions.publication import publish

__all__ = [
    "ITEMS",
    "add_favourite",
    "compile_catalogue",
    "compile_halls",
    "compile_items",
    "publish",
    "publish_city",
    "remove_favourite",
    "save_draft",
]
