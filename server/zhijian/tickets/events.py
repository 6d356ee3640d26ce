"""What happened to tickets. Public ids and codes only, never personal data."""

from dataclasses import dataclass
from typing import Final

from zhijian.core.events import Event
from zhijian.tickets.rules.acts import Action


@dataclass(frozen=True, slots=True)
class TicketEvent(Event):
    """``action`` was done, which led to ``state``; or it became ``OVERDUE``. ``ticket_id`` is the public id."""

    ticket_id: str
    number: str
    state: str
    action: str


@dataclass(frozen=True, slots=True)
class TicketMerged(Event):
    """``ticket_id`` goes on as ``into_id``; its reporter now follows that one."""

    ticket_id: str
    into_id: str


#: The answer is late. Told once a clock.
OVERDUE: Final = "overdue"
#: To a department, for the first time or onwards.
DISPATCHED: Final = frozenset({Action.DISPATCH, Action.FORWARD})
REPLIED: Final = frozenset({Action.REPLY, Action.ANSWER_DIRECTLY})
#: 办结: may be rated.
CLOSED: Final = frozenset({Action.CALL_BACK, Action.AUTO_CLOSE, Action.CLOSE_PARTS})
