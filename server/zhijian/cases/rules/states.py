"""The states of a case 办件 and their words."""

from typing import Final

from django.db.models import TextChoices


class CaseState(TextChoices):
    """状态. The order is that of the life cycle."""

    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "待受理"
    CORRECTION = "correction", "待补正"
    REJECTED = "rejected", "不予受理"
    ACCEPTED = "accepted", "已受理"
    REVIEWING = "reviewing", "审查中"
    SUSPENDED = "suspended", "已挂起"
    DECIDING = "deciding", "待决定"
    APPROVED = "approved", "准予，待制证"
    REFUSED = "refused", "不予许可"
    ISSUING = "issuing", "制证中"
    DELIVERING = "delivering", "送达中"
    CONCLUDED = "concluded", "已办结"
    WITHDRAWN = "withdrawn", "已撤回"
    RETURNED = "returned", "已退件"
    VOIDED = "voided", "已作废"
    ARCHIVED = "archived", "已归档"


State = CaseState
"""Short in this domain; the API's schema bears the long name, as another domain has a ``State`` too."""


LABELS_EN: Final[dict[State, str]] = {
    State.DRAFT: "Draft",
    State.SUBMITTED: "Waiting for acceptance",
    State.CORRECTION: "Needs correction",
    State.REJECTED: "Not accepted",
    State.ACCEPTED: "Accepted",
    State.REVIEWING: "Under review",
    State.SUSPENDED: "Paused",
    State.DECIDING: "Waiting for decision",
    State.APPROVED: "Approved, certificate to be made",
    State.REFUSED: "Refused",
    State.ISSUING: "Certificate being made",
    State.DELIVERING: "On its way to you",
    State.CONCLUDED: "Completed",
    State.WITHDRAWN: "Withdrawn",
    State.RETURNED: "Returned",
    State.VOIDED: "Voided",
    State.ARCHIVED: "Archived",
}

#: The authority still has to act: these stand in an officer's queue.
WORK: Final = frozenset(
    {
        State.SUBMITTED,
        State.ACCEPTED,
        State.REVIEWING,
        State.SUSPENDED,
        State.DECIDING,
        State.APPROVED,
        State.REFUSED,
        State.ISSUING,
        State.DELIVERING,
    }
)

#: Neither a draft nor at an end.
OPEN: Final = WORK | {State.CORRECTION}

#: At an end for the citizen.
DONE: Final = frozenset(
    {State.REJECTED, State.CONCLUDED, State.WITHDRAWN, State.RETURNED, State.VOIDED, State.ARCHIVED}
)

#: The clock stands still.
PAUSED: Final = frozenset({State.SUSPENDED, State.CORRECTION})


def label(state: str) -> str:
    return str(State(state).label)


def label_en(state: str) -> str:
    return LABELS_EN[State(state)]
