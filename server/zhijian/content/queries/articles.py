from django.db.models import Q, QuerySet

from zhijian.content.errors import ArticleGone, ArticleNotFound
from zhijian.content.models import Article, ArticleVersion, Media
from zhijian.core.clock import now
from zhijian.editorial.queries import is_centre_reviewer
from zhijian.organizations.models import Staff
from zhijian.organizations.queries import departments_in_scope
from zhijian.organizations.rules import Post

SEEING = (Post.EDITOR, Post.REVIEWER, Post.OPERATOR)


def visible_to(staff: Staff) -> QuerySet[Article]:
    """The articles that an editor, a reviewer, an operator or the centre's reviewer sees in the console."""
    articles = Article.objects.select_related("department")
    if is_centre_reviewer(staff):
        return articles
    return articles.filter(department__in=departments_in_scope(staff, *SEEING))


def media_in_scope(staff: Staff) -> QuerySet[Media]:
    """The files that an editor may use: those of the departments they write for. Whoever reviews or previews an
    article sees them too."""
    if is_centre_reviewer(staff):
        return Media.objects.all()
    return Media.objects.filter(department__in=departments_in_scope(staff, *SEEING))


def readable() -> QuerySet[ArticleVersion]:
    """What people can read now, newest first. Ends on time, also while no worker runs."""
    return (
        ArticleVersion.objects.filter(ended_at=None)
        .filter(Q(article__expire_at=None) | Q(article__expire_at__gt=now()))
        .select_related("article__department")
        .order_by("-published_at", "-pk")
    )


def read_version(public_id: str) -> ArticleVersion:
    """The version that people read. Raises :class:`ArticleGone` if it was revoked or is over, else
    :class:`ArticleNotFound`."""
    version = readable().filter(article__public_id=public_id).first()
    if version is None:
        raise (ArticleGone if _was_published(public_id) else ArticleNotFound)
    return version


def by_public_id(public_id: str) -> Article:
    """Raises :class:`ArticleNotFound`."""
    article = Article.objects.select_related("department").filter(public_id=public_id).first()
    if article is None:
        raise ArticleNotFound
    return article


def last_version(article: Article) -> ArticleVersion | None:
    """The version that people read, or read last."""
    return ArticleVersion.objects.filter(article=article).order_by("-number").first()


def _was_published(public_id: str) -> bool:
    return ArticleVersion.objects.filter(article__public_id=public_id).exists()
