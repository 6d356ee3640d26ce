"""Sending a delivery: taken under a lease, sent outside any transaction, concluded by whoever holds the lease."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from zhijian.core import locks
from zhijian.core.clock import now
from zhijian.core.locks import Lock
from zhijian.messaging.actions.pace import take_slot
from zhijian.messaging.actions.telling import queue_next
from zhijian.messaging.actions.wechat import reserve_consent, void_consents
from zhijian.messaging.adapters.base import Letter, OutcomeUnknown, Refused, TryLater
from zhijian.messaging.adapters.registry import adapter_of
from zhijian.messaging.models import Delivery
from zhijian.messaging.queries import deliveries as reading
from zhijian.messaging.rules import delivery as rules
from zhijian.messaging.rules.channels import Channel
from zhijian.messaging.rules.delivery import Reason, State

_BATCH = 50
_BREATH = 0.2  # seconds
_REPORTS_AT_ONCE = 200
_FIELDS = ["state", "reason", "attempts", "due_at", "lease_until", "receipt", "changed_at"]


class Paced(Exception):
    """The channel takes no more this second; the delivery stays as it was."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """What one worker holds until its lease ends. ``attempt`` tells its claim from any other."""

    pk: int
    attempt: int
    channel: str
    letter: Letter


def deliver(*, delivery_id: str) -> bool:
    """Send one delivery if its time has come and nobody else has it; whether it was taken. What the channel has
    no room for is left to :func:`deliver_due`."""
    try:
        return _deliver(delivery_id)
    except Paced:
        return False


def deliver_due(*, seconds: float) -> int:
    """Send what is due, the most pressing first, for about so many ``seconds``; how many were taken."""
    count, end = 0, time.monotonic() + seconds
    while time.monotonic() < end:
        keys = reading.due(now(), limit=_BATCH)
        try:
            taken = sum(_deliver(key) for key in keys)
        except Paced:
            time.sleep(_BREATH)
            continue
        count += taken
        if not taken:
            break
    return count


def _deliver(delivery_id: str) -> bool:
    with transaction.atomic():
        delivery = _lock(delivery_id)
        if delivery is None:
            return False
        claimed = _claim(delivery)
    if claimed is None:
        return True
    adapter = adapter_of(claimed.channel)
    try:
        receipt = adapter.send(claimed.letter)
    except TryLater:
        _retry(claimed)
    except Refused as refusal:
        _conclude(claimed, State.FAILED, refusal.reason, consent_gone=refusal.consent_gone)
    except OutcomeUnknown:
        if adapter.knows_repeats:
            _retry(claimed)
        else:
            _conclude(claimed, State.FAILED, Reason.UNKNOWN)
    else:
        _conclude(claimed, State.SENT, receipt=receipt)
    return True


def _lock(delivery_id: str) -> Delivery | None:
    """The delivery, ours until the transaction ends, if it can be taken now."""
    return (
        reading.takeable(now())
        .select_for_update(of=("self",), skip_locked=True)
        .select_related("message__citizen", "message__campaign")
        .filter(public_id=delivery_id)
        .first()
    )


def _claim(delivery: Delivery) -> Claimed | None:
    """Take it for sending; None when it is skipped, put off, or given up."""
    moment = now()
    if delivery.state == State.SENDING and not adapter_of(delivery.channel).knows_repeats:
        _close(delivery, State.FAILED, Reason.UNKNOWN)  # its worker was lost, perhaps after sending
        return None
    if delivery.attempts >= rules.ATTEMPTS:
        _close(delivery, State.FAILED, Reason.UNAVAILABLE)
        return None
    # Two messages to one person at once must not both count as the last one allowed today.
    locks.take(Lock.DELIVERY, delivery.message.citizen_id)
    verdict = rules.verdict(reading.facts_of(delivery), moment)
    if verdict.skip:
        _close(delivery, State.SKIPPED, verdict.skip)
        return None
    if verdict.until:
        _put_off(delivery, verdict.until)
        return None
    content = reading.content_of(delivery)
    if content is None or not _consent(delivery, content):
        _close(delivery, State.SKIPPED, Reason.NO_CONSENT if content else Reason.BAD_CONTENT)
        return None
    if not take_slot(Channel(delivery.channel), moment):
        raise Paced
    delivery.state, delivery.lease_until = State.SENDING, moment + rules.LEASE
    delivery.attempts += 1
    delivery.changed_at = moment
    delivery.save(update_fields=_FIELDS)
    address = reading.address_of(delivery.message.citizen, delivery.channel)
    letter = Letter(delivery.public_id, address, content, delivery.message.link)
    return Claimed(delivery.pk, delivery.attempts, delivery.channel, letter)


def _consent(delivery: Delivery, content: Mapping[str, object]) -> bool:
    return delivery.channel != Channel.WECHAT or reserve_consent(
        delivery=delivery, template_id=str(content["template_id"])
    )


@transaction.atomic
def _retry(claimed: Claimed) -> None:
    delivery = _still_ours(claimed)
    if delivery is None:
        return
    again = rules.retry_at(delivery.attempts, now())
    if again is None:
        _close(delivery, State.FAILED, Reason.UNAVAILABLE)
    else:
        _put_off(delivery, again)


@transaction.atomic
def _conclude(
    claimed: Claimed,
    state: State,
    reason: Reason = Reason.NONE,
    *,
    receipt: str = "",
    consent_gone: bool = False,
) -> None:
    delivery = _still_ours(claimed)
    if delivery is None:
        return
    delivery.receipt = receipt[:64]
    if consent_gone:
        void_consents(
            citizen_id=delivery.message.citizen_id, template_id=reading.wechat_template_of(delivery)
        )
    _close(delivery, state, reason)


def _still_ours(claimed: Claimed) -> Delivery | None:
    """None when the lease ran out and another worker took over."""
    return (
        Delivery.objects.select_for_update(of=("self",))
        .select_related("message__citizen", "message__campaign")
        .filter(pk=claimed.pk, state=State.SENDING, attempts=claimed.attempt)
        .first()
    )


def _put_off(delivery: Delivery, until: datetime) -> None:
    delivery.state, delivery.due_at, delivery.lease_until = State.QUEUED, until, None
    delivery.changed_at = now()
    delivery.save(update_fields=_FIELDS)


def _close(delivery: Delivery, state: State, reason: Reason) -> None:
    delivery.state, delivery.reason, delivery.lease_until = state, reason, None
    delivery.changed_at = now()
    delivery.save(update_fields=_FIELDS)
    if state in {State.FAILED, State.SKIPPED} and rules.falls_back(reason):
        message = delivery.message
        worded = message.campaign.channels if message.campaign else list(message.outside or {})
        queue_next(message, worded=worded)


def collect_reports(*, channel: str) -> int:
    """Ask the operator what became of messages that it took; how many were told. Raises TryLater."""
    waiting = {one.receipt: one for one in reading.unreported(channel, limit=_REPORTS_AT_ONCE)}
    told = adapter_of(channel).reports(waiting.keys()) if waiting else {}
    for receipt, arrived in told.items():
        with transaction.atomic():
            delivery = (
                Delivery.objects.select_for_update(of=("self",))
                .select_related("message__citizen", "message__campaign")
                .filter(pk=waiting[receipt].pk, state=State.SENT)
                .first()
            )
            if delivery is not None:
                outcome = (State.DELIVERED, Reason.NONE) if arrived else (State.FAILED, Reason.UNDELIVERED)
                _close(delivery, *outcome)
    return len(told)
