"""Publish = compile: documents, pages, cards, lists and feeds from the versions that people read."""

from django.db import transaction

from zhijian.content import documents
from zhijian.content.codes import Kind, MediaKind
from zhijian.content.documents.parts import Files
from zhijian.content.models import Article, ArticleVersion, Ending, Media
from zhijian.content.queries.lists import entries
from zhijian.content.queries.relations import neighbours, relations_of
from zhijian.core import locks
from zhijian.core.locks import Lock
from zhijian.publishing.actions import (
    publish_bytes,
    publish_document,
    publish_file,
    purge_versions,
    retract_files,
)
from zhijian.publishing.queries import addresses_of

_PAGE, _CARD = ".html", ".png"


@transaction.atomic
def compile_around(version: ArticleVersion) -> None:
    """Everything that ``version`` changes: its own document, those of its neighbours, the lists."""
    locks.take(Lock.COMPILATION)
    compile_article(version)
    for neighbour in neighbours(version.article):
        compile_article(neighbour)
    compile_lists()


@transaction.atomic
def compile_all() -> int:
    """Every article's document and all lists anew; returns how many articles."""
    locks.take(Lock.COMPILATION)
    rows = ArticleVersion.objects.order_by("article_id", "-number").distinct("article_id")
    versions = list(rows.select_related("article__department", "article__region"))
    for version in versions:
        compile_article(version)
    compile_lists()
    return len(versions)


@transaction.atomic
def compile_naming(code: str) -> None:
    """The documents of articles that name the item ``code``, after its name has changed or it was withdrawn."""
    locks.take(Lock.COMPILATION)
    rows = ArticleVersion.objects.filter(ended_at=None, spec__items__contains=[{"code": code}])
    for version in rows.select_related("article__department", "article__region"):
        compile_article(version)


def compile_article(version: ArticleVersion) -> None:
    key = f"content/{version.article.public_id}"
    if version.ended_as == Ending.REVOKED:
        document = documents.tombstone(version)
    else:
        spec = version.typed()
        document = documents.article_document(
            version,
            files=_public_files([use.media for use in spec.media]),
            relations=relations_of(version.article, spec),
        )
    publish_document(key, document)
    publish_bytes(key, _PAGE, documents.page(document))
    publish_bytes(key, _CARD, documents.share_card(document))


def compile_lists() -> None:
    found = entries()
    publish_document("content/index", documents.index_document(found))
    publish_document("content/topics", documents.topics_document(found))
    publish_document("content/by-item", documents.by_item_document(found))
    publish_bytes("content/feed", ".xml", documents.feed(found))
    for kind in Kind:
        publish_document(f"content/kinds/{kind.value}", documents.kind_document(kind, found))
        publish_bytes(f"content/feed-{kind.value}", ".xml", documents.feed(found, kind=kind))
    publish_bytes("content/style", ".css", documents.style())


def purge_article(article: Article) -> None:
    """After a revocation: what the article was is taken back from its immutable addresses too."""
    for suffix in (".json", _PAGE, _CARD):
        purge_versions(f"content/{article.public_id}", suffix)


def retract_media(version: ArticleVersion) -> None:
    """Files of a revoked article that no other readable one uses are public no more."""
    readable = ArticleVersion.objects.filter(ended_as__in=["", Ending.EXPIRED]).exclude(
        article=version.article
    )
    lonely = [
        use.media
        for use in version.typed().media
        if not readable.filter(spec__media__contains=[{"media": use.media}]).exists()
    ]
    files = Media.objects.filter(public_id__in=lonely).values_list("file_id", flat=True)
    retract_files(list(addresses_of(list(files)).values()))


def _public_files(ids: list[str]) -> Files:
    """Make the files public (again) and tell where each is."""
    media = {row.public_id: row for row in Media.objects.filter(public_id__in=ids).select_related("file")}
    addresses, captions = {}, {}
    for public_id, row in media.items():
        addresses[public_id] = publish_file(row.file, preview=row.kind == MediaKind.IMAGE).path
        if row.kind == MediaKind.VIDEO:
            captions[public_id] = publish_bytes(
                f"content/captions/{public_id}", ".vtt", row.captions.encode()
            ).path
    return Files(media=media, addresses=addresses, captions=captions)
