"""Tables of the catalogue."""

from zhijian.catalog.models.citizen import Favourite
from zhijian.catalog.models.item import ReviewTask, ServiceItem
from zhijian.catalog.models.parts import (
    ItemBasis,
    ItemFaq,
    ItemFee,
    ItemMaterial,
    ItemPlace,
    ItemResult,
    ItemStep,
)
from zhijian.catalog.models.search import SearchEntry, Synonym, Theme, ThemeKind
from zhijian.catalog.models.version import ItemVersion

__all__ = [
    "Favourite",
    "ItemBasis",
    "ItemFaq",
    "ItemFee",
    "ItemMaterial",
    "ItemPlace",
    "ItemResult",
    "ItemStep",
    "ItemVersion",
    "ReviewTask",
    "SearchEntry",
    "ServiceItem",
    "Synonym",
    "Theme",
    "ThemeKind",
]
