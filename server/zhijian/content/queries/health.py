"""The facts of 内容体检: eight queries, however many articles."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, QuerySet

from zhijian.content.codes import Kind
from zhijian.content.models import Article, ArticleVersion, LinkCheck
from zhijian.content.queries.articles import readable
from zhijian.content.queries.surroundings import known_articles, known_items, words
from zhijian.content.rules import addresses, health, richtext, wording
from zhijian.content.rules.addresses import Address
from zhijian.content.rules.health import Ailment, Facts, Section
from zhijian.content.rules.wording import Word
from zhijian.content.spec import ArticleSpec
from zhijian.core.clock import local_date


@dataclass(frozen=True, slots=True)
class Report:
    """``ids``: database key of each article by public id, for links to the editor. ``outside``: addresses that no
    program has checked yet, or may not."""

    ailments: list[Ailment]
    sections: list[Section]
    overall: int | None
    ids: dict[str, int]
    articles: int
    outside: int


def report(scope: QuerySet[Article], *, today: date) -> Report:
    """The health of the readable articles within ``scope``."""
    versions = list(readable().filter(article__in=scope))
    specs = [version.typed() for version in versions]
    links = [_links(spec) for spec in specs]
    flat = [link for found in links for link, _ in found]
    known = _Known(
        items=known_items({one.key for one in flat if one.target == "item"} | _named(specs)),
        articles=known_articles({one.key for one in flat if one.target == "article"}),
        dead=_dead(),
        explained=_explained(),
        replaced=_replaced(),
        words=words(),
    )
    facts = [
        _facts(version, spec, found, known)
        for version, spec, found in zip(versions, specs, links, strict=True)
    ]
    newest = _newest()
    return Report(
        ailments=health.ailments(facts, today=today),
        sections=health.sections(newest, today=today),
        overall=health.overall(newest, today=today),
        ids={version.article.public_id: version.article_id for version in versions},
        articles=len(versions),
        outside=LinkCheck.objects.filter(checked_at=None).count(),
    )


@dataclass(frozen=True, slots=True)
class _Known:
    items: set[str]
    articles: set[str]
    dead: dict[str, str]
    explained: set[str]
    replaced: set[str]
    words: Sequence[Word]


def _links(spec: ArticleSpec) -> list[tuple[Address, str]]:
    return [(addresses.read(address), said or address) for address, said in richtext.links(spec.body)]


def _named(specs: Sequence[ArticleSpec]) -> set[str]:
    return {link.code for spec in specs for link in spec.items}


def _dead() -> dict[str, str]:
    return dict(LinkCheck.objects.filter(reachable=False).values_list("address", "result"))


def _explained() -> set[str]:
    found = readable().filter(article__kind=Kind.INTERPRETATION, article__policy__isnull=False)
    return set(found.values_list("article__policy__public_id", flat=True))


def _replaced() -> set[str]:
    found = readable().filter(article__supersedes__isnull=False)
    return set(found.values_list("article__supersedes__public_id", flat=True))


def _newest() -> dict[Kind, date]:
    """Of the whole city, whoever asks: it is the sections that are inspected, not the departments."""
    rows = ArticleVersion.objects.values("article__kind")
    found = rows.annotate(newest=Max("published_at")).order_by().values_list("article__kind", "newest")
    return {Kind(kind): local_date(moment) for kind, moment in found}


def _facts(
    version: ArticleVersion, spec: ArticleSpec, links: list[tuple[Address, str]], known: _Known
) -> Facts:
    text = "\n".join([spec.title, spec.summary, spec.plain_summary, richtext.plain(spec.body)])
    gone = [f"涉及的事项 {link.code} 已停用，请更新" for link in spec.items if link.code not in known.items]
    return Facts(
        id=version.article.public_id,
        title=spec.title,
        kind=spec.kind,
        updated_on=local_date(version.published_at),
        review_by=spec.review_by,
        effective_to=spec.effective_to,
        explained=version.article.public_id in known.explained,
        replaced=version.article.public_id in known.replaced,
        broken=[*gone, *(words for one, said in links if (words := _broken(one, said, known)))],
        slips=[slip.sentence for slip in wording.slips(text, known.words)],
    )


def _broken(link: Address, said: str, known: _Known) -> str:
    if link.target == "item" and link.key not in known.items:
        return f"链接“{said}”指向的事项 {link.key} 不存在或已停用"
    if link.target == "article" and link.key not in known.articles:
        return f"链接“{said}”指向的文章已撤回或到期"
    if link.target == "external" and link.key in known.dead:
        return f"链接“{said}”{known.dead[link.key]}"
    return f"链接“{said}”没有有效的地址" if link.target == "nowhere" else ""
