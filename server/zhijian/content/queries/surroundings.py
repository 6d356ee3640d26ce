"""What the rules need to know around an article, read for its own references only."""

from collections.abc import Sequence

from zhijian.catalog.queries import current_versions
from zhijian.content.codes import Kind, MediaKind, Severity
from zhijian.content.models import ArticleVersion, Wording
from zhijian.content.queries.articles import readable
from zhijian.content.rules import Schedule, Surroundings, addresses, richtext
from zhijian.content.rules.wording import Word
from zhijian.content.spec import ArticleSpec
from zhijian.core.clock import now


def surroundings(
    spec: ArticleSpec, *, before: ArticleSpec | None, schedule: Schedule, media: Sequence[str]
) -> Surroundings:
    """Five queries, however long the article."""
    linked = [addresses.read(address) for address, _ in richtext.links(spec.body)]
    codes = {link.code for link in spec.items} | {one.key for one in linked if one.target == "item"}
    named = {one.key for one in linked if one.target == "article"}
    return Surroundings(
        now=now(),
        items=known_items(codes),
        articles=known_articles(named),
        policies=_policies({key for key in (spec.policy, spec.supersedes) if key}),
        media=[MediaKind(kind) for kind in media],
        words=words(),
        before=before,
        schedule=schedule,
    )


def words() -> list[Word]:
    rows = Wording.objects.values_list("wrong", "right", "severity", "note")
    return [Word(wrong, right, Severity(severity), note) for wrong, right, severity, note in rows]


def known_items(codes: set[str]) -> set[str]:
    """Those of ``codes`` whose item is in force."""
    return set(current_versions().filter(code__in=codes).values_list("code", flat=True)) if codes else set()


def known_articles(ids: set[str]) -> set[str]:
    """Those of ``ids`` that people can read."""
    if not ids:
        return set()
    found = readable().filter(article__public_id__in=ids)
    return set(found.values_list("article__public_id", flat=True))


def _policies(ids: set[str]) -> set[str]:
    """Those of ``ids`` that are policies and were published, whether or not they still are."""
    if not ids:
        return set()
    found = ArticleVersion.objects.filter(article__public_id__in=ids, article__kind=Kind.POLICY)
    return set(found.values_list("article__public_id", flat=True))
