"""The proposal of a public text, and what in a text still looks personal."""

import re
from dataclasses import dataclass
from typing import Final

from django.conf import settings

from zhijian.organizations.models import Department, Hall
from zhijian.tickets.models import Publication, Ticket
from zhijian.tickets.rules.masking import WORDS, Span, find, mask


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; ``kind`` says in Chinese what it is when it is personal."""

    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """``original``: what was written, in pieces; the texts are masked by the machine until a person changes them."""

    title: str
    question: str
    answer: str
    original: list[Piece]
    knowledge: bool


_DIGITS: Final = re.compile(r"\D")


def public_words() -> frozenset[str]:
    """What masking must leave alone: the city's name and the telephones of its offices. Two queries."""
    given = [
        *Department.objects.values_list("phone", flat=True),
        *Hall.objects.values_list("phone", flat=True),
    ]
    phones = {_DIGITS.sub("", phone) for phone in given}
    return frozenset({settings.CITY_NAME.removesuffix("市"), *phones} - {""})


def leftovers(*texts: str) -> list[tuple[str, str]]:
    """Kind and words of what still looks personal."""
    public = public_words()
    return [
        (span.kind, f"{WORDS[span.kind]}“{text[span.start : span.end]}”")
        for text in texts
        for span in find(text, public=public)
    ]


def proposal(ticket: Ticket) -> Proposal:
    """What was drafted, else what the machine proposes. Clear text only for whoever may read the ticket anyway."""
    public = public_words()
    drafted = Publication.objects.filter(ticket=ticket).first()
    pieces = [*_pieces(ticket.title, public), Piece("\n"), *_pieces(ticket.body, public)]
    if ticket.reply:
        pieces += [Piece("\n\n答复："), *_pieces(ticket.reply, public)]
    if drafted is not None:
        answer = drafted.draft_answer or _masked(ticket.reply, public)
        return Proposal(drafted.draft_title, drafted.draft_question, answer, pieces, drafted.draft_knowledge)
    return Proposal(
        title=_masked(ticket.title, public),
        question=_masked(ticket.body, public),
        answer=_masked(ticket.reply, public),
        original=pieces,
        knowledge=ticket.share_consent and bool(ticket.reply),
    )


def masked(text: str) -> str:
    """``text`` without what looks personal. Two queries."""
    return _masked(text, public_words())


def _masked(text: str, public: frozenset[str]) -> str:
    return mask(text, find(text, public=public))


def _pieces(text: str, public: frozenset[str]) -> list[Piece]:
    found, last = [], 0
    spans: list[Span] = find(text, public=public)
    for span in spans:
        found += [Piece(text[last : span.start]), Piece(text[span.start : span.end], WORDS[span.kind])]
        last = span.end
    return [piece for piece in [*found, Piece(text[last:])] if piece.text]
