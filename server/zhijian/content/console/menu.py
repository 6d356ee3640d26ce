"""The buttons under an article's form."""

from django.conf import settings
from django.urls import reverse
from wagtail.snippets.action_menu import ActionMenuItem

from zhijian.content import rules
from zhijian.content.models import Article
from zhijian.content.queries import review_refusal, standing, state_of
from zhijian.editorial.console.menu import Way, kept_actions
from zhijian.editorial.queries import current_stage
from zhijian.organizations.models import Staff


def arrange(items: list[ActionMenuItem], staff: Staff, article: Article | None) -> list[ActionMenuItem]:
    """Our choice of Wagtail's buttons, with the ways to our own screens."""
    if article is None:
        return kept_actions(items)
    row = Article.objects.select_related("department").get(pk=article.pk)
    state, who = state_of(row), standing(row, staff)
    kept = kept_actions(
        items, may_edit=rules.may_edit(state, who) is None, may_cancel=rules.may_cancel(state, who) is None
    )
    stage = current_stage(row)
    if stage and review_refusal(row, stage=stage, staff=staff) is None:
        kept.insert(0, _way(row, "content_review", "审核", "success", 0))
    if state == rules.ArticleState.SCHEDULED and rules.may_cancel(state, who) is None:
        kept.append(_way(row, "content_take_back", "取消待发布", "history", 60))
    kept.append(_way(row, "content_preview", "预览", "view", 70))
    if row.live:
        url = f"{settings.PUBLIC_URL}/public/content/{row.public_id}.html"
        kept.append(Way(name="page", label="查看已发布的页面", icon="link-external", url=url, order=80))
    if rules.may_revoke(who, live=row.live) is None:
        kept.append(_way(row, "content_revoke", "撤回", "error", 90))
    return kept


def _way(article: Article, view: str, label: str, icon: str, order: int) -> Way:
    return Way(name=view, label=label, icon=icon, url=reverse(view, args=[article.pk]), order=order)
