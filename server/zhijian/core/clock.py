"""The one place that asks for the time."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from zhijian.core.zone import CHINA

_replayed: ContextVar[datetime | None] = ContextVar("replayed", default=None)


def now() -> datetime:
    """The present moment, aware, in China's time."""
    return (_replayed.get() or timezone.now()).astimezone(CHINA)


@contextmanager
def replaying(moment: datetime) -> Iterator[None]:
    """Let ``now`` be a past moment, so that a demo city has a past. Refused outside the demo."""
    if not settings.DEMO:
        raise RuntimeError("only the demo may replay the past")
    token = _replayed.set(moment)
    try:
        yield
    finally:
        _replayed.reset(token)


def today() -> date:
    return now().date()


def local_date(moment: datetime) -> date:
    """The calendar day in China on which ``moment`` falls."""
    return moment.astimezone(CHINA).date()
