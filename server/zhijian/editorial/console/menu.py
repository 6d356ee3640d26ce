"""The buttons under a form and in a list."""

from typing import Any

from django.urls import reverse
from wagtail.snippets.action_menu import ActionMenuItem

_KEPT = {"action-save", "action-submit", "action-cancel-workflow", "action-locked"}


class Way(ActionMenuItem):
    """A button that leads to one of our own screens."""

    def __init__(self, *, name: str, label: str, icon: str, url: str, order: int) -> None:
        super().__init__(order=order)
        self.name, self.label, self.icon_name, self._url = name, label, icon, url

    def is_shown(self, context: Any) -> bool:
        return True

    def get_url(self, parent_context: Any) -> str:
        return self._url


def kept_actions(
    entries: list[ActionMenuItem], *, may_edit: bool = True, may_cancel: bool = True
) -> list[ActionMenuItem]:
    """Our choice of Wagtail's buttons under the form."""
    kept = _KEPT if may_edit else {"action-locked", "action-cancel-workflow"}
    if not may_cancel:
        kept = kept - {"action-cancel-workflow"}
    return [entry for entry in entries if entry.name in kept]


def kept_in_list(buttons: list[Any], row: Any, *, namespace: str) -> list[Any]:
    """Nothing is deleted or copied from the list: published texts end with a reason."""
    kept = {reverse(f"{namespace}:{name}", args=[row.pk]) for name in ("edit", "history")}
    return [button for button in buttons if getattr(button, "url", None) in kept]
