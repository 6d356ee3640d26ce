"""What happened to tickets. Public ids and codes only, never personal data."""

from dataclasses import dataclass

from zhijian.core.events import Event
from zhijian.tickets.rules.acts import Action


@dataclass(frozen=True, slots=True)
class TicketEvent(Event):
    """``ticket_id`` is the public id."""

    ticket_id: str
    number: str
    state: str


class TicketSubmitted(TicketEvent):
    """Somebody sent a ticket."""


class TicketDispatched(TicketEvent):
    """It was sent to a department, for the first time or onwards."""


class TicketAccepted(TicketEvent):
    """The department took it."""


class TicketReplied(TicketEvent):
    """There is an answer."""


class TicketRefused(TicketEvent):
    """不予受理."""


class TicketMoreAsked(TicketEvent):
    """The clock stands until the person adds something."""


class TicketExtended(TicketEvent):
    """The answer may come later; the reason is told."""


class TicketReopened(TicketEvent):
    """Somebody affected isn't content."""


class TicketPublished(TicketEvent):
    """Everybody can read a masked text of it."""


class TicketOverdue(TicketEvent):
    """The answer is late. Told once a clock."""


@dataclass(frozen=True, slots=True)
class TicketClosed(Event):
    """办结: may be rated."""

    ticket_id: str
    department_code: str


@dataclass(frozen=True, slots=True)
class TicketMerged(Event):
    """``ticket_id`` goes on as ``into_id``; its reporter now follows that one."""

    ticket_id: str
    into_id: str


OF_ACTION: dict[Action, type[TicketEvent]] = {
    Action.SUBMIT: TicketSubmitted,
    Action.DISPATCH: TicketDispatched,
    Action.FORWARD: TicketDispatched,
    Action.ACCEPT: TicketAccepted,
    Action.REPLY: TicketReplied,
    Action.ANSWER_DIRECTLY: TicketReplied,
    Action.REFUSE: TicketRefused,
    Action.ASK_MORE: TicketMoreAsked,
    Action.APPROVE_EXTENSION: TicketExtended,
    Action.REOPEN: TicketReopened,
    Action.PUBLISH: TicketPublished,
}
