"""Registers the items with Wagtail's editor."""

from typing import Any

from wagtail import hooks
from wagtail.snippets.action_menu import ActionMenuItem
from wagtail.snippets.models import register_snippet

from zhijian.catalog.console.editing import ItemViewSet
from zhijian.catalog.console.menu import arrange
from zhijian.catalog.models import ServiceItem
from zhijian.editorial.console.menu import kept_in_list

register_snippet(ItemViewSet)


@hooks.register("construct_snippet_action_menu")
def item_actions(menu_items: list[ActionMenuItem], request: Any, context: dict[str, Any]) -> None:
    """What can be done with an item is decided by our rules, not by Wagtail's permissions."""
    if context["model"] is ServiceItem:
        menu_items[:] = arrange(menu_items, request.user, context.get("instance"))


@hooks.register("construct_snippet_listing_buttons")
def item_buttons(buttons: list[Any], snippet: Any, user: Any) -> None:
    """An item is not deleted or copied from the list: it is withdrawn, with a reason."""
    if isinstance(snippet, ServiceItem):
        buttons[:] = kept_in_list(buttons, snippet, namespace="catalog_items")
