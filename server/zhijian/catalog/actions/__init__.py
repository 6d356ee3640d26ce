"""The only writers of the catalogue."""

from zhijian.catalog.actions.compilation import compile_catalogue, compile_halls, compile_items, publish_city
from zhijian.catalog.actions.drafting import save_draft
from zhijian.catalog.actions.favourites import add_favourite, remove_favourite
from zhijian.catalog.actions.publication import publish, withdraw
from zhijian.catalog.actions.review import approve, cancel_review, reject, submit_for_review

__all__ = [
    "add_favourite",
    "approve",
    "cancel_review",
    "compile_catalogue",
    "compile_halls",
    "compile_items",
    "publish",
    "publish_city",
    "reject",
    "remove_favourite",
    "save_draft",
    "submit_for_review",
    "withdraw",
]
