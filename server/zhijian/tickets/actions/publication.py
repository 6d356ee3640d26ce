"""公开: a masked text is drafted, a person confirms it, and only then does anybody else see it."""

from dataclasses import dataclass

from django.db import transaction

from zhijian.core.actor import Actor
from zhijian.core.errors import FieldError
from zhijian.core.words import tidy
from zhijian.tickets import errors
from zhijian.tickets.actions import turn
from zhijian.tickets.errors import need
from zhijian.tickets.models import Publication, Ticket
from zhijian.tickets.queries.masked import leftovers
from zhijian.tickets.queries.words import tokens
from zhijian.tickets.rules.acts import Action
from zhijian.tickets.rules.wording import TITLE_MAX


@dataclass(frozen=True, slots=True)
class PublicText:
    """What everybody may read, as an officer wrote it. ``knowledge``: to be found among the answers too."""

    title: str
    question: str
    answer: str = ""
    knowledge: bool = False


@transaction.atomic
def prepare(actor: Actor, *, ticket: Ticket, text: PublicText) -> Publication:
    """拟公开稿. What is public already stays as it is until this is confirmed.

    Raises PublicationNotAllowed without the reporter's consent, unless the category is public by default, and
    KnowledgeNeedsConsent.
    """
    move = turn.begin(actor, ticket, Action.PREPARE)
    _allowed(move.row, text)
    title = need("title", text.title, label="标题")
    if len(title) > TITLE_MAX * 2:
        raise errors.WordsMissing(fields=[FieldError("/title", "too_long", f"标题最多{TITLE_MAX * 2}个字")])
    question = need("question", text.question, label="诉求内容", shortest=5)
    publication, _ = Publication.objects.update_or_create(
        ticket=move.row,
        defaults={
            "pending": True,
            "draft_title": title,
            "draft_question": question,
            "draft_answer": tidy(text.answer)[:2000],
            "draft_knowledge": text.knowledge,
            "prepared_by": move.person,
            "prepared_at": move.at,
        },
    )
    turn.finish(move)
    return publication


def _allowed(ticket: Ticket, text: PublicText) -> None:
    agreed = ticket.share_consent and ticket.left_at is None  # who withdraws agrees to nothing any more
    if not (ticket.category.public_default or agreed):
        raise errors.PublicationNotAllowed
    if text.knowledge and not (agreed and text.answer.strip()):
        raise errors.KnowledgeNeedsConsent


@transaction.atomic
def publish(actor: Actor, *, ticket: Ticket, sure: bool = False, seen: str | None = None) -> Publication:
    """核定并公开. What still looks personal is refused, unless the person who confirms is ``sure`` that it isn't."""
    move = turn.begin(actor, ticket, Action.PUBLISH, seen=seen)
    publication = Publication.objects.select_for_update().get(ticket=move.row)
    drafted = [publication.draft_title, publication.draft_question, publication.draft_answer]
    if not sure and (found := leftovers(*drafted)):
        fields = [FieldError("/text", kind, f"可能还有{words}") for kind, words in found]
        raise errors.StillPersonal(fields=fields)
    publication.title, publication.question, publication.answer = drafted
    publication.knowledge = publication.draft_knowledge
    publication.words = tokens(*drafted)
    publication.status, publication.pending = Publication.Status.CONFIRMED, False
    publication.confirmed_by, publication.confirmed_at = move.staff, move.at
    publication.save()
    turn.finish(move, facts={"knowledge": publication.knowledge, "sure": sure})
    return publication


@transaction.atomic
def unpublish(actor: Actor, *, ticket: Ticket, reason: str) -> Publication:
    """停止公开, at once."""
    move = turn.begin(actor, ticket, Action.UNPUBLISH)
    words = need("reason", reason, label="停止公开的理由")
    publication = Publication.objects.select_for_update().get(ticket=move.row)
    publication.status, publication.knowledge = Publication.Status.WITHDRAWN, False
    publication.save(update_fields=["status", "knowledge"])
    turn.finish(move, opinion=words)
    return publication
