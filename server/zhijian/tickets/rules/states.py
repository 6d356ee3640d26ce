"""The states of a ticket 诉求 and their words."""

from typing import Final

from django.db.models import TextChoices


class TicketState(TextChoices):
    """状态, in the order of the life cycle."""

    SUBMITTED = "submitted", "待派单"
    DISPATCHED = "dispatched", "待签收"
    HANDLING = "handling", "办理中"
    SUPPLEMENT = "supplement", "待补充"
    REPLIED = "replied", "已答复"
    SPLIT = "split", "分办中"
    CLOSED = "closed", "已办结"
    REFUSED = "refused", "不予受理"
    WITHDRAWN = "withdrawn", "已撤回"
    MERGED = "merged", "已并案"


State = TicketState
"""Short in this domain; the API's schema bears the long name, as another domain has a ``State`` too."""


LABELS_EN: Final[dict[State, str]] = {
    State.SUBMITTED: "Received",
    State.DISPATCHED: "Sent to a department",
    State.HANDLING: "In progress",
    State.SUPPLEMENT: "Waiting for your details",
    State.REPLIED: "Answered",
    State.SPLIT: "Handled in parts",
    State.CLOSED: "Closed",
    State.REFUSED: "Not accepted",
    State.WITHDRAWN: "Withdrawn",
    State.MERGED: "Merged with another",
}

#: Not at an end.
OPEN: Final = frozenset(
    {State.SUBMITTED, State.DISPATCHED, State.HANDLING, State.SUPPLEMENT, State.REPLIED, State.SPLIT}
)
#: The clock runs.
RUNNING: Final = frozenset({State.SUBMITTED, State.DISPATCHED, State.HANDLING})
#: A department has it.
WITH_DEPARTMENT: Final = frozenset({State.DISPATCHED, State.HANDLING, State.SUPPLEMENT})
#: Others may be joined to it.
MERGE_INTO: Final = frozenset({State.SUBMITTED, State.DISPATCHED, State.HANDLING, State.SUPPLEMENT})
#: There is a result, so that people may say what they think of it.
RATEABLE: Final = frozenset({State.REPLIED, State.CLOSED})
#: What is asked may be shown to everybody, once a person has confirmed the masked text.
PUBLISHABLE: Final = WITH_DEPARTMENT | {State.REPLIED, State.CLOSED}


def label(state: str) -> str:
    return str(State(state).label)


def label_en(state: str) -> str:
    return LABELS_EN[State(state)]
