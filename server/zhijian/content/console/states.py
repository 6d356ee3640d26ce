"""The state of an article as a word and as a filter, cheap enough for a list."""

from django.db.models import OuterRef, QuerySet, Subquery
from wagtail.models import WorkflowState

from zhijian.content.models import Article, ArticleReview, ArticleVersion, Ending
from zhijian.content.queries.review import STAGES
from zhijian.content.rules import ArticleState
from zhijian.editorial.models import Stage
from zhijian.editorial.queries import with_review

STATES = [
    ("reviewing", "审核中"),
    ("rejected", ArticleState.REJECTED.label),
    ("scheduled", ArticleState.SCHEDULED.label),
    ("draft", "有未发布的修改"),
    ("published", ArticleState.PUBLISHED.label),
    ("expired", ArticleState.EXPIRED.label),
    ("revoked", ArticleState.REVOKED.label),
]


def with_state(articles: QuerySet[Article]) -> QuerySet[Article]:
    """Annotate what :func:`words_of_state` reads, so that a list needs no query for each row."""
    last = ArticleVersion.objects.filter(article=OuterRef("pk")).order_by("-number")
    annotated: QuerySet[Article] = with_review(articles, ArticleReview).annotate(
        ended_as=Subquery(last.values("ended_as")[:1]),
        updated_at=Subquery(last.values("published_at")[:1]),
    )
    return annotated


def in_state(articles: QuerySet[Article], state: str) -> QuerySet[Article]:
    """Only the articles in ``state``; needs :func:`with_state`."""
    quiet = {"review_status": None, "is_scheduled": False}
    conditions: dict[str, dict[str, object]] = {
        "reviewing": {"review_status": WorkflowState.STATUS_IN_PROGRESS},
        "rejected": {"review_status": WorkflowState.STATUS_NEEDS_CHANGES},
        "scheduled": {"is_scheduled": True},
        "draft": {**quiet, "has_unpublished_changes": True, "ended_as": ""},
        "published": {"live": True, "has_unpublished_changes": False},
        "expired": {"live": False, "ended_as": Ending.EXPIRED, **quiet},
        "revoked": {"live": False, "ended_as": Ending.REVOKED, **quiet},
    }
    found = articles.filter(**conditions[state])
    if state == "draft":  # also what was never published
        never = articles.filter(**quiet, has_unpublished_changes=True, ended_as=None)
        found = articles.filter(
            pk__in=[*found.values_list("pk", flat=True), *never.values_list("pk", flat=True)]
        )
    return found


def words_of_state(article: Article) -> str:
    """The state's word; needs :func:`with_state`."""
    status, stage = getattr(article, "review_status", None), getattr(article, "review_stage", None)
    if status == WorkflowState.STATUS_IN_PROGRESS and stage:
        return STAGES[Stage(stage)].label
    if status == WorkflowState.STATUS_NEEDS_CHANGES:
        return ArticleState.REJECTED.label
    if getattr(article, "is_scheduled", False):
        return ArticleState.SCHEDULED.label
    if article.live:
        return "已发布，有新草稿" if article.has_unpublished_changes else ArticleState.PUBLISHED.label
    ended = getattr(article, "ended_as", None)
    words = {Ending.REVOKED: ArticleState.REVOKED, Ending.EXPIRED: ArticleState.EXPIRED}
    return words[Ending(ended)].label if ended else ArticleState.DRAFT.label
