"""Queueing a campaign in one transaction, sending it in batches, stopping it."""

from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress

from django.db import connection, transaction

from zhijian.core.actor import SYSTEM, Actor
from zhijian.core.clock import now
from zhijian.core.events import emit
from zhijian.messaging import errors
from zhijian.messaging.actions.campaigns import turn
from zhijian.messaging.events import CampaignQueued, DeliveriesQueued
from zhijian.messaging.models import Campaign, Delivery, Message, PurposeSwitch, Recipient
from zhijian.messaging.queries.audience import audience_of
from zhijian.messaging.queries.campaigns import running
from zhijian.messaging.queries.deliveries import is_paused
from zhijian.messaging.rules import campaigns as rules
from zhijian.messaging.rules.campaigns import Act, Kind, State
from zhijian.messaging.rules.channels import Channel, Priority, order
from zhijian.messaging.rules.delivery import Reason
from zhijian.messaging.rules.purposes import PURPOSES

BATCH = 500
LANES = 4
_QUEUE = """
INSERT INTO messaging_recipient (campaign_id, citizen_id, state, reason)
SELECT %s, chosen.id, 'queued', '' FROM ($people) AS chosen(id)
ON CONFLICT (campaign_id, citizen_id) DO NOTHING
"""
_HOLD = "SELECT 1 FROM messaging_campaign WHERE id = %s AND state = ANY(%s) FOR SHARE"


@transaction.atomic
def start(actor: Actor, *, campaign: Campaign) -> Campaign:
    """Queue an approved campaign. Raises ChannelPaused."""
    return enqueue(turn.begin(actor, campaign, Act.START))


def enqueue(begun: turn.Turn) -> Campaign:
    """Everybody it is for, put into its queue by one statement. In the caller's transaction.

    An emergency does not wait for a paused channel: it goes by the inbox and the other channels.
    """
    campaign = begun.row
    if campaign.kind != Kind.EMERGENCY and is_paused(campaign.channels):
        raise errors.ChannelPaused
    people, parameters = audience_of(campaign).values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_QUEUE.replace("$people", people), [campaign.pk, *parameters])
        campaign.size = cursor.rowcount
    campaign.queued_at = begun.at
    turn.finish(begun, facts={"size": campaign.size})
    for lane in range(LANES):
        emit(CampaignQueued(priority=_priority(campaign), campaign_id=campaign.public_id, lane=lane))
    return campaign


@transaction.atomic
def stop(actor: Actor, *, campaign: Campaign, note: str) -> Campaign:
    """Nothing more goes out; what was told stays told. Raises ReasonMissing."""
    begun = turn.begin(actor, campaign, Act.STOP, reason=note)
    begun.row.finished_at = begun.at
    return turn.finish(begun)


def send_next_batch() -> int:
    """A batch of the most pressing campaign that has anybody to take; 0 when none has. An emergency that is queued
    while others run is next in every lane."""
    for campaign in running():
        if sent := send_batch(campaign_id=campaign.public_id):
            return sent
    return 0


def send_batch(*, campaign_id: str, size: int = BATCH) -> int:
    """Send to the next ``size`` people in one transaction; 0 when there is nobody left to take.

    The rows are locked while at work: many workers share a queue, and a killed one's batch is as if never begun.
    """
    campaign = Campaign.objects.get(public_id=campaign_id)
    if campaign.state == State.QUEUED:
        _begin(campaign)
    with transaction.atomic():
        if not _held(campaign):
            return 0
        queued = Recipient.objects.select_for_update(skip_locked=True).filter(
            campaign=campaign, state=Recipient.State.QUEUED
        )
        rows = list(queued.order_by("id")[:size])
        if rows:
            _tell(campaign, rows)
            return len(rows)
    _finish_if_over(campaign)
    return 0


def _held(campaign: Campaign) -> bool:
    """Whether it runs, and goes on running until this transaction ends: who stops it waits for the batches at work."""
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, [campaign.pk, [str(state) for state in rules.RUNNING]])
        return cursor.fetchone() is not None


def _tell(campaign: Campaign, rows: Sequence[Recipient]) -> None:
    willing = _willing(campaign, [row.citizen_id for row in rows])
    moment = now()
    priority = _priority(campaign)
    messages = Message.objects.bulk_create(
        Message(
            citizen_id=row.citizen_id,
            campaign=campaign,
            purpose=campaign.purpose,
            link=campaign.link,
            dedupe_key=f"campaign:{campaign.public_id}",
            priority=priority,
            happened_at=moment,
            created_at=moment,
        )
        for row in rows
        if row.citizen_id in willing
    )
    channel = _first_channel(campaign, priority)
    if channel:
        Delivery.objects.bulk_create(
            Delivery(message=message, channel=channel, priority=priority, due_at=moment, changed_at=moment)
            for message in messages
        )
        emit(DeliveriesQueued(priority=priority, campaign_id=campaign.public_id))
    ended = defaultdict(list)
    for row in rows:
        ended[row.citizen_id in willing].append(row.pk)
    Recipient.objects.filter(pk__in=ended[True]).update(state=Recipient.State.SENT)
    Recipient.objects.filter(pk__in=ended[False]).update(
        state=Recipient.State.SKIPPED, reason=Reason.SWITCHED_OFF
    )


def _priority(campaign: Campaign) -> Priority:
    return Priority.EMERGENCY if campaign.kind == Kind.EMERGENCY else Priority.CAMPAIGN


def _first_channel(campaign: Campaign, priority: Priority) -> Channel | None:
    """The first in order that runs; when all are paused, the first, which then waits."""
    planned = order(priority, worded=campaign.channels)
    running_now = [channel for channel in planned if not is_paused([channel])]
    return next(iter([*running_now, *planned]), None)


def _willing(campaign: Campaign, citizens: Sequence[int]) -> set[int]:
    """Who still wants it: a switch may have been moved since the queue was made."""
    if PURPOSES[campaign.purpose].necessary:
        return set(citizens)
    on = PurposeSwitch.objects.filter(
        citizen_id__in=citizens, purpose=campaign.purpose, channel=Channel.INBOX, on=True
    )
    return set(on.values_list("citizen_id", flat=True))


@transaction.atomic
def _begin(campaign: Campaign) -> None:
    with suppress(errors.NotNow):  # another worker began
        turn.finish(turn.begin(SYSTEM, campaign, Act.BEGIN))


@transaction.atomic
def _finish_if_over(campaign: Campaign) -> None:
    """The last worker to come closes it; while others still hold batches, it isn't over."""
    with suppress(errors.NotNow):  # another worker did, or it was stopped
        begun = turn.begin(SYSTEM, campaign, Act.FINISH)
        if not Recipient.objects.filter(campaign=campaign, state=Recipient.State.QUEUED).exists():
            begun.row.finished_at = begun.at
            turn.finish(begun)
