"""The words of this domain's states, and what a stored state means at a moment. Pure."""

from datetime import datetime

from django.db.models import TextChoices


class Pool(TextChoices):
    """Which seats of a slot: for everybody, for the elderly and disabled, for walk-ins, beyond capacity."""

    GENERAL = "general", "普通号"
    PRIORITY = "priority", "优先号"
    WALK_IN = "walk_in", "现场号"
    OVERBOOK = "overbook", "超额号"


class BookingState(TextChoices):
    HELD = "held", "待确认"
    CONFIRMED = "confirmed", "已预约"
    ARRIVED = "arrived", "已签到"
    SERVED = "served", "已办理"
    MISSED = "missed", "未到场"
    CANCELLED = "cancelled", "已取消"
    EXPIRED = "expired", "已过期"


OPEN = frozenset({BookingState.HELD, BookingState.CONFIRMED, BookingState.ARRIVED})
"""States in which a booking keeps its seat."""


class WaitState(TextChoices):
    WAITING = "waiting", "候补中"
    OFFERED = "offered", "待您确认"
    TAKEN = "taken", "已转预约"
    LAPSED = "lapsed", "未确认"
    LEFT = "left", "已退出"


class DayPart(TextChoices):
    ANY = "any", "全天"
    AM = "am", "上午"
    PM = "pm", "下午"


class AppealState(TextChoices):
    NONE = "none", "未申诉"
    ASKED = "asked", "申诉处理中"
    EXCUSED = "excused", "已撤销"
    UPHELD = "upheld", "维持"


class RushMode(TextChoices):
    QUEUE = "queue", "排队"
    DRAW = "draw", "抽签"


class VisitKind(TextChoices):
    BOOKED = "booked", "预约"
    WALK_IN = "walk_in", "现场"


class VisitState(TextChoices):
    WAITING = "waiting", "等候"
    CALLED = "called", "已叫号"
    SERVING = "serving", "办理中"
    DONE = "done", "已办完"
    SKIPPED = "skipped", "过号"
    LEFT = "left", "已离开"


class DeviceKind(TextChoices):
    KIOSK = "kiosk", "自助签到机"
    SCREEN = "screen", "叫号屏"


def state_at(state: str, hold_until: datetime | None, now: datetime) -> BookingState:
    """What a stored booking state means at ``now``: a hold that ran out is expired, whether or not that was written."""
    if state == BookingState.HELD and hold_until is not None and hold_until <= now:
        return BookingState.EXPIRED
    return BookingState(state)


def part_of(hour: int) -> DayPart:
    """The half of the day that a slot starting at ``hour`` (China's time) belongs to."""
    return DayPart.AM if hour < 12 else DayPart.PM
