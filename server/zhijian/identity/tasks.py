"""Background work of this domain."""

from zhijian.core.tasks import task
from zhijian.identity import actions


@task(queue="upkeep", cron="37 3 * * *")
def forget_old() -> None:
    actions.forget_old()
