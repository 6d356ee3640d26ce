from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from zhijian.audit.actions import record
from zhijian.content import authoring
from zhijian.content.actions.desk import ARTICLES
from zhijian.content.errors import ContentInvalid
from zhijian.content.models import Article
from zhijian.content.rules import richtext
from zhijian.content.spec import ArticleSpec
from zhijian.core.actor import Actor
from zhijian.core.errors import FieldError


@dataclass(frozen=True, slots=True)
class Plan:
    """When and how prominently an article is shown."""

    publish_at: datetime | None = None
    expires_at: datetime | None = None
    pinned: bool = False
    pinned_order: int = 0
    pinned_until: datetime | None = None


@transaction.atomic
def save_draft(
    actor: Actor, *, spec: ArticleSpec, article: Article | None = None, plan: Plan | None = None
) -> Article:
    """Make ``spec`` the draft of ``article``, or of a new one. Returns the article as the draft has it.

    A draft may still have faults (see :func:`rules.check`); active content in the body and references to what isn't
    there raise :class:`ContentInvalid` at once. Raises :class:`NotYourArticle` or :class:`WrongState`.
    """
    plan = plan or Plan()
    if active := richtext.active_parts(spec.body):
        words = f"正文里有不允许的内容：{'、'.join(active)}"
        raise ContentInvalid(fields=[FieldError(path="/body", code="active_content", message=words)])
    if article is None:
        draft = Article(live=False, has_unpublished_changes=True)
    else:
        _, row = ARTICLES.begin(actor, article, ARTICLES.may_edit)
        draft = row.get_latest_revision_as_object()
    authoring.fill(draft, spec)
    staff = ARTICLES.writer_of(actor, draft.department, ARTICLES.subject(draft))
    draft.go_live_at, draft.expire_at = plan.publish_at, plan.expires_at
    draft.pinned, draft.pinned_order, draft.pinned_until = plan.pinned, plan.pinned_order, plan.pinned_until
    if article is None:
        draft.save()
    draft.save_revision(user=staff, changed=True, log_action=True)
    record(actor, "article.drafted", subject=ARTICLES.subject(draft), facts={"new": article is None})
    return draft
