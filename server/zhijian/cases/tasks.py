"""Background work of cases: documents after events, and what time decides."""

from contextlib import suppress

from zhijian.cases import actions
from zhijian.cases.events import CaseEvent
from zhijian.cases.models import Case, CaseDocument
from zhijian.cases.queries import upkeep
from zhijian.cases.rules.acts import Action
from zhijian.cases.rules.states import State
from zhijian.core.events import subscribe
from zhijian.core.pdf import MissingGlyph, held
from zhijian.core.tasks import task

Kind = CaseDocument.Kind


_PAPERS = {
    Action.SUBMIT: Kind.RECEIPT,
    Action.ACCEPT: Kind.ACCEPTANCE,
    Action.DEEM_ACCEPTED: Kind.ACCEPTANCE,
    Action.REQUEST_CORRECTION: Kind.CORRECTION,
    Action.REJECT: Kind.DECISION,
    Action.DECIDE: Kind.DECISION,
    Action.DECIDE_AT_ONCE: Kind.DECISION,
}


@subscribe(CaseEvent, _PAPERS)
@task(queue="documents")
def make_paper(case_id: str, number: str, state: str, action: str) -> None:
    if state == State.APPROVED:  # an approval's document is its result
        return
    with suppress(MissingGlyph):  # held and shown to the officers; tried again below, for as long as it takes
        _make_for(case_id, _PAPERS[Action(action)])


@task(queue="documents", cron="*/10 * * * *", queueing_lock="cases.make_held_papers")
def make_held_papers() -> None:
    """Fonts may have come."""
    held.try_again("case.", lambda paper: _make_for(paper.reference, paper.kind.removeprefix("case.")))


def _make_for(case_id: str, kind: str) -> None:
    actions.make_document(case=Case.objects.get(public_id=case_id), kind=kind)


@task(queue="deadlines", cron="*/5 * * * *", queueing_lock="cases.deem_accepted")
def deem_accepted() -> None:
    """行政许可法 art. 32: nothing told within five working days counts as acceptance."""
    for case in upkeep.unread_too_long():
        actions.deem_accepted(case=case)


@task(queue="deadlines", cron="20 6 * * *", queueing_lock="cases.fill_calendar_gaps")
def fill_calendar_gaps() -> None:
    """Compute the due dates that waited for a year of the working calendar."""
    for case in upkeep.waiting_for_calendar():
        actions.rewind(case=case)
