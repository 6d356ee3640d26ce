"""Recomputing that outlives the page that asked for it."""

from zhijian.calendars import actions, events
from zhijian.core.events import subscribe
from zhijian.core.tasks import task


@subscribe(events.CalendarEntered)
@task(queue="deadlines")
def recompute(year: int, number: int) -> None:
    actions.settle()


@task(queue="deadlines", cron="*/30 * * * *", queueing_lock="calendars.settle_left_behind")
def settle_left_behind() -> None:
    """What a killed process left, and years that an upgrade brought."""
    actions.settle()
