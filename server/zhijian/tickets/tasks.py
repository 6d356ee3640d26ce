"""Background work of tickets: what time decides, and what nobody needs any more."""

from zhijian.core.tasks import task
from zhijian.tickets.actions import ending, flood, photos, upkeep
from zhijian.tickets.queries import upkeep as due


@task(queue="deadlines", cron="*/10 * * * *", queueing_lock="tickets.tell_overdue")
def tell_overdue() -> None:
    for ticket in due.overdue_untold():
        upkeep.tell_overdue(ticket=ticket)


@task(queue="deadlines", cron="25 * * * *", queueing_lock="tickets.close_answered")
def close_answered() -> None:
    """Answered tickets that nobody called back about in the time for it."""
    for ticket in due.waited_long_enough():
        ending.auto_close(ticket=ticket)


@task(queue="deadlines", cron="30 6 * * *", queueing_lock="tickets.fill_calendar_gaps")
def fill_calendar_gaps() -> None:
    """Compute the ends that waited for a year of the working calendar."""
    for ticket in due.waiting_for_calendar():
        upkeep.rewind(ticket=ticket)


@task(queue="upkeep", cron="50 * * * *", queueing_lock="tickets.sweep")
def sweep() -> None:
    """Pictures that no ticket took, and sendings that no limit looks at."""
    photos.sweep()
    flood.forget()
