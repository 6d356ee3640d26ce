"""Retention: delete contacts and the link between answers and participants after their periods."""

from datetime import timedelta

from zhijian.consultations.actions.retention import forget_old_contacts, sever_stale
from zhijian.core.tasks import task

CONTACTS_KEPT = timedelta(days=30)
TIED_FOR = timedelta(days=365)


@task(queue="upkeep", cron="23 3 * * *", queueing_lock="consultations.forget")
def forget() -> None:
    forget_old_contacts(CONTACTS_KEPT)
    sever_stale(TIED_FOR)
