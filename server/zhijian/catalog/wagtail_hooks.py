"""Registers the items with Wagtail's editor."""

from zhijian.catalog.console import PAGES
from zhijian.catalog.console.editing import ItemViewSet
from zhijian.editorial.console.hooks import install

install(ItemViewSet, PAGES)
