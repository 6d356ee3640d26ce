"""Background work of licences."""

from contextlib import suppress

from zhijian.core.actor import SYSTEM
from zhijian.core.events import subscribe
from zhijian.core.pdf import MissingGlyph, held
from zhijian.core.tasks import task
from zhijian.licences import actions
from zhijian.licences.events import LicenceIssued


@subscribe(LicenceIssued)
@task(queue="documents")
def make_document(licence_id: str, case_number: str) -> None:
    with suppress(MissingGlyph):  # held; tried again below
        actions.make_document(SYSTEM, licence_id=licence_id)


@task(queue="documents", cron="*/10 * * * *", queueing_lock="licences.make_held_papers")
def make_held_papers() -> None:
    """Fonts may have come."""
    held.try_again("licence", lambda paper: actions.make_document(SYSTEM, licence_id=paper.reference))
