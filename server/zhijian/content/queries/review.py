"""Where an article stands in review, and who may do the next thing."""

from typing import Any

from zhijian.content import rules
from zhijian.content.models import Article, Ending
from zhijian.content.queries.articles import last_version
from zhijian.content.rules import ArticleState, Refusal, Standing
from zhijian.editorial.models import Stage
from zhijian.editorial.queries import (
    active_workflow,
    current_stage,
    is_scheduled,
    standing_of,
)
from zhijian.organizations.models import Staff
from zhijian.organizations.rules import Post

STAGES = {Stage.DEPARTMENT: ArticleState.DEPARTMENT_REVIEW, Stage.CENTRE: ArticleState.CENTRE_REVIEW}


def state_of(article: Article) -> ArticleState:
    """Where the newest text of the article stands; a live one that is being revised shows its revision's state."""
    stage = current_stage(article)
    if stage:
        return STAGES[stage]
    if active_workflow(article):
        return ArticleState.REJECTED
    if is_scheduled(article):
        return ArticleState.SCHEDULED
    if article.live:
        return ArticleState.DRAFT if article.has_unpublished_changes else ArticleState.PUBLISHED
    return _ended_state(article)


def _ended_state(article: Article) -> ArticleState:
    last = last_version(article)
    if last is None or (article.has_unpublished_changes and _newer_draft(article)):
        return ArticleState.DRAFT
    return ArticleState.REVOKED if last.ended_as == Ending.REVOKED else ArticleState.EXPIRED


def _newer_draft(article: Article) -> bool:
    """Whether somebody has written since the article ended (ending it makes no revision)."""
    last = last_version(article)
    return bool(last and last.ended_at and article.revisions.filter(created_at__gt=last.ended_at).exists())


def standing(article: Article, staff: Staff) -> Standing:
    """How ``staff`` stands to ``article``."""
    return standing_of(article, staff, department=article.department, writer=Post.EDITOR)


def review_refusal(article: Article, *, stage: Stage, staff: Any) -> Refusal | None:
    """Why ``staff`` may not decide the ``stage`` of review at which ``article`` stands; None if they may."""
    if not isinstance(staff, Staff) or not staff.is_active:
        return Refusal.NOT_YOURS
    if current_stage(article) != stage:
        return Refusal.WRONG_STATE
    return rules.may_review(STAGES[stage], standing(article, staff))
