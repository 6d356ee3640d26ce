"""The buttons under an item's form."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from wagtail.snippets.action_menu import ActionMenuItem

from zhijian.catalog import rules
from zhijian.catalog.models import ServiceItem
from zhijian.catalog.queries import standing, state_of
from zhijian.catalog.queries.review import current_stage, review_refusal
from zhijian.organizations.models import Staff

_KEPT = {"action-save", "action-submit", "action-cancel-workflow", "action-locked"}


class LinkItem(ActionMenuItem):
    """A button that leads to one of our own screens."""

    def __init__(self, *, name: str, label: str, icon: str, url: str, order: int) -> None:
        super().__init__(order=order)
        self.name, self.label, self.icon_name, self._url = name, label, icon, url

    def is_shown(self, context: Any) -> bool:
        return True

    def get_url(self, parent_context: Any) -> str:
        return self._url


def arrange(items: list[ActionMenuItem], staff: Staff, item: ServiceItem | None) -> list[ActionMenuItem]:
    """Our choice of Wagtail's buttons, with the ways to our own screens."""
    kept = [entry for entry in items if entry.name in _KEPT]
    if item is None:
        return kept
    row = ServiceItem.objects.select_related("department").get(pk=item.pk)
    state, who = state_of(row), standing(row, staff)
    if rules.may_edit(state, who):
        kept = [entry for entry in kept if entry.name in {"action-locked", "action-cancel-workflow"}]
    if not who.manager:
        kept = [entry for entry in kept if entry.name != "action-cancel-workflow"]
    if row.live:
        url = f"{settings.PUBLIC_URL}/#/pages/guide/index?code={row.code}"
        kept.append(LinkItem(name="guide", label="查看办事指南", icon="view", url=url, order=80))
    stage = current_stage(row)
    if stage and review_refusal(row, stage=stage, staff=staff) is None:
        url = reverse("catalog_review", args=[row.pk])
        kept.insert(0, LinkItem(name="review", label="审核", icon="success", url=url, order=0))
    if rules.may_withdraw(state, who, live=row.live) is None:
        url = reverse("catalog_withdraw", args=[row.pk])
        kept.append(LinkItem(name="withdraw", label="停用", icon="error", url=url, order=90))
    return kept
