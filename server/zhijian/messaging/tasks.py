"""Background work of messaging. Everything due is also found by the minute, whatever was lost on the way."""

import time

from zhijian.cases.events import CONCLUDED, CaseEvent
from zhijian.core.actor import SYSTEM
from zhijian.core.clock import today
from zhijian.core.events import emit, subscribe
from zhijian.core.tasks import task
from zhijian.messaging import events, subscriptions
from zhijian.messaging.actions import settings, upkeep
from zhijian.messaging.actions.campaigns import send_next_batch
from zhijian.messaging.actions.deliver import collect_reports, deliver, deliver_due
from zhijian.messaging.queries.interests import interest_of
from zhijian.messaging.rules.channels import Channel
from zhijian.messaging.subscriptions import licences
from zhijian.messaging.subscriptions.base import notify_of

__all__ = ["subscriptions"]  # imported so that it subscribes

_A_TURN = 50.0
"""Seconds that one job sends before it leaves the worker to others."""


@subscribe(events.DeliveryQueued)
@task(queue="messages")
def send_delivery(delivery_id: str, priority: int) -> None:
    deliver(delivery_id=delivery_id)


@subscribe(events.DeliveriesQueued)
@task(queue="messages")
def send_queued(campaign_id: str, priority: int) -> None:
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
def send_campaign(campaign_id: str, lane: int, priority: int) -> None:
    if not _send_campaigns():  # others have their turn, then again
        emit(events.CampaignQueued(priority=priority, campaign_id=campaign_id, lane=lane))


@task(queue="messages", cron="* * * * *", queueing_lock="messaging.carry_on")
def carry_on() -> None:
    """Go on with campaigns whose worker was lost."""
    _send_campaigns()


def _send_campaigns() -> bool:
    """Whether nobody is left to take, rather than the turn being over."""
    end = time.monotonic() + _A_TURN
    while time.monotonic() < end:
        if not send_next_batch():
            return True
    return False


@subscribe(CaseEvent, CONCLUDED)
@task(queue="messages")
def remember_interest(case_id: str, number: str, state: str, action: str) -> None:
    """What a person had done here may interest them again: a tag, for who agreed to it."""
    found = interest_of(case_id)
    if found is not None:
        settings.add_tag(citizen=found.citizen, code=found.theme, why=found.why)


@task(queue="messages", cron="*/5 * * * *", queueing_lock="messaging.ask_reports")
def ask_reports() -> None:
    collect_reports(channel=Channel.SMS)


@task(queue="messages", cron="40 8 * * *", by_day=True, queueing_lock="messaging.remind_of_expiry")
def remind_of_expiry() -> None:
    for notice in licences.expiring(today()):
        notify_of(SYSTEM, licences.EXPIRING, notice)


@task(queue="upkeep", cron="10 4 1 * *")
def refresh_age_bands() -> None:
    settings.refresh_age_bands()


@task(queue="upkeep", cron="47 3 * * *")
def forget_old() -> None:
    while upkeep.forget_old():
        pass
