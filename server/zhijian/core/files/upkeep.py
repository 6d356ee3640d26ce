"""Clearing the store of blobs that no row names, so that a mistake of the operator's costs nothing.

A store beside the wrong database, or beside an older dump, looks as if nobody named its files. So the store carries the
id of its database, a sweep that would take more than a small share takes nothing and says so, and what is taken is only
laid aside for a month. A blob laid aside that a row names is taken back by the next sweep.
"""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import timedelta
from itertools import islice

from zhijian.core.clock import now, today
from zhijian.core.files.models import StoredFile
from zhijian.core.files.store import LocalStore, store
from zhijian.core.installation import installation
from zhijian.core.models import Installation

log = logging.getLogger(__name__)
_GRACE = timedelta(hours=24)  # longer than any transaction that could still bring the row
_KEPT_ASIDE = timedelta(days=30)
_BATCH = 500
_FEW = 20  # this many may always be taken: a young city has few files
_SHARE = 0.05

FOREIGN = "foreign"
TOO_MANY = "too_many"
REFUSALS = {
    FOREIGN: "文件目录属于另一个数据库，夜间清理没有执行。请核对 DATABASE_URL 和文件目录是否配套。",
    TOO_MANY: (
        "数据库里没有记录的文件太多，夜间清理没有执行，文件都在。请核对数据库和文件目录是否配套，"
        "例如是否恢复了较早的数据库备份。"
    ),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """Numbers of blobs. ``refused`` names why nothing was laid aside."""

    seen: int = 0
    unnamed: int = 0
    laid_aside: int = 0
    taken_back: int = 0
    forgotten: int = 0
    refused: str = ""


def sweep() -> Outcome:
    """Lay old blobs without a row aside, unless that looks like somebody's mistake; the outcome is kept and logged."""
    outcome = _refusing_foreign() or _sweep()
    Installation.objects.update(sweep={"at": now().isoformat(), **asdict(outcome)})
    level = logging.ERROR if outcome.refused else logging.INFO
    log.log(level, "file store swept", extra=asdict(outcome))
    return outcome


def bind() -> None:
    """Give an empty store without a mark to this database. One that holds blobs is bound by its first good sweep."""
    if not store().mark() and store().is_empty():
        store().set_mark(installation().public_id)


def is_foreign() -> bool:
    """Whether the store says that it belongs to another database."""
    return store().mark() not in ("", installation().public_id)


def take_back(*, everything: bool = False) -> int:
    """Return blobs laid aside to their places: those that rows name, or all; returns how many."""
    count = 0
    for keys in _batches(store().aside()):
        for key in keys if everything else _named(keys):
            store().take_back(key)
            count += 1
    return count


def _refusing_foreign() -> Outcome | None:
    bind()
    return Outcome(refused=FOREIGN) if is_foreign() else None


def _sweep() -> Outcome:
    returned = take_back()
    seen, unnamed = 0, []
    for keys in _batches(store().older_than(now() - _GRACE)):
        whole = [key for key in keys if not key.endswith(LocalStore.PART)]
        for part in set(keys) - set(whole):
            store().delete(part)  # half of a blob, of a killed process: no row was ever made for it
        named = _named(whole)
        seen += len(whole)
        unnamed += [key for key in whole if key not in named]
    if too_many(len(unnamed), seen, bound=bool(store().mark())):
        return Outcome(seen, len(unnamed), taken_back=returned, refused=TOO_MANY)
    if seen:
        store().set_mark(installation().public_id)
    for key in unnamed:
        store().lay_aside(key, today())
    forgotten = store().forget_before(today() - _KEPT_ASIDE)
    return Outcome(seen, len(unnamed), len(unnamed), returned, forgotten)


def too_many(unnamed: int, seen: int, *, bound: bool) -> bool:
    """Whether so many of the old blobs lack a row that database and store hardly belong together.

    A store that nobody has marked yet must prove it: most of its blobs have rows.
    """
    if not bound and unnamed * 2 > seen:
        return True
    return unnamed > max(_FEW, seen * _SHARE)


def _named(keys: Iterable[str]) -> set[str]:
    """Those of ``keys`` that a row names."""
    asked = list(keys)
    found = set(StoredFile.objects.filter(key__in=asked).values_list("key", flat=True))
    previews = StoredFile.objects.filter(preview_key__in=asked).values_list("preview_key", flat=True)
    return found | {key for key in previews if key}


def _batches(keys: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(keys)
    while batch := list(islice(rest, _BATCH)):
        yield batch
