"""From an approved draft to what people read."""

import hashlib
from typing import Any

from django.db import transaction
from django.db.models import Max

from zhijian.audit.actions import record
from zhijian.content import authoring
from zhijian.content.actions.common import check_publishable, locked, staff_of, subject
from zhijian.content.actions.compilation import compile_around
from zhijian.content.actions.indexing import index_article
from zhijian.content.actions.links import note_links
from zhijian.content.errors import NotYourArticle
from zhijian.content.events import ArticlePublished
from zhijian.content.models import Article, ArticleVersion, Ending
from zhijian.core import locks
from zhijian.core.actor import SYSTEM, Actor
from zhijian.core.clock import now
from zhijian.core.events import emit
from zhijian.core.locks import Lock
from zhijian.organizations.models import Staff
from zhijian.organizations.rules import Post
from zhijian.publishing.actions import canonical


@transaction.atomic
def publish(
    actor: Actor, *, article: Article, checked: bool = False, compiled: bool = True
) -> ArticleVersion:
    """Publish the newest draft now, without review: for the system's own loading only.

    ``checked``: the caller has asked for its faults already. ``compiled=False`` leaves the documents to the caller,
    who publishes many. Raises :class:`ContentInvalid`; refuses staff (they submit for review).
    """
    if staff_of(actor) is not None:
        raise NotYourArticle
    row = locked(article)
    draft = row.get_latest_revision_as_object()
    if not checked:
        check_publishable(draft, submitting=False)
    revision = row.latest_revision or draft.save_revision(changed=True)
    super(Article, draft).publish(revision, skip_permission_checks=True, log_action=True)
    return release(actor, article=article, compiled=compiled)


@transaction.atomic
def publish_revision(article: Article, *, revision: Any, user: Staff | None, **options: Any) -> None:
    """Wagtail's publication, of an approved revision or of one whose planned time has come."""
    actor = user.actor_as(Post.REVIEWER) if user else SYSTEM
    due = revision.approved_go_live_at is not None
    # The review was the permission; the console offers no other way here.
    options["skip_permission_checks"] = True
    if not due:  # what was approved and only waited goes out as it was approved
        check_publishable(revision.as_object(), submitting=False)
    super(Article, article).publish(revision, user=user, **options)
    row = Article.objects.get(pk=article.pk)
    if row.live and row.live_revision_id == revision.pk:
        release(actor, article=row)
    else:
        planned = revision.as_object().go_live_at
        record(actor, "article.scheduled", subject=subject(row), facts={"publish_at": planned.isoformat()})


@transaction.atomic
def release(actor: Actor, *, article: Article, compiled: bool = True) -> ArticleVersion:
    """Make the live row a version that people read, with its documents and its place in search.

    Nothing new is made when the content equals what people read already; the documents are, because the row may
    be pinned otherwise.
    """
    row = locked(article)
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
