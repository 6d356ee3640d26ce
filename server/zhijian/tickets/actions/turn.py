"""The frame of every action on a ticket: lock, check, write, tell.

``begin`` refuses with a typed problem; ``finish`` writes the new state, the step, the audit entry and the event.
Both run inside the action's transaction.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from zhijian.audit.actions import record, record_refusal
from zhijian.core.actor import Actor
from zhijian.core.clock import now
from zhijian.core.errors import InternalStepRefused
from zhijian.core.events import emit
from zhijian.organizations import held
from zhijian.organizations.models import Staff
from zhijian.tickets import errors
from zhijian.tickets.actions import clocks
from zhijian.tickets.events import OF_ACTION
from zhijian.tickets.models import Ticket, TicketStep
from zhijian.tickets.queries.facts import facts_of, may_keep, roles_of
from zhijian.tickets.rules import table
from zhijian.tickets.rules.acts import Action
from zhijian.tickets.rules.states import State

_REPORTER = "反映人"  # nobody applies for anything here


@dataclass
class Turn:
    """One action in progress. ``ticket`` is locked; ``actor`` is named by the post that allows the action."""

    ticket: Ticket
    action: Action
    actor: Actor
    at: datetime
    staff: Staff | None
    source: State
    target: State
    previous_assignee: int | None = None

    @property
    def person(self) -> Staff:
        """Who of the staff acts, in actions that only staff may do."""
        assert self.staff is not None
        return self.staff


def subject(ticket: Ticket) -> str:
    """How the audit trail names a ticket."""
    return f"ticket:{ticket.number}"


def lock(ticket: Ticket) -> Ticket:
    related = ("department", "citizen", "category__sla", "suggested")
    return Ticket.objects.select_for_update(of=("self",)).select_related(*related).get(pk=ticket.pk)


def begin(actor: Actor, ticket: Ticket, action: Action) -> Turn:
    """Lock ``ticket`` and check that ``actor`` may do ``action`` now.

    Raises :class:`errors.TicketNotFound` for somebody else's ticket, and StateForbids, RoleForbids, ReopenTooLate or
    NotNow, each with words.
    """
    fresh, moment, staff = lock(ticket), now(), _staff(actor)
    roles = roles_of(actor, staff, fresh)
    if actor.kind == "citizen" and not roles:
        raise foreign(actor, fresh, action.value)
    facts = facts_of(fresh, staff, moment)
    _refuse(table.refusal(fresh.state, action, roles, facts), actor, fresh, action)
    row = table.row_of(fresh.state, action)
    assert row is not None
    post = table.post_for(fresh.state, action, roles)
    named = staff.actor_as(post) if staff and post else actor
    source = State(fresh.state)
    return Turn(fresh, action, named, moment, staff, source, row.target or source, fresh.assignee_id)


def finish(turn: Turn, *, opinion: str = "", note: str = "", facts: dict[str, Any] | None = None) -> Ticket:
    """Write what the action did. ``opinion`` stays inside, ``note`` is for whoever asked."""
    ticket = turn.ticket
    if ticket.assignee is not None and ticket.assignee_id != turn.previous_assignee:
        _refuse_gone(turn, ticket.assignee)
    ticket.state = turn.target
    ticket.updated_at = turn.at
    clocks.sort(ticket)
    ticket.save()
    return told(turn, opinion=opinion, note=note, facts=facts)


def _refuse_gone(turn: Turn, receiver: Staff) -> None:
    """Raises RoleForbids: whoever takes it left or lost the post just now."""
    if not held.still_able(receiver, lambda person: may_keep(person, turn.ticket)):
        raise errors.RoleForbids


def told(turn: Turn, *, opinion: str = "", note: str = "", facts: dict[str, Any] | None = None) -> Ticket:
    """The step, the audit entry and the event of an action that is already saved."""
    ticket = turn.ticket
    TicketStep.objects.create(
        ticket=ticket,
        at=turn.at,
        action=turn.action,
        from_state=turn.source,
        to_state=turn.target,
        actor_kind=turn.actor.kind,
        actor_key=turn.actor.key,
        post=_REPORTER if turn.actor.kind == "citizen" and not ticket.anonymous else turn.actor.label,
        opinion=opinion or None,
        note=note or None,
    )
    known = {"from": turn.source.value, "to": turn.target.value, "category": ticket.category.code}
    record(turn.actor, f"ticket.{turn.action.value}", subject=subject(ticket), facts=known | (facts or {}))
    if event := OF_ACTION.get(turn.action):
        emit(event(ticket_id=ticket.public_id, number=ticket.number, state=ticket.state))
    return ticket


def foreign(actor: Actor, ticket: Ticket, attempt: str) -> errors.TicketNotFound:
    """The answer to reaching for another person's ticket: not found, and audited."""
    return errors.TicketNotFound(
        attempt=lambda: record_refusal(
            actor, "ticket.foreign", subject=subject(ticket), facts={"attempt": attempt}
        )
    )


def _staff(actor: Actor) -> Staff | None:
    if actor.kind != "staff":
        return None
    return Staff.objects.select_related("department").filter(public_id=actor.key, is_active=True).first()


def _refuse(refusal: table.Refusal | None, actor: Actor, ticket: Ticket, action: Action) -> None:
    if refusal is None:
        return
    if refusal.kind == "state":
        raise errors.StateForbids(refusal.words, extra={"state": ticket.state})
    if refusal.kind == "guard":
        raise (errors.ReopenTooLate if action is Action.REOPEN else errors.NotNow)(refusal.words)
    if actor.kind == "system":
        raise InternalStepRefused(f"{action.value} of {ticket.number} in {ticket.state}")
    facts = {"attempt": action.value}
    attempt = partial(record_refusal, actor, "ticket.role_forbids", subject=subject(ticket), facts=facts)
    if actor.kind == "citizen":
        raise errors.StateForbids(_not_theirs(ticket, action), extra={"state": ticket.state}, attempt=attempt)
    raise errors.RoleForbids(refusal.words, attempt=attempt)


def _not_theirs(ticket: Ticket, action: Action) -> str:
    """Words for people who asked: they hold no posts."""
    if ticket.left_at is not None:
        return "您已经撤回这件诉求"
    return f"这件诉求现在不能由您{action.label}，请刷新后查看"
