"""Review and publication: the second person's part."""

from datetime import datetime

from django.db import transaction

from zhijian.consultations import documents, errors
from zhijian.consultations.actions import turn
from zhijian.consultations.actions.severing import sever
from zhijian.consultations.events import ConsultationExtended, ConsultationPublished, ConsultationWithdrawn
from zhijian.consultations.models import Consultation
from zhijian.consultations.rules import content as rules
from zhijian.consultations.rules.table import Action
from zhijian.consultations.spec import Content
from zhijian.core.actor import Actor
from zhijian.core.clock import now
from zhijian.core.errors import FieldError
from zhijian.core.events import emit


@transaction.atomic
def submit(actor: Actor, *, consultation: Consultation) -> Consultation:
    """Raises ContentWrong with everything that is missing, PeriodShort."""
    begun = turn.begin(actor, consultation, Action.SUBMIT)
    _check(begun.row)
    return turn.finish(begun)


@transaction.atomic
def take_back(actor: Actor, *, consultation: Consultation) -> Consultation:
    """A draft again, from review or from waiting to open. What was public leaves the list; nobody could answer yet."""
    begun = turn.begin(actor, consultation, Action.TAKE_BACK)
    row = begun.row
    was_public, row.published_at = row.published_at is not None, None
    turn.finish(begun)
    if was_public:
        documents.retract_consultation(row)
    return row


@transaction.atomic
def send_back(
    actor: Actor, *, consultation: Consultation, reason: str, seen: str | None = None
) -> Consultation:
    return turn.finish(turn.begin(actor, consultation, Action.SEND_BACK, reason=reason, seen=seen))


@transaction.atomic
def publish(actor: Actor, *, consultation: Consultation, seen: str | None = None) -> Consultation:
    """Everybody may read it from now on; it opens by its times. A beginning that has passed is now."""
    begun = turn.begin(actor, consultation, Action.PUBLISH, seen=seen)
    row, moment = begun.row, now()
    row.opens_at = max(row.opens_at, moment) if row.opens_at else moment
    _check(row)
    row.published_at = moment
    turn.finish(begun)
    documents.publish_consultation(row)
    emit(
        ConsultationPublished(
            row.public_id, row.department.code, row.opens_at.isoformat(), _end(row).isoformat()
        )
    )
    return row


@transaction.atomic
def extend(actor: Actor, *, consultation: Consultation, closes_at: datetime, reason: str) -> Consultation:
    """Only later, never earlier. Raises ExtensionWrong."""
    begun = turn.begin(actor, consultation, Action.EXTEND, reason=reason)
    row = begun.row
    if closes_at <= _end(row):
        raise errors.ExtensionWrong(fields=[FieldError("/closes_at", "order", errors.ExtensionWrong.title)])
    row.closes_at = closes_at
    turn.finish(begun, facts={"closes_at": closes_at.isoformat()})
    documents.publish_consultation(row)
    emit(ConsultationExtended(row.public_id, closes_at.isoformat()))
    return row


@transaction.atomic
def withdraw(actor: Actor, *, consultation: Consultation, reason: str) -> Consultation:
    """End it without a result; the page stays and says so. Answers are cut from their authors."""
    begun = turn.begin(actor, consultation, Action.WITHDRAW, reason=reason)
    row = begun.row
    sever(begun.actor, row)
    turn.finish(begun)
    documents.publish_consultation(row)
    emit(ConsultationWithdrawn(row.public_id))
    return row


def _end(row: Consultation) -> datetime:
    if row.closes_at is None:
        raise errors.ContentWrong(fields=[FieldError("/closes_at", "required", "请填写结束时间")])
    return row.closes_at


def _check(row: Consultation) -> None:
    found = rules.faults(Content.model_validate(row.content))
    for name, words in (("background", "请写背景说明"), ("audience", "请写征集对象")):
        if not getattr(row, name):
            found.append(FieldError(f"/{name}", "required", words))
    period = rules.period_fault(row.opens_at, row.closes_at)
    if period is None and _end(row) <= now():
        period = FieldError("/closes_at", "order", "结束时间已经过去，请重新填写")
    if period:
        found.append(period)
    if found:
        raise errors.ContentWrong(fields=found)
    if row.opens_at and row.closes_at and not row.short_reason:
        short = rules.short_period(row.opens_at, row.closes_at, concerns_enterprises=row.concerns_enterprises)
        if short:
            raise errors.PeriodShort(short, fields=[FieldError("/short_reason", "required", short)])
