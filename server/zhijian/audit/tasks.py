"""Background work of the audit trail."""

from zhijian.audit import actions
from zhijian.core.tasks import task


@task(queue="audit", cron="* * * * *", queueing_lock="audit.seal")
def seal() -> None:
    while actions.seal():
        pass
