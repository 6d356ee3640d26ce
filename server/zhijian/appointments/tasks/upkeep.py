"""Background work of appointments: what time has decided is written down, and people are reminded."""

from contextlib import suppress

from zhijian.appointments import actions
from zhijian.appointments.errors import SourceAway
from zhijian.appointments.events import OutsideOrderLeft
from zhijian.appointments.queries.availability import outside_groups
from zhijian.core.events import subscribe
from zhijian.core.tasks import task


@task(queue="upkeep", cron="* * * * *", queueing_lock="appointments.expire")
def write_down_expired() -> None:
    while actions.write_down_expired():
        pass


@task(queue="upkeep", cron="5 9-20 * * *", by_day=True, queueing_lock="appointments.remind")
def remind() -> None:
    """Hourly by day, so that whoever books for tomorrow in the afternoon is reminded too; never at night."""
    actions.remind()


@task(queue="upkeep", cron="*/5 * * * *", queueing_lock="appointments.refresh_outside")
def refresh_outside() -> None:
    """Copy the times of outside systems; one that is away keeps its last copy."""
    for group in outside_groups():
        with suppress(SourceAway):
            actions.refresh(group)


@subscribe(OutsideOrderLeft)
@task(queue="outside")
def cancel_outside(source: str, order: str) -> None:
    actions.cancel_outside(name=source, order=order)
