"""The buttons under an item's form."""

from django.conf import settings
from django.urls import reverse
from wagtail.snippets.action_menu import ActionMenuItem

from zhijian.catalog import rules
from zhijian.catalog.models import ServiceItem
from zhijian.catalog.queries import review_refusal, standing, state_of
from zhijian.editorial.console.menu import Way, kept_actions
from zhijian.editorial.queries import current_stage
from zhijian.organizations.models import Staff


def arrange(items: list[ActionMenuItem], staff: Staff, item: ServiceItem | None) -> list[ActionMenuItem]:
    """Our choice of Wagtail's buttons, with the ways to our own screens."""
    if item is None:
        return kept_actions(items)
    row = ServiceItem.objects.select_related("department").get(pk=item.pk)
    state, who = state_of(row), standing(row, staff)
    kept = kept_actions(
        items, may_edit=rules.may_edit(state, who) is None, may_cancel=rules.may_cancel(state, who) is None
    )
    if row.live:
        url = f"{settings.PUBLIC_URL}/#/pages/guide/index?code={row.code}"
        kept.append(Way(name="guide", label="查看办事指南", icon="view", url=url, order=80))
    stage = current_stage(row)
    if stage and review_refusal(row, stage=stage, staff=staff) is None:
        url = reverse("catalog_review", args=[row.pk])
        kept.insert(0, Way(name="review", label="审核", icon="success", url=url, order=0))
    if state == rules.ItemState.SCHEDULED and rules.may_cancel(state, who) is None:
        url = reverse("catalog_take_back", args=[row.pk])
        kept.append(Way(name="take-back", label="取消待发布", icon="history", url=url, order=60))
    if rules.may_withdraw(state, who, live=row.live) is None:
        url = reverse("catalog_withdraw", args=[row.pk])
        kept.append(Way(name="withdraw", label="停用", icon="error", url=url, order=90))
    return kept
