"""The end of an article: revoked by people with a reason, or over at its planned time. Its address still answers."""

from django.db import transaction

from zhijian.audit.actions import record
from zhijian.content import rules
from zhijian.content.actions.common import locked, refuse, staff_of, subject
from zhijian.content.actions.compilation import compile_around, purge_article, retract_media
from zhijian.content.actions.indexing import forget_article
from zhijian.content.errors import ReasonMissing, WrongState
from zhijian.content.events import ArticleExpired, ArticleRevoked
from zhijian.content.models import Article, ArticleVersion, Ending
from zhijian.content.queries.review import standing
from zhijian.core import locks
from zhijian.core.actor import SYSTEM, Actor
from zhijian.core.clock import now
from zhijian.core.errors import FieldError
from zhijian.core.events import emit
from zhijian.core.locks import Lock
from zhijian.editorial.queries import active_workflow
from zhijian.organizations.models import Staff


@transaction.atomic
def revoke(actor: Actor, *, article: Article, reason: str) -> ArticleVersion:
    """撤回: the text and its files go; title, time and reason stay where the article was.

    Raises :class:`ReasonMissing`, :class:`NotYourArticle` or :class:`WrongState`.
    """
    reason = reason.strip()[:200]
    if not reason:
        raise ReasonMissing(fields=[FieldError(path="/reason", code="required", message="请填写撤回原因")])
    staff, row = staff_of(actor), locked(article)
    if staff:
        refuse(rules.may_revoke(standing(row, staff), live=row.live), actor, row)
    locks.take(Lock.COMPILATION)
    workflow = active_workflow(row)
    if workflow:  # a correction under review would bring the text back unasked
        workflow.cancel(user=staff)
    row.revisions.filter(approved_go_live_at__isnull=False).update(approved_go_live_at=None)
    super(Article, row).unpublish(user=None, log_action="wagtail.unpublish")
    version = _end(row, Ending.REVOKED, reason)
    retract_media(version)
    compile_around(version)
    purge_article(row)
    record(actor, "article.revoked", subject=subject(row), facts={"reason": reason})
    emit(ArticleRevoked(article_id=row.public_id, reason=reason))
    return version


@transaction.atomic
def end_publication(article: Article, *, user: Staff | None) -> None:
    """Wagtail's unpublication, when the planned end has come. The text stays readable, marked as over."""
    row = locked(article)
    if not row.live:
        return
    locks.take(Lock.COMPILATION)
    super(Article, row).unpublish(set_expired=True, user=None)
    version = _end(row, Ending.EXPIRED, "")
    compile_around(version)
    record(user.actor if user else SYSTEM, "article.expired", subject=subject(row))
    emit(ArticleExpired(article_id=row.public_id))


def _end(article: Article, ending: Ending, reason: str) -> ArticleVersion:
    version = ArticleVersion.objects.filter(article=article, ended_at=None).first()
    if version is None:
        raise WrongState
    version.ended_at, version.ended_as, version.end_reason = max(now(), version.published_at), ending, reason
    version.save(update_fields=["ended_at", "ended_as", "end_reason"])
    forget_article(article)
    return version
