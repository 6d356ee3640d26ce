"""A participant's own answer, found through their own log-in."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from zhijian.consultations import errors
from zhijian.consultations.models import Answer, Comment, Consultation, Contact
from zhijian.consultations.queries.pseudonyms import contact_handle, handle
from zhijian.identity.models import Citizen


@dataclass(frozen=True, slots=True)
class Mine:
    """``values`` as they were sent, texts included; ``comments`` are those on clauses and on the whole."""

    day: date
    values: dict[str, Any]
    comments: tuple[Comment, ...]
    texts: tuple[Comment, ...]
    notify: bool


def answer_of(citizen: Citizen, consultation: Consultation) -> Answer | None:
    return Answer.objects.filter(consultation=consultation, handle=handle(citizen, consultation)).first()


def mine(citizen: Citizen, consultation: Consultation) -> Mine:
    """Three queries. Raises NoAnswer; Severed once the feedback is out."""
    if consultation.severed_at is not None:
        raise errors.Severed
    answer = answer_of(citizen, consultation)
    if answer is None:
        raise errors.NoAnswer
    return view_of(answer, notify=wants_result(citizen, consultation), content=consultation.content)


def wants_result(citizen: Citizen, consultation: Consultation) -> bool:
    known = contact_handle(citizen, consultation)
    return Contact.objects.filter(consultation=consultation, handle=known).exists()


def view_of(answer: Answer, *, notify: bool, content: dict[str, Any]) -> Mine:
    questions = {question["key"] for question in content.get("questions", ())}
    written = list(answer.comments.order_by("target"))
    texts = tuple(comment for comment in written if comment.target in questions)
    return Mine(
        day=answer.day,
        values=answer.values | {comment.target: comment.text for comment in texts},
        comments=tuple(comment for comment in written if comment.target not in questions),
        texts=texts,
        notify=notify,
    )
