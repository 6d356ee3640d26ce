"""Background work of licences."""

from zhijian.core.actor import SYSTEM
from zhijian.core.events import subscribe
from zhijian.core.tasks import task
from zhijian.licences import actions
from zhijian.licences.events import LicenceIssued


@subscribe(LicenceIssued)
@task(queue="documents")
def make_document(licence_id: str, case_number: str) -> None:
    actions.make_document(SYSTEM, licence_id=licence_id)
