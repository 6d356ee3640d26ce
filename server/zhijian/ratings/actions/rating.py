"""Keeping what people say."""

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction

from zhijian.audit.actions import record
from zhijian.cases.models import Case
from zhijian.core.actor import Actor
from zhijian.core.crypto import keyed_digest
from zhijian.core.events import emit
from zhijian.ratings import rules
from zhijian.ratings.actions.opening import open_order
from zhijian.ratings.errors import AlreadyRated, CodeWrong, RatingWrong
from zhijian.ratings.events import RatingGiven
from zhijian.ratings.models import Rating
from zhijian.ratings.queries.integrity import digest_of
from zhijian.ratings.rules import tokens
from zhijian.ratings.signing import signature
from zhijian.ratings.subjects import Subject, kind_of
from zhijian.ratings.subjects.cases import subject_of
from zhijian.tickets.senders import NAMELESS

_AT_THE_COUNTER = Actor(kind="citizen", key="visitor", label="窗口办事人")
_NAMELESS = Actor(kind="citizen", key="anonymous", label=NAMELESS)


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a person says. ``stars`` and each of ``dimensions`` 1 to 5, 5 = best."""

    stars: int
    tags: Sequence[str] = ()
    dimensions: Mapping[str, int] = field(default_factory=dict)
    comment: str = ""


@transaction.atomic
def rate_case(actor: Actor, *, case: Case, opinion: Opinion) -> Rating:
    """Rate a concluded case and close its request for a rating.

    Raises RatingWrong, AlreadyRated, and ``cases.not_now`` before the case is concluded.
    """
    return rate(actor, subject=subject_of(case), opinion=opinion)


@transaction.atomic
def rate(actor: Actor, *, subject: Subject, opinion: Opinion, receipt: str = "") -> Rating:
    """Keep the one rating of a handling, and open a rectification if it is poor. Raises RatingWrong, AlreadyRated."""
    _check(opinion, subject.channel)
    try:
        with transaction.atomic():
            rating = Rating.objects.create(
                kind=subject.kind,
                reference=subject.reference,
                item_code=subject.item_code,
                citizen=subject.citizen,
                department=subject.department,
                hall=subject.hall,
                channel=subject.channel,
                stars=opinion.stars,
                tags=list(opinion.tags),
                dimensions=dict(opinion.dimensions),
                comment=opinion.comment.strip(),
                receipt=receipt,
            )
    except IntegrityError as error:
        raise AlreadyRated from error
    # The unique row settles which of two came first; a handling that may not be rated undoes it again.
    kind_of(subject.kind).rated(subject, stars=opinion.stars)
    record(
        actor,
        "rating.given",
        subject=f"{subject.kind}:{subject.reference}",
        facts={"stars": opinion.stars, "digest": digest_of(rating)},
    )
    poor = rules.is_poor(opinion.stars)
    if poor:
        open_order(rating)
    department = subject.department.code
    emit(
        RatingGiven(
            rating.public_id,
            rating.case_number,
            department,
            opinion.stars,
            poor,
            kind=rating.kind,
            reference=rating.reference,
        )
    )
    return rating


@transaction.atomic
def rate_by_code(*, token: str, opinion: Opinion, request_key: str) -> Rating:
    """Rate by the code on a slip, without log-in. The same request again gets the same rating.

    Raises CodeWrong, CodeExpired, RatingWrong, AlreadyRated.
    """
    subject = subject_of_code(token)
    receipt = keyed_digest("ratings.receipt", f"{token}\0{request_key}".encode()) if request_key else ""
    try:
        with transaction.atomic():
            return rate(_holder(subject), subject=subject, opinion=opinion, receipt=receipt)
    except AlreadyRated:
        kept = Rating.objects.get(kind=subject.kind, reference=subject.reference)
        if receipt and hmac.compare_digest(kept.receipt, receipt):
            return kept
        raise


def _holder(subject: Subject) -> Actor:
    """Whoever holds a code: of a slip from the counter, or by the receipt of what was sent without a name."""
    return _NAMELESS if subject.channel == rules.ONLINE else _AT_THE_COUNTER


def subject_of_code(token: str) -> Subject:
    """Raises CodeWrong for what we never signed, CodeExpired."""
    parts = tokens.split(token)
    if parts is None or not hmac.compare_digest(signature(parts[0], parts[1]), parts[2]):
        raise CodeWrong
    return kind_of(parts[0]).resolve(parts[1], citizen=None)


def _check(opinion: Opinion, channel: str) -> None:
    faults = rules.faults(
        stars=opinion.stars,
        tags=opinion.tags,
        dimensions=opinion.dimensions,
        comment=opinion.comment,
        channel=channel,
    )
    if faults:
        raise RatingWrong(fields=faults)
