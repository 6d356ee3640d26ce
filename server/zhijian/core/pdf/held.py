"""Documents that wait for a font: remembered until they are made, so that somebody sees them and they are tried again."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from zhijian.core.models import HeldPaper
from zhijian.core.pdf.errors import MissingGlyph

log = logging.getLogger(__name__)


@contextmanager
def noted(kind: str, reference: str) -> Iterator[None]:
    """Remember what could not be made. Stands outside the maker's transaction, which takes its own writes along."""
    try:
        yield
    except MissingGlyph as missing:
        log.error("a document waits for a font", extra={"kind": kind, "reference": reference})
        HeldPaper.objects.update_or_create(
            kind=kind, reference=reference, defaults={"missing": missing.characters}
        )
        raise


def forget(kind: str, reference: str) -> None:
    """It is made. Called inside the maker's transaction."""
    HeldPaper.objects.filter(kind=kind, reference=reference).delete()


def of(references: Sequence[str]) -> list[HeldPaper]:
    """What of these cases and licences waits, oldest first."""
    return list(HeldPaper.objects.filter(reference__in=references).order_by("id"))


def try_again(prefix: str, make: Callable[[HeldPaper], object]) -> int:
    """Make every held document whose kind begins with ``prefix``. Returns how many still wait."""
    waiting = 0
    for paper in HeldPaper.objects.filter(kind__startswith=prefix).order_by("id"):
        try:
            make(paper)
        except MissingGlyph:
            waiting += 1
    return waiting
