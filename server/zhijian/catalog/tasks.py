"""Background work of the catalogue: the planned day of a publication, and news from the organizations."""

from django.core.management import call_command

from zhijian.catalog.actions import compile_halls, compile_items
from zhijian.core.events import subscribe
from zhijian.core.tasks import task
from zhijian.organizations.events import HallChanged, OrganizationsLoaded


@task(queue="upkeep", cron="* * * * *", queueing_lock="catalog.follow_schedule")
def follow_schedule() -> None:
    """Publish what has reached its planned day and end what has reached its last one."""
    call_command("publish_scheduled", verbosity=0)


@subscribe(HallChanged)
@task()
def recompile_after_hall(hall_code: str) -> None:
    compile_halls()
    compile_items()


@subscribe(OrganizationsLoaded)
@task()
def recompile_after_load(halls: int) -> None:
    compile_halls()
    compile_items()
