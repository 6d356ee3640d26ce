"""What is seen of a matter that several people reported: by whoever left it, and by those for whom it goes on."""

import copy
from datetime import datetime

from zhijian.tickets.models import Ticket
from zhijian.tickets.queries.masked import masked
from zhijian.tickets.rules.states import State

#: What happens after the reporter left is the others' matter.
_OF_OTHERS = {
    "department": None,
    "merged_into": None,
    "reply": "",
    "contact_due_at": None,
    "due_at": None,
    "due_rule": "",
    "replied_at": None,
    "reopen_until": None,
    "resolved": None,
    "stars": None,
    "rated_at": None,
    "supervised_at": None,
}


def as_withdrawn(ticket: Ticket) -> Ticket:
    """``ticket`` as its reporter sees it: withdrawn in the moment they left, though it goes on for others. Never saved."""
    if ticket.left_at is None:
        return ticket
    seen = copy.copy(ticket)
    for name, value in _OF_OTHERS.items():
        setattr(seen, name, value)
    seen.state, seen.closed_at, seen.updated_at = State.WITHDRAWN, ticket.left_at, ticket.left_at
    return seen


def asked_in(ticket: Ticket) -> Ticket | None:
    """The ticket in which the department waits for this reporter's answer: their own, or the one it was merged into
    once the reporter of that has left."""
    if ticket.state == State.SUPPLEMENT:
        return ticket
    goal = ticket.merged_into
    waits = goal is not None and goal.left_at is not None and goal.state == State.SUPPLEMENT
    return goal if waits else None


def answer_to_others(ticket: Ticket) -> tuple[str, datetime | None]:
    """The answers to ``ticket`` and its parts, and when the last came. They were written to somebody else, so what looks
    personal is masked."""
    found = [(ticket.reply, ticket.replied_at or ticket.closed_at)] if ticket.reply else []
    if ticket.state in {State.SPLIT, State.CLOSED}:
        for part in ticket.parts.select_related("department").order_by("id"):
            if part.department and part.reply:
                found.append((f"{part.department.name}：{part.reply}", part.replied_at or part.closed_at))
    if not found:
        return "", None
    return masked("\n\n".join(text for text, _ in found)), max(at for _, at in found if at)
