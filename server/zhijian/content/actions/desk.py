"""Articles as texts that pass review."""

from django.db.models import F, OuterRef, Q, Subquery

from zhijian.content import errors
from zhijian.content.actions.release import faults_of, planned, release, subject, take_down
from zhijian.content.models import Article, ArticleReview, ArticleVersion, Ending
from zhijian.content.queries.articles import visible_to
from zhijian.editorial.actions import Editorial
from zhijian.editorial.rules import Refusal, State
from zhijian.organizations.rules import Post

_LAST = ArticleVersion.objects.filter(article=OuterRef("pk")).order_by("-number")

ARTICLES = Editorial(
    model=Article,
    step=ArticleReview,
    kind="article",
    subject=subject,
    rows=visible_to,
    related=("department", "region", "policy", "supersedes"),
    writer=Post.EDITOR,
    reviewer_ends=True,
    workflow_name="文章发布审核",
    step_prefix="文章",
    refused={
        Refusal.NOT_YOURS: errors.NotYourArticle,
        Refusal.OWN_DRAFT: errors.OwnDraft,
        Refusal.SAME_REVIEWER: errors.SameReviewer,
        Refusal.WRONG_STATE: errors.WrongState,
    },
    not_found=errors.ArticleNotFound,
    invalid=errors.ContentInvalid,
    reason_missing=errors.ReasonMissing,
    end_without_reason="请填写撤回原因",
    faults=faults_of,
    planned=planned,
    release=lambda actor, article: release(actor, article=article),
    ended=take_down,
    facts={
        name: Subquery(_LAST.values(field)[:1])
        for name, field in (
            ("ended_as", "ended_as"),
            ("ended_at", "ended_at"),
            ("updated_at", "published_at"),
        )
    },
    ends=(
        # Written again since it ended; ending makes no revision.
        (Q(has_unpublished_changes=True, latest_revision__created_at__gt=F("ended_at")), State.DRAFT),
        (Q(ended_as=Ending.REVOKED), State.REVOKED),
        (Q(ended_as=Ending.EXPIRED), State.EXPIRED),
    ),
    labels={State.SCHEDULED: "待定时发布"},
)
