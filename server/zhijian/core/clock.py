"""The one place that asks for the time."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

CHINA = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """The present moment, aware, in China's time."""
    return timezone.now().astimezone(CHINA)


def today() -> date:
    return now().date()


def local_date(moment: datetime) -> date:
    """The calendar day in China on which ``moment`` falls."""
    return moment.astimezone(CHINA).date()
