"""The ways a message can go, and in which order they are tried."""

from collections.abc import Collection, Sequence
from enum import IntEnum

from django.db.models import TextChoices


class Channel(TextChoices):
    """The inbox is ours and always works; the others belong to somebody else."""

    INBOX = "inbox", "站内消息"
    WECHAT = "wechat", "微信订阅消息"
    SMS = "sms", "短信"


LABELS_EN = {Channel.INBOX: "Inbox", Channel.WECHAT: "WeChat", Channel.SMS: "SMS"}
OUTSIDE = (Channel.WECHAT, Channel.SMS)


class Priority(IntEnum):
    """Lower goes first."""

    EMERGENCY = 0
    URGENT = 2
    NORMAL = 5
    CAMPAIGN = 8

    @property
    def of_job(self) -> int:
        """The same for background jobs, of which the higher goes first and most have 0."""
        return Priority.NORMAL - self


#: One of them reaching the person is enough. What cannot wait goes where most people look within minutes.
_ORDER: dict[Priority, tuple[Channel, ...]] = {
    Priority.EMERGENCY: (Channel.SMS, Channel.WECHAT),
    Priority.URGENT: (Channel.WECHAT, Channel.SMS),
    Priority.NORMAL: (Channel.WECHAT, Channel.SMS),
    Priority.CAMPAIGN: (Channel.WECHAT, Channel.SMS),
}
PER_SECOND = {Channel.WECHAT: 50, Channel.SMS: 20}
"""What the operators take of us, by contract."""
PER_DAY = {Channel.WECHAT: 10, Channel.SMS: 5}
"""What one person can bear in 24 hours; emergencies are not counted."""


def order(priority: int, *, worded: Collection[str]) -> list[Channel]:
    """The outside channels for a message, in order; ``worded``: those it has words for."""
    return [channel for channel in _ORDER[Priority(priority)] if channel in worded]


def following(planned: Sequence[Channel], tried: Collection[str]) -> Channel | None:
    """The next channel after those ``tried``; None when there is none left."""
    return next((channel for channel in planned if channel not in tried), None)
