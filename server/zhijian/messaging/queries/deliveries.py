"""Deliveries: what is due, and what one needs to know before it goes out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from django.db.models import Count, Q, QuerySet

from zhijian.core.clock import now
from zhijian.identity.models import Citizen
from zhijian.messaging.adapters.registry import is_off
from zhijian.messaging.models import ChannelAddress, ChannelState, ConsentGrant, Delivery
from zhijian.messaging.queries.choices import quiet_hours_of, switches_of
from zhijian.messaging.queries.holding import still_holds
from zhijian.messaging.rules.campaigns import State as CampaignState
from zhijian.messaging.rules.campaigns import outside_content
from zhijian.messaging.rules.channels import OUTSIDE, Channel
from zhijian.messaging.rules.delivery import Facts, Reason, State
from zhijian.messaging.rules.purposes import PURPOSES, is_on

Content: TypeAlias = dict[str, Any]
_DAY = timedelta(days=1)
_REPORTS_FOR = timedelta(days=2)
_TRIED = (State.SENDING, State.SENT, State.DELIVERED)


def takeable(moment: datetime) -> QuerySet[Delivery]:
    """What a worker may take: its time has come, or its worker is gone."""
    waiting = Q(state=State.QUEUED, due_at__lte=moment)
    abandoned = Q(state=State.SENDING, lease_until__lte=moment)
    return _not_paused(Delivery.objects.filter(waiting | abandoned))


def due(moment: datetime, *, limit: int) -> list[str]:
    """Public ids of what is due: what was left behind, then the most pressing. Two queries, each along its index."""
    abandoned = Delivery.objects.filter(state=State.SENDING, lease_until__lte=moment).order_by("lease_until")
    waiting = Delivery.objects.filter(state=State.QUEUED, due_at__lte=moment)
    rows = (abandoned, waiting.order_by("priority", "due_at", "id"))
    return [key for found in rows for key in _not_paused(found).values_list("public_id", flat=True)[:limit]]


def _not_paused(found: QuerySet[Delivery]) -> QuerySet[Delivery]:
    return found.exclude(channel__in=ChannelState.objects.filter(paused=True).values("code"))


def address_of(citizen: Citizen, channel: str) -> str:
    """Where a channel reaches the citizen; "" for nowhere."""
    if is_off(channel):
        return ""
    if channel == Channel.SMS:
        return str(citizen.phone)
    found = ChannelAddress.objects.filter(citizen=citizen, channel=channel).first()
    return str(found.address) if found else ""


def facts_of(delivery: Delivery) -> Facts:
    """What decides on a delivery at this moment."""
    message = delivery.message
    return Facts(
        channel=delivery.channel,
        priority=delivery.priority,
        switched_on=is_on(PURPOSES[message.purpose], delivery.channel, switches_of(message.citizen)),
        has_address=bool(address_of(message.citizen, delivery.channel)),
        balance=_balance(delivery),
        sent_today=sent_lately(delivery),
        happened_at=message.happened_at,
        quiet=quiet_hours_of(message.citizen),
        deleted=message.deleted_at is not None,
        read=message.read_at is not None,
        holds=still_holds(message),
        stopped=message.campaign is not None and message.campaign.state == CampaignState.STOPPED,
    )


def _balance(delivery: Delivery) -> int | None:
    if delivery.channel != Channel.WECHAT:
        return None
    if hasattr(delivery, "consent"):  # kept from an attempt before
        return 1
    return unused_grants(delivery.message.citizen_id, wechat_template_of(delivery)).count()


def wechat_template_of(delivery: Delivery) -> str:
    return str((content_of(delivery) or {}).get("template_id", ""))


def unused_grants(citizen_id: int, template_id: str) -> QuerySet[ConsentGrant]:
    """The oldest first."""
    return ConsentGrant.objects.filter(
        citizen_id=citizen_id, template_id=template_id, accepted=True, use=None
    ).order_by("id")


def content_of(delivery: Delivery) -> Content | None:
    """The ready content for the delivery's channel."""
    message = delivery.message
    if message.campaign is not None:
        return outside_content(message.campaign.texts, delivery.channel)
    found: Content | None = (message.outside or {}).get(delivery.channel)
    return found


def sent_lately(delivery: Delivery) -> int:
    """How many other messages the person had by this channel in the last 24 hours, or is about to have."""
    others = Delivery.objects.filter(
        message__citizen_id=delivery.message.citizen_id,
        channel=delivery.channel,
        state__in=_TRIED,
        changed_at__gt=now() - _DAY,
    )
    return others.exclude(pk=delivery.pk).count()


def unreported(channel: str, *, limit: int) -> list[Delivery]:
    """Sent lately, and the operator has not told yet whether they arrived."""
    found = Delivery.objects.filter(channel=channel, state=State.SENT, changed_at__gt=now() - _REPORTS_FOR)
    return list(found.exclude(receipt="").order_by("changed_at")[:limit])


def channel_states() -> dict[str, ChannelState]:
    """Every outside channel. One query."""
    stored = {row.code: row for row in ChannelState.objects.all()}
    return {channel: stored.get(channel) or ChannelState(code=channel) for channel in OUTSIDE}


def is_paused(channels: Iterable[str]) -> bool:
    return ChannelState.objects.filter(code__in=list(channels), paused=True).exists()


@dataclass(frozen=True, slots=True)
class Ended:
    """So many deliveries of a channel are in a state for a reason: nothing of persons."""

    channel: str
    state: str
    reason: str
    count: int

    @property
    def words(self) -> tuple[str, str, str]:
        """Channel, state and reason in Chinese."""
        return (
            str(Channel(self.channel).label),
            str(State(self.state).label),
            str(Reason(self.reason).label),
        )


def figures(since: datetime) -> list[Ended]:
    """How many deliveries ended how since then. One query."""
    found = Delivery.objects.filter(changed_at__gte=since).values("channel", "state", "reason")
    rows = found.annotate(count=Count("id")).order_by("channel", "state", "reason")
    return [Ended(**row) for row in rows]
