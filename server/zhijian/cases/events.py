"""What happened to cases."""

from dataclasses import dataclass
from typing import Final

from zhijian.cases.rules.acts import Action
from zhijian.core.events import Event


@dataclass(frozen=True, slots=True)
class CaseEvent(Event):
    """``action`` was done, which led to ``state``. ``case_id`` is the public id; nothing here is personal data."""

    case_id: str
    number: str
    state: str
    action: str


ACCEPTED: Final = frozenset({Action.ACCEPT, Action.DEEM_ACCEPTED})
DECIDED: Final = frozenset({Action.DECIDE, Action.DECIDE_AT_ONCE})
#: 办结: the citizen may rate.
CONCLUDED: Final = frozenset({Action.COLLECT, Action.CONFIRM_RECEIPT, Action.CONCLUDE})
