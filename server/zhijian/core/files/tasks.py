"""Upkeep of the store."""

from zhijian.core.files import upkeep
from zhijian.core.tasks import task


@task(queue="upkeep", cron="40 3 * * *", queueing_lock="sweep_orphans")
def sweep_orphans() -> None:
    """Lay blobs aside that no row names: left behind by transactions that were rolled back or processes killed."""
    upkeep.sweep()
