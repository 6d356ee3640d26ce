"""What an article is related to, as short entries."""

from dataclasses import dataclass
from typing import Any

from zhijian.catalog.queries import current_versions
from zhijian.content.codes import Kind
from zhijian.content.models import Article, ArticleVersion, Ending
from zhijian.content.queries.articles import last_version, readable
from zhijian.content.spec import ArticleSpec

JSON = dict[str, Any]
_RELATED = 20


@dataclass(frozen=True, slots=True)
class Relations:
    """``former``: the text that ``supersedes`` names, for comparison; None when it was revoked."""

    items: list[JSON]
    policy: JSON | None
    interpretations: list[JSON]
    supersedes: JSON | None
    superseded_by: JSON | None
    of_topics: list[JSON]
    former: ArticleSpec | None


def relations_of(article: Article, spec: ArticleSpec) -> Relations:
    """Eight queries at most."""
    former = last_version(article.supersedes) if article.supersedes else None
    policy = last_version(article.policy) if article.policy else None
    successor = readable().filter(article__supersedes=article).first()
    explained = readable().filter(article__policy=article)
    return Relations(
        items=items_of(spec),
        policy=_entry(policy),
        interpretations=[one for row in explained if (one := _entry(row))],
        supersedes=_entry(former),
        superseded_by=_entry(successor),
        of_topics=_gathered(article, spec) if spec.kind == Kind.TOPIC else [],
        former=former.typed() if former and former.ended_as != Ending.REVOKED else None,
    )


def neighbours(article: Article) -> list[ArticleVersion]:
    """The last versions of the articles whose documents mention ``article``."""
    topics = list(article.topics.values_list("pk", flat=True))
    ids = {article.policy_id, article.supersedes_id} - {None}
    ids |= set(Article.objects.filter(policy=article).values_list("pk", flat=True))
    ids |= set(Article.objects.filter(supersedes=article).values_list("pk", flat=True))
    ids |= set(Article.objects.filter(kind=Kind.TOPIC, topics__in=topics).values_list("pk", flat=True))
    ids.discard(article.pk)
    rows = (
        ArticleVersion.objects.filter(article__in=ids)
        .order_by("article_id", "-number")
        .distinct("article_id")
    )
    return list(rows.select_related("article__department", "article__region"))


def items_of(spec: ArticleSpec) -> list[JSON]:
    """The service items that the article names and that are in force, in its order."""
    found = {
        row.code: row.name for row in current_versions().filter(code__in=[one.code for one in spec.items])
    }
    return [
        {"code": link.code, "name": found[link.code], "change": link.change}
        for link in spec.items
        if link.code in found
    ]


def _gathered(article: Article, spec: ArticleSpec) -> list[JSON]:
    rows = readable().filter(article__topics__slug__in=spec.topics).exclude(article=article)
    return [one for row in rows.distinct()[:_RELATED] if (one := _entry(row))]


def _entry(version: ArticleVersion | None) -> JSON | None:
    if version is None or version.ended_as == Ending.REVOKED:
        return None
    spec = version.spec
    return {
        "id": version.article.public_id,
        "title": spec["title"],
        "kind": spec["kind"],
        "document_number": spec["document_number"],
        "effective_from": spec["effective_from"],
        "published_on": version.published_at.date().isoformat(),
    }
