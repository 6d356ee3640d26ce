"""The buttons under a form and in a list. What can be done with a text is decided by our rules, not by Wagtail's
permissions."""

from typing import Any

from django.urls import reverse
from wagtail.snippets.action_menu import ActionMenuItem

_KEPT = {"action-save", "action-submit", "action-cancel-workflow", "action-locked"}


class Way(ActionMenuItem):
    """A button that leads to one of our own screens."""

    def __init__(self, *, name: str, label: str, icon: str, url: str) -> None:
        super().__init__()
        self.name, self.label, self.icon_name, self._url = name, label, icon, url

    def is_shown(self, context: Any) -> bool:
        return True

    def get_url(self, parent_context: Any) -> str:
        return self._url


def arranged(entries: list[ActionMenuItem], pages: Any, staff: Any, instance: Any) -> list[ActionMenuItem]:
    """Our choice of Wagtail's buttons under the form, with the ways to our own screens."""
    if instance is None:
        return [entry for entry in entries if entry.name in _KEPT]
    desk = pages.desk
    row = desk.model._default_manager.select_related("department").get(pk=instance.pk)
    unwanted = set() if desk.may_edit(row, staff) is None else {"action-save", "action-submit"}
    if desk.may_take_back(row, staff):
        unwanted.add("action-cancel-workflow")
    kept = [entry for entry in entries if entry.name in _KEPT - unwanted]
    if desk.may_decide(row, staff) is None:
        kept.insert(0, _way(pages, row, "review", "审核", "success"))
    if pages.may_unschedule(row, staff):
        kept.append(_way(pages, row, "take_back", "取消待发布", "history"))
    kept += pages.ways(row)
    if desk.may_end(row, staff) is None:
        kept.append(_way(pages, row, pages.end, pages.words.ending, "error"))
    return kept


def _way(pages: Any, row: Any, name: str, label: str, icon: str) -> Way:
    return Way(name=name, label=label, icon=icon, url=reverse(f"{pages.key}_{name}", args=[row.pk]))


def kept_in_list(buttons: list[Any], row: Any, *, namespace: str) -> list[Any]:
    """Nothing is deleted or copied from the list: published texts end with a reason."""
    kept = {reverse(f"{namespace}:{name}", args=[row.pk]) for name in ("edit", "history")}
    return [button for button in buttons if getattr(button, "url", None) in kept]
