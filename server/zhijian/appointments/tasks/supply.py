"""Slots ahead of time, and those who lost their place."""

from zhijian.appointments import events
from zhijian.appointments.actions import supply
from zhijian.core.events import subscribe
from zhijian.core.tasks import task


@task(queue="upkeep", cron="20 0 * * *", queueing_lock="appointments.open_slots")
def open_slots() -> None:
    """Plans reach a week further than anybody can book, so a day without this takes nothing from anybody."""
    supply.open_all()


@subscribe(events.PlacesTaken)
@task(queue="appointments")
def move_displaced(hall_code: str, count: int) -> None:
    supply.settle_waiting()


@task(queue="appointments", cron="*/10 * * * *", queueing_lock="appointments.move_left_behind")
def move_left_behind() -> None:
    """Those whom a killed process left waiting."""
    supply.settle_waiting()
