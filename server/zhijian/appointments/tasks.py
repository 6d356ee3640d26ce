"""Background work of appointments: what time has decided is written down, and people are reminded."""

from zhijian.appointments import actions
from zhijian.core.tasks import task


@task(queue="upkeep", cron="* * * * *", queueing_lock="appointments.expire")
def write_down_expired() -> None:
    while actions.write_down_expired():
        pass


@task(queue="upkeep", cron="5 9-20 * * *", queueing_lock="appointments.remind")
def remind() -> None:
    """Hourly by day, so that whoever books for tomorrow in the afternoon is reminded too; never at night."""
    actions.remind()
