"""Background work of messaging. Everything due is also found by the minute, whatever was lost on the way."""

import time

from zhijian.core.actor import SYSTEM
from zhijian.core.clock import today
from zhijian.core.events import subscribe
from zhijian.core.tasks import task
from zhijian.messaging import events, subscriptions
from zhijian.messaging.actions import settings, upkeep
from zhijian.messaging.actions.campaigns import send_batch
from zhijian.messaging.actions.deliver import collect_reports, deliver, deliver_due
from zhijian.messaging.queries.campaigns import running
from zhijian.messaging.rules.channels import Channel
from zhijian.messaging.subscriptions import licences
from zhijian.messaging.subscriptions.base import notify_of

__all__ = ["subscriptions"]  # imported so that it subscribes

_A_TURN = 50.0
"""Seconds that one job sends before it leaves the worker to others."""


@subscribe(events.DeliveryQueued)
@task(queue="messages")
def send_delivery(delivery_id: str) -> None:
    deliver(delivery_id=delivery_id)


@subscribe(events.DeliveriesQueued)
@task(queue="messages")
def send_queued(campaign_id: str) -> None:
    deliver_due(seconds=_A_TURN)


@subscribe(events.ChannelResumed)
@task(queue="messages")
def send_resumed(channel: str) -> None:
    deliver_due(seconds=_A_TURN)


@task(queue="messages", cron="* * * * *", queueing_lock="messaging.send_due")
def send_due() -> None:
    """What waited for the end of quiet hours, for another attempt, or for a worker that was lost."""
    deliver_due(seconds=_A_TURN)


@subscribe(events.CampaignQueued)
@task(queue="messages")
def send_campaign(campaign_id: str, lane: int) -> None:
    if not _send(campaign_id):
        send_campaign.defer(campaign_id=campaign_id, lane=lane)  # others had their turn; now again


@task(queue="messages", cron="* * * * *", queueing_lock="messaging.carry_on")
def carry_on() -> None:
    """Go on with campaigns, emergencies first: a worker may have been lost, or one's turn was over."""
    for campaign in running():
        _send(campaign.public_id)


def _send(campaign_id: str) -> bool:
    """Whether nobody is left to take, rather than the turn being over."""
    end = time.monotonic() + _A_TURN
    while time.monotonic() < end:
        if not send_batch(campaign_id=campaign_id):
            return True
    return False


@task(queue="messages", cron="*/5 * * * *", queueing_lock="messaging.ask_reports")
def ask_reports() -> None:
    collect_reports(channel=Channel.SMS)


@task(queue="messages", cron="40 8 * * *", queueing_lock="messaging.remind_of_expiry")
def remind_of_expiry() -> None:
    for notice in licences.expiring(today()):
        notify_of(SYSTEM, licences.EXPIRING, notice)


@task(queue="upkeep", cron="10 4 1 * *")
def refresh_age_bands() -> None:
    settings.refresh_age_bands()


@task(queue="upkeep", cron="47 3 * * *")
def forget_old() -> None:
    upkeep.forget_old()
