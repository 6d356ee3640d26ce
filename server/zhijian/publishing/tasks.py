"""Keeps this node's files equal to the table: after a crash, on a new node, after a restore."""

from zhijian.core.tasks import task
from zhijian.publishing import files


@task(queue="upkeep", cron="* * * * *", queueing_lock="publishing.write_out")
def write_out() -> None:
    files.write_out()
