"""The traffic light of work with a deadline 电子监察: what its stored ends mean at a moment. Pure."""

from datetime import datetime

from django.db.models import TextChoices


class Light(TextChoices):
    """灯. Red is overdue; yellow: a fifth of the limit or one working day is left."""

    GREEN = "green", "正常"
    YELLOW = "yellow", "临期"
    RED = "red", "超期"
    PAUSED = "paused", "暂停计时"
    NONE = "none", "不计时"


def light(*, due_at: datetime | None, warn_at: datetime | None, paused: bool, now: datetime) -> Light:
    if paused:
        return Light.PAUSED
    if due_at is None:
        return Light.NONE
    if now > due_at:
        return Light.RED
    if warn_at is not None and now >= warn_at:
        return Light.YELLOW
    return Light.GREEN
