"""From an approved draft to what people read, and its end: what the desk of articles does around Wagtail's own part."""

import hashlib
from typing import Any

from django.db import transaction
from django.db.models import Max

from zhijian.audit.actions import record
from zhijian.content import authoring, rules
from zhijian.content.actions.compilation import compile_around, purge_article, retract_media
from zhijian.content.actions.indexing import forget_article, index_article
from zhijian.content.actions.links import note_links
from zhijian.content.errors import WrongState
from zhijian.content.events import ArticleExpired, ArticlePublished, ArticleRevoked
from zhijian.content.models import Article, ArticleVersion, Ending
from zhijian.content.queries.articles import last_version
from zhijian.content.queries.surroundings import surroundings
from zhijian.content.rules import Schedule
from zhijian.core import locks
from zhijian.core.actor import Actor
from zhijian.core.clock import now
from zhijian.core.errors import FieldError
from zhijian.core.events import emit
from zhijian.core.locks import Lock
from zhijian.publishing.actions import canonical


def subject(article: Article) -> str:
    return f"article:{article.public_id}"


def faults_of(article: Article, submitting: bool) -> list[FieldError]:
    """Everything that keeps ``article`` from being reviewed or published.

    A time of publication that passed while reviewers read is no fault when it is published: then it is due.
    """
    spec, plan = authoring.to_spec(article), authoring.schedule_of(article)
    due = plan.publish_at is not None and plan.publish_at <= now()
    if due and not submitting:
        plan = Schedule(expires_at=plan.expires_at, pinned_until=plan.pinned_until)
    last = last_version(article)
    around = surroundings(
        spec, before=last.typed() if last else None, schedule=plan, media=authoring.media_kinds(article)
    )
    return rules.check(spec, around)


def planned(article: Article) -> dict[str, Any]:
    assert article.go_live_at
    return {"publish_at": article.go_live_at.isoformat()}


@transaction.atomic
def release(actor: Actor, *, article: Article, compiled: bool = True) -> ArticleVersion:
    """Make the live row a version that people read, with its documents and its place in search.

    Nothing new is made when the content equals what people read already; the documents are, because the row may
    be pinned otherwise.
    """
    row = Article.objects.select_for_update().get(pk=article.pk)
    locks.take(Lock.COMPILATION)
    spec = authoring.to_spec(row)
    frozen = spec.frozen_json()
    content_hash = hashlib.sha256(canonical(frozen)).hexdigest()
    present = ArticleVersion.objects.filter(article=row, ended_at=None).first()
    version = present
    if present is None or present.content_hash != content_hash:
        version = _new_version(actor, row, present, frozen, content_hash)
        facts = {"number": version.number, "hash": content_hash}
        record(actor, "article.published", subject=subject(row), facts=facts)
        emit(
            ArticlePublished(
                article_id=row.public_id, kind=row.kind, topics=list(spec.topics), number=version.number
            )
        )
    assert version is not None
    index_article(version)
    note_links(spec)
    if compiled:
        compile_around(version)
    return version


def _new_version(
    actor: Actor, row: Article, present: ArticleVersion | None, frozen: dict[str, object], content_hash: str
) -> ArticleVersion:
    moment = now()
    if present:
        ArticleVersion.objects.filter(pk=present.pk).update(
            ended_at=max(moment, present.published_at), ended_as=Ending.REPLACED
        )
    return ArticleVersion.objects.create(
        article=row,
        number=(row.versions.aggregate(last=Max("number"))["last"] or 0) + 1,
        spec=frozen,
        content_hash=content_hash,
        published_at=moment,
        published_by=actor.label,
    )


@transaction.atomic
def take_down(actor: Actor, article: Article, reason: str) -> None:
    """撤回, with a reason: the text and its files go; title, time and reason stay where the article was.

    到期, without: the text stays readable, marked as over. Raises :class:`WrongState` when nobody reads it.
    """
    locks.take(Lock.COMPILATION)
    version = _end(article, Ending.REVOKED if reason else Ending.EXPIRED, reason)
    if reason:
        retract_media(version)
    compile_around(version)
    if reason:
        purge_article(article)
        record(actor, "article.revoked", subject=subject(article), facts={"reason": reason})
        emit(ArticleRevoked(article_id=article.public_id, reason=reason))
    else:
        record(actor, "article.expired", subject=subject(article))
        emit(ArticleExpired(article_id=article.public_id))


def _end(article: Article, ending: Ending, reason: str) -> ArticleVersion:
    version = ArticleVersion.objects.filter(article=article, ended_at=None).first()
    if version is None:
        raise WrongState
    version.ended_at, version.ended_as, version.end_reason = max(now(), version.published_at), ending, reason
    version.save(update_fields=["ended_at", "ended_as", "end_reason"])
    forget_article(article)
    return version
