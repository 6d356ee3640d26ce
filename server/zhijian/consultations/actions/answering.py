"""A person takes part, changes their mind, or withdraws: the only writers of answers.

No audit entry, event or idempotency record is written here: each would put a moment, or a person, beside an answer
(docs/adr/0021). What the answers were in the end goes into the audit chain as a digest when they are severed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction

from zhijian.consultations import errors
from zhijian.consultations.models import Answer, Comment, Consultation, Contact, Participation
from zhijian.consultations.queries.mine import Mine, answer_of, view_of, wants_result
from zhijian.consultations.queries.pseudonyms import contact_handle, handle, pseudonym
from zhijian.consultations.rules import answers as rules
from zhijian.consultations.rules.moderation import plain
from zhijian.consultations.rules.states import Phase, phase
from zhijian.consultations.spec import Content
from zhijian.core.actor import Actor
from zhijian.core.clock import now, today
from zhijian.core.crypto import keyed_digest
from zhijian.identity.errors import RealNameNeeded
from zhijian.identity.models import Citizen


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a person sends. ``comments`` as (clause key, or "" for the whole; text)."""

    values: Mapping[str, Any] = field(default_factory=dict)
    comments: Sequence[tuple[str, str]] = ()
    notify: bool = False


@transaction.atomic
def take_part(
    actor: Actor, *, citizen: Citizen, consultation: Consultation, sheet: Sheet, request_key: str
) -> Mine:
    """One answer a real person. The same request again (``request_key``) gets the same answer.

    Raises RealNameNeeded, NotOpenYet, Closed, AnswerWrong, AnswerEmpty, AlreadyAnswered.
    """
    row = _open_for(citizen, consultation)
    content = _checked(row, sheet)
    receipt = keyed_digest("consultations.receipt", f"{citizen.public_id}\0{request_key}".encode())
    mine = {"consultation": row, "pseudonym": pseudonym(citizen, row)}
    try:
        with transaction.atomic():  # waits here while the person's other device is at work
            Participation.objects.create(**mine, receipt=receipt)
    except IntegrityError as error:
        if not Participation.objects.filter(**mine, receipt=receipt).exists():
            raise errors.AlreadyAnswered from error
        return _present(citizen, row)
    return _write(citizen, row, content, sheet, {})


@transaction.atomic
def replace(actor: Actor, *, citizen: Citizen, consultation: Consultation, sheet: Sheet) -> Mine:
    """The new answer in place of the old one. A text that stays the same keeps its verdict and its group.

    Raises as :func:`take_part`, and NoAnswer.
    """
    row = _open_for(citizen, consultation)
    content = _checked(row, sheet)
    old = _locked(citizen, row)
    kept = {(comment.target, comment.digest): comment for comment in old.comments.all()}
    old.delete()
    return _write(citizen, row, content, sheet, kept)


@transaction.atomic
def retract(actor: Actor, *, citizen: Citizen, consultation: Consultation) -> None:
    """As if they had never taken part; they may again until the end. Raises Closed, NoAnswer."""
    row = _open_for(citizen, consultation)
    _locked(citizen, row).delete()
    Contact.objects.filter(consultation=row, handle=contact_handle(citizen, row)).delete()
    Participation.objects.filter(consultation=row, pseudonym=pseudonym(citizen, row)).delete()


def _open_for(citizen: Citizen, consultation: Consultation) -> Consultation:
    if not citizen.real_name:
        raise RealNameNeeded
    row = Consultation.objects.get(pk=consultation.pk)  # as it is now, whatever the caller read
    stands = phase(row.state, row.opens_at, row.closes_at, now())
    if stands is Phase.HIDDEN:
        raise errors.ConsultationNotFound
    if stands is Phase.UPCOMING:
        raise errors.NotOpenYet(extra={"opens_at": row.opens_at})
    if stands is not Phase.OPEN:
        raise errors.Closed
    return row


def _checked(row: Consultation, sheet: Sheet) -> Content:
    content = Content.model_validate(row.content)
    given = any(value not in (None, "", [], {}) for value in sheet.values.values())
    if not given and not sheet.comments:
        raise errors.AnswerEmpty
    # Who only comments on clauses need not answer the questions, and the other way round.
    skipped = bool(sheet.comments) and not given
    found = [] if skipped else rules.faults(content, sheet.values)
    found += rules.comment_faults(content, sheet.comments)
    if found:
        raise errors.AnswerWrong(fields=found)
    return content


def _locked(citizen: Citizen, row: Consultation) -> Answer:
    """Two devices take turns on the participation record."""
    known = Participation.objects.select_for_update().filter(
        consultation=row, pseudonym=pseudonym(citizen, row)
    )
    found = answer_of(citizen, row) if known.first() else None
    if found is None:
        raise errors.NoAnswer
    return found


def _write(
    citizen: Citizen,
    row: Consultation,
    content: Content,
    sheet: Sheet,
    kept: Mapping[tuple[str, str], Comment],
) -> Mine:
    answer = Answer.objects.create(
        consultation=row,
        handle=handle(citizen, row),
        day=today(),
        values=rules.choices(content, sheet.values),
    )
    written = [(target, rules.clean(text)) for target, text in sheet.comments]
    written += rules.texts(content, sheet.values).items()
    Comment.objects.bulk_create(_comment(answer, row, target, text, kept) for target, text in written)
    known = {"consultation": row, "handle": contact_handle(citizen, row)}
    if sheet.notify:
        Contact.objects.get_or_create(**known, defaults={"citizen_key": citizen.public_id})
    else:
        Contact.objects.filter(**known).delete()
    return view_of(answer, notify=sheet.notify, content=row.content)


def _comment(
    answer: Answer,
    row: Consultation,
    target: str,
    text: str,
    kept: Mapping[tuple[str, str], Comment],
) -> Comment:
    digest = keyed_digest("consultations.comment", f"{row.public_id}\0{plain(text)}".encode())
    comment = Comment(answer=answer, consultation=row, target=target, text=text, digest=digest)
    before = kept.get((target, digest))
    if before is not None and before.text == text:
        comment.state, comment.reason, comment.group_id = before.state, before.reason, before.group_id
    return comment


def _present(citizen: Citizen, row: Consultation) -> Mine:
    answer = answer_of(citizen, row)
    if answer is None:
        raise errors.NoAnswer
    return view_of(answer, notify=wants_result(citizen, row), content=row.content)
