"""Gives a kind of text to Wagtail's editor: its list, its form, and our choice of buttons."""

from typing import Any

from wagtail import hooks
from wagtail.snippets.action_menu import ActionMenuItem

from zhijian.editorial.console.editing import EditorialViewSet, register
from zhijian.editorial.console.menu import arranged, kept_in_list
from zhijian.editorial.console.pages import Pages


def install(viewset: type[EditorialViewSet], pages: Pages) -> None:
    """Called by a domain's ``wagtail_hooks``."""
    register(viewset)

    def actions(entries: list[ActionMenuItem], request: Any, context: dict[str, Any]) -> None:
        if context["model"] is pages.desk.model:
            entries[:] = arranged(entries, pages, request.user, context.get("instance"))

    def buttons(entries: list[Any], snippet: Any, user: Any) -> None:
        if isinstance(snippet, pages.desk.model):
            entries[:] = kept_in_list(entries, snippet, namespace=pages.namespace)

    hooks.register("construct_snippet_action_menu", actions)
    hooks.register("construct_snippet_listing_buttons", buttons)
