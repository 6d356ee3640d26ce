"""What happened to cases. ``case_id`` is the public id; nothing here is personal data."""

from dataclasses import dataclass

from zhijian.cases.rules.acts import Action
from zhijian.core.events import Event


@dataclass(frozen=True, slots=True)
class CaseEvent(Event):
    case_id: str
    number: str
    state: str


class CaseSubmitted(CaseEvent):
    """A citizen handed in an application."""


class CorrectionRequested(CaseEvent):
    """The one notice of correction was sent."""


class CaseResubmitted(CaseEvent):
    """The citizen answered the notice."""


class CaseAccepted(CaseEvent):
    """Accepted, also where the law counts it as accepted."""


class CaseRejected(CaseEvent):
    """不予受理."""


class CaseSuspended(CaseEvent):
    """The clock was stopped for a special procedure."""


class CaseResumed(CaseEvent):
    """The clock runs again."""


class DeadlineExtended(CaseEvent):
    """An extension was approved; the citizen is told the reason."""


class CaseDecided(CaseEvent):
    """``state`` is approved or refused."""


class ResultIssued(CaseEvent):
    """The result is made."""


class ResultDelivered(CaseEvent):
    """The result waits at the counter or is on its way."""


class CaseConcluded(CaseEvent):
    """办结: the citizen may rate."""


class CaseWithdrawn(CaseEvent):
    """The citizen took the application back."""


class CaseReturned(CaseEvent):
    """退件."""


class CaseVoided(CaseEvent):
    """作废."""


class CaseUrged(CaseEvent):
    """The citizen asked to hurry."""


class CaseTransferred(CaseEvent):
    """Another officer is to handle it."""


OF_ACTION: dict[Action, type[CaseEvent]] = {
    Action.SUBMIT: CaseSubmitted,
    Action.REQUEST_CORRECTION: CorrectionRequested,
    Action.RESUBMIT: CaseResubmitted,
    Action.ACCEPT: CaseAccepted,
    Action.DEEM_ACCEPTED: CaseAccepted,
    Action.REJECT: CaseRejected,
    Action.SUSPEND: CaseSuspended,
    Action.RESUME: CaseResumed,
    Action.APPROVE_EXTENSION: DeadlineExtended,
    Action.DECIDE: CaseDecided,
    Action.DECIDE_AT_ONCE: CaseDecided,
    Action.ISSUE: ResultIssued,
    Action.DELIVER: ResultDelivered,
    Action.COLLECT: CaseConcluded,
    Action.CONFIRM_RECEIPT: CaseConcluded,
    Action.CONCLUDE: CaseConcluded,
    Action.WITHDRAW: CaseWithdrawn,
    Action.RETURN_CASE: CaseReturned,
    Action.VOID: CaseVoided,
    Action.URGE: CaseUrged,
    Action.TRANSFER: CaseTransferred,
}
