"""The buttons under an article's form."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from wagtail.snippets.action_menu import ActionMenuItem

from zhijian.content import rules
from zhijian.content.models import Article
from zhijian.content.queries import current_stage, review_refusal, standing, state_of
from zhijian.organizations.models import Staff

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


def arrange(items: list[ActionMenuItem], staff: Staff, article: Article | None) -> list[ActionMenuItem]:
    """Our choice of Wagtail's buttons, with the ways to our own screens."""
    kept = [entry for entry in items if entry.name in _KEPT]
    if article is None:
        return kept
    row = Article.objects.select_related("department").get(pk=article.pk)
    state, who = state_of(row), standing(row, staff)
    if rules.may_edit(state, who):
        kept = [entry for entry in kept if entry.name in {"action-locked", "action-cancel-workflow"}]
    if rules.may_cancel(state, who):
        kept = [entry for entry in kept if entry.name != "action-cancel-workflow"]
    stage = current_stage(row)
    if stage and review_refusal(row, stage=stage, staff=staff) is None:
        kept.insert(0, _way(row, "content_review", "审核", "success", 0))
    kept.append(_way(row, "content_preview", "预览", "view", 70))
    if row.live:
        url = f"{settings.PUBLIC_URL}/public/content/{row.public_id}.html"
        kept.append(Way(name="page", label="查看已发布的页面", icon="link-external", url=url, order=80))
    if rules.may_revoke(who, live=row.live) is None:
        kept.append(_way(row, "content_revoke", "撤回", "error", 90))
    return kept


def _way(article: Article, view: str, label: str, icon: str, order: int) -> Way:
    return Way(name=view, label=label, icon=icon, url=reverse(view, args=[article.pk]), order=order)
