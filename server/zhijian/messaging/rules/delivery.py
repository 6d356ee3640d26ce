"""Whether a message goes out now, later or not by this channel, and what follows from how that went. Pure."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import TextChoices

from zhijian.messaging.rules import quiet
from zhijian.messaging.rules.channels import PER_DAY, Channel, Priority


class State(TextChoices):
    QUEUED = "queued", "待发送"
    SENDING = "sending", "发送中"
    SENT = "sent", "已发出"
    DELIVERED = "delivered", "已送达"
    FAILED = "failed", "发送失败"
    SKIPPED = "skipped", "未发送"


class Reason(TextChoices):
    """Why a delivery was skipped or failed."""

    NONE = "", ""
    SWITCHED_OFF = "switched_off", "本人关闭了这个渠道"
    NO_ADDRESS = "no_address", "没有绑定这个渠道"
    NO_CONSENT = "no_consent", "没有可用的一次性订阅"
    DAILY_LIMIT = "daily_limit", "当天发送次数已满"
    TOO_LATE = "too_late", "事情已过去，不再打扰"
    CHANGED = "changed", "已变化"
    DELETED = "deleted", "消息已被本人删除"
    READ = "read", "本人已在应用内看过"
    STOPPED = "stopped", "群发已停止"
    REFUSED = "refused", "对方拒收"
    BAD_CONTENT = "bad_content", "内容不符合渠道要求"
    UNAVAILABLE = "unavailable", "渠道多次无法使用"
    UNKNOWN = "unknown", "发送结果不明，不再重发以免重复"
    UNDELIVERED = "undelivered", "运营商报告未送达"


OVER = frozenset({State.SENT, State.DELIVERED, State.FAILED, State.SKIPPED})
ATTEMPTS = 6
LEASE = timedelta(minutes=2)
NEWS_FOR = timedelta(days=2)
"""Older than this, news stays in the inbox and wakes nobody up."""
_BACKOFF = (30, 120, 600, 3600, 4 * 3600)  # seconds after the first, second … attempt


@dataclass(frozen=True, slots=True)
class Facts:
    """All that decides on one delivery. ``balance`` counts unused one-time consents, where the channel asks for one;
    ``holds`` says that what the message tells is still so."""

    channel: str
    priority: int
    switched_on: bool
    has_address: bool
    balance: int | None
    sent_today: int
    happened_at: datetime
    quiet: tuple[time, time] | None
    deleted: bool = False
    read: bool = False
    stopped: bool = False
    holds: bool = True


@dataclass(frozen=True, slots=True)
class Verdict:
    """Send now when both are empty; ``skip`` says why not by this channel, ``until`` when to ask again."""

    skip: Reason = Reason.NONE
    until: datetime | None = None


def verdict(facts: Facts, now: datetime) -> Verdict:
    """What is urgent passes quiet hours, an emergency daily limits as well; nothing passes a person's switch."""
    skip = _skip(facts, now)
    if skip:
        return Verdict(skip=skip)
    if facts.quiet and facts.priority > Priority.URGENT:
        until = quiet.first_moment(now, *facts.quiet)
        if until > now:
            return Verdict(until=until)
    return Verdict()


def _skip(facts: Facts, now: datetime) -> Reason:
    urgent = facts.priority <= Priority.URGENT
    checks = (
        (facts.stopped, Reason.STOPPED),
        (facts.deleted, Reason.DELETED),
        (not facts.holds, Reason.CHANGED),
        (facts.read and not urgent, Reason.READ),
        (now - facts.happened_at > NEWS_FOR, Reason.TOO_LATE),
        (not facts.switched_on, Reason.SWITCHED_OFF),
        (not facts.has_address, Reason.NO_ADDRESS),
        (facts.balance == 0, Reason.NO_CONSENT),
        (_enough_today(facts), Reason.DAILY_LIMIT),
    )
    return next((reason for applies, reason in checks if applies), Reason.NONE)


def _enough_today(facts: Facts) -> bool:
    return facts.priority > Priority.EMERGENCY and facts.sent_today >= PER_DAY[Channel(facts.channel)]


def retry_at(attempts: int, now: datetime) -> datetime | None:
    """When to try again after ``attempts`` tries; None when it is given up."""
    if attempts >= ATTEMPTS:
        return None
    return now + timedelta(seconds=_BACKOFF[min(attempts, len(_BACKOFF)) - 1])


_NOT_BY_ANOTHER = frozenset(
    {Reason.DELETED, Reason.READ, Reason.TOO_LATE, Reason.STOPPED, Reason.CHANGED, Reason.UNKNOWN}
)


def falls_back(reason: str) -> bool:
    """Whether another channel is tried after a failure or skip. Not when the person has, or may have, the message, and not
    when it is no longer true."""
    return reason not in _NOT_BY_ANOTHER
