"""What the actions on articles share: locking, and turning a refusal of the rules into a problem."""

from zhijian.content import authoring, rules
from zhijian.content.errors import ContentInvalid, NotYourArticle, OwnDraft, SameReviewer, WrongState
from zhijian.content.models import Article
from zhijian.content.queries.articles import last_version
from zhijian.content.queries.surroundings import surroundings
from zhijian.content.rules import Refusal, Schedule
from zhijian.core.actor import Actor
from zhijian.core.clock import now
from zhijian.core.errors import FieldError, Problem
from zhijian.editorial import actions as editorial
from zhijian.organizations.models import Staff

_PROBLEMS: dict[Refusal, type[Problem]] = {
    Refusal.NOT_YOURS: NotYourArticle,
    Refusal.OWN_DRAFT: OwnDraft,
    Refusal.SAME_REVIEWER: SameReviewer,
    Refusal.WRONG_STATE: WrongState,
}


def refuse(refusal: Refusal | None, actor: Actor, article: Article) -> None:
    """Raise the problem for ``refusal``; nothing for None."""
    if refusal is not None:
        raise editorial.problem_of(refusal, _PROBLEMS, actor, kind="article", subject=subject(article))


def staff_of(actor: Actor) -> Staff | None:
    """The member of staff who acts; None for the system, which no post limits. Raises :class:`NotYourArticle`."""
    return editorial.staff_of(actor, stranger=NotYourArticle)


def locked(article: Article) -> Article:
    """The article's row, held until the transaction ends."""
    rows = Article.objects.select_for_update(of=("self",))
    return rows.select_related("department", "region", "policy", "supersedes").get(pk=article.pk)


def subject(article: Article) -> str:
    return f"article:{article.public_id}"


def faults_of(article: Article, *, submitting: bool) -> list[FieldError]:
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


def check_publishable(article: Article, *, submitting: bool) -> None:
    """Raise :class:`ContentInvalid` with the faults of ``article``, if it has any."""
    if faults := faults_of(article, submitting=submitting):
        raise ContentInvalid(fields=faults)
