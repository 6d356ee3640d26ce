"""Quiet hours: when a phone stays silent. Times are China's wall clock."""

from datetime import datetime, time, timedelta

from zhijian.core.zone import CHINA

DEFAULT_QUIET = (time(22, 0), time(8, 0))


def is_quiet(moment: datetime, start: time, end: time) -> bool:
    """Whether ``moment`` lies in [start, end); the span may pass midnight, and is empty when both are equal."""
    at = moment.astimezone(CHINA).time()
    if start <= end:
        return start <= at < end
    return at >= start or at < end


def first_moment(moment: datetime, start: time, end: time) -> datetime:
    """``moment`` itself outside quiet hours, else their end."""
    if not is_quiet(moment, start, end):
        return moment
    local = moment.astimezone(CHINA)
    over = datetime.combine(local.date(), end, tzinfo=CHINA)
    return over if over > local else over + timedelta(days=1)
