"""What everybody reads: confirmed masked texts, and the answers among them."""

from dataclasses import dataclass

from django.db.models import QuerySet

from zhijian.core.pagination import Page, paginate
from zhijian.core.words import tidy
from zhijian.tickets import errors
from zhijian.tickets.models import Publication
from zhijian.tickets.queries.words import tokens

_MOST = 200
_RELATED = ("ticket__category", "ticket__department", "ticket__suggested", "ticket__region")


def published() -> QuerySet[Publication]:
    """The sealed parts stay unread."""
    drafts = ("draft_title", "draft_question", "draft_answer")
    sealed = (
        *drafts,
        *(f"ticket__{name}" for name in ("title", "body", "answers", "reply", "address", "words")),
    )
    found = Publication.objects.filter(status=Publication.Status.CONFIRMED)
    return found.select_related(*_RELATED).defer(*sealed)


def public_tickets(
    *, kind: str = "", category: str = "", cursor: str | None = None, size: int = 20
) -> Page[Publication]:
    """The latest first. One query."""
    found = published()
    if kind:
        found = found.filter(ticket__kind=kind)
    if category:
        found = found.filter(ticket__category__code=tidy(category))
    return paginate(found, order=("-confirmed_at", "-id"), cursor=cursor, size=size)


def public_ticket(public_id: str) -> Publication:
    """By the publication's own id, which tells nothing of the ticket's. Raises NotPublic."""
    found = published().filter(public_id=tidy(public_id)).first()
    if found is None:
        raise errors.NotPublic
    return found


@dataclass(frozen=True, slots=True)
class Answer:
    """``common``: how many words of the question it shares."""

    publication: Publication
    common: int


def answers(words: str, *, category: str = "", size: int = 20) -> list[Answer]:
    """Public answers with the words of ``words``, the most alike first; without words the latest. One query."""
    found = published().filter(knowledge=True).exclude(answer="")
    words = tidy(words)
    if category:
        found = found.filter(ticket__category__code=tidy(category))
    asked = set(tokens(words[:200]))
    if not asked:
        if words:
            found = found.filter(title__contains=words[:50])
        return [Answer(one, 0) for one in found.order_by("-confirmed_at", "-id")[:size]]
    hits = found.filter(words__overlap=sorted(asked)).order_by("-confirmed_at", "-id")[:_MOST]
    ranked = [Answer(one, len(asked & set(one.words))) for one in hits]
    return sorted(ranked, key=lambda one: -one.common)[:size]
