"""Background work of appointments."""

from zhijian.appointments.actions.day import close_day
from zhijian.appointments.queries.report import unsettled_days
from zhijian.core.actor import SYSTEM
from zhijian.core.tasks import task


@task(queue="deadlines", cron="10 * * * *", queueing_lock="appointments.close_days")
def close_days() -> None:
    """Settle every past day that isn't settled; what a stopped worker missed is caught up within the hour."""
    for group, day in unsettled_days():
        close_day(SYSTEM, group=group, day=day)
