"""Upkeep of the store."""

from datetime import timedelta

from zhijian.core.clock import now
from zhijian.core.files.models import StoredFile
from zhijian.core.files.store import store
from zhijian.core.tasks import task

_GRACE = timedelta(hours=24)  # longer than any transaction that could still bring the row
_BATCH = 500


@task(queue="upkeep", cron="40 3 * * *", queueing_lock="sweep_orphans")
def sweep_orphans() -> None:
    """Delete blobs that no row names: left behind by transactions that were rolled back or processes killed."""
    sweep()


def sweep() -> int:
    """Number of blobs deleted."""
    batch: list[str] = []
    deleted = 0
    for key in store().older_than(now() - _GRACE):
        batch.append(key)
        if len(batch) == _BATCH:
            deleted += _delete_unnamed(batch)
            batch = []
    return deleted + _delete_unnamed(batch)


def _delete_unnamed(keys: list[str]) -> int:
    named: set[str | None] = set(StoredFile.objects.filter(key__in=keys).values_list("key", flat=True))
    named |= set(StoredFile.objects.filter(preview_key__in=keys).values_list("preview_key", flat=True))
    orphans = [key for key in keys if key not in named]
    for key in orphans:
        store().delete(key)
    return len(orphans)
