"""The life of a ticket: what the frame of its actions reads, writes and refuses."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from zhijian.audit.actions import entry, record_all, record_refusal
from zhijian.core.actor import Actor
from zhijian.core.errors import Problem
from zhijian.core.events import emit
from zhijian.lifecycle import turn as frame
from zhijian.lifecycle.table import Refusal
from zhijian.organizations.models import Staff
from zhijian.organizations.rules import Post
from zhijian.tickets import errors
from zhijian.tickets.actions import clocks
from zhijian.tickets.events import TicketEvent
from zhijian.tickets.models import Ticket, TicketStep
from zhijian.tickets.queries.facts import facts_of, may_keep, roles_of
from zhijian.tickets.rules import table
from zhijian.tickets.rules.acts import Action
from zhijian.tickets.rules.guards import Facts
from zhijian.tickets.rules.states import State

_REPORTER = "反映人"  # nobody applies for anything here
Turn = frame.Turn[Ticket, State, Action]


class TicketLife(frame.Life[Ticket, State, Action]):
    name, model, role_refused = "ticket", Ticket, "role_forbids"
    related = ("department", "citizen", "category__sla", "suggested")
    table, states = table.TABLE, State
    state_forbids, role_forbids, not_now = errors.StateForbids, errors.RoleForbids, errors.NotNow
    unread = frozenset({Action.CLAIM, Action.HAND_ON, Action.SUPERVISE, Action.RECOMPUTE})

    def roles_of(self, actor: Actor, staff: Staff | None, row: Ticket) -> frozenset[str]:
        return roles_of(actor, staff, row)

    def facts_of(self, row: Ticket, staff: Staff | None, moment: datetime) -> Facts:
        return facts_of(row, staff, moment)

    def number(self, row: Ticket) -> str:
        return row.number

    def check_own(self, actor: Actor, row: Ticket, action: Action, roles: frozenset[str]) -> None:
        if actor.kind == "citizen" and not roles:
            raise foreign(actor, row, action.value)

    def guard_problem(self, refusal: Refusal, row: Ticket, action: Action, facts: Facts) -> Problem:
        return (errors.ReopenTooLate if action is Action.REOPEN else errors.NotNow)(refusal.words)

    def role_problem(
        self, refusal: Refusal, actor: Actor, row: Ticket, action: Action, *, attempt: Callable[[], None]
    ) -> Problem:
        if actor.kind != "citizen":
            return errors.RoleForbids(refusal.words, attempt=attempt)
        return errors.StateForbids(_not_theirs(row, action), extra={"state": row.state}, attempt=attempt)

    def post(self, role: str) -> str:
        return Post.TICKET_OFFICER if role == "co_officer" else role

    def enter(self, turn: Turn) -> None:
        turn.row.updated_at = turn.at
        clocks.sort(turn.row)

    def may_keep(self, person: Staff, row: Ticket) -> bool:
        return may_keep(person, row)

    def write_step(self, turn: Turn, *, opinion: str, note: str, **extra: Any) -> None:
        self.step(turn, opinion=opinion, note=note).save()

    def step(self, turn: Turn, *, opinion: str = "", note: str = "") -> TicketStep:
        """Not written yet."""
        reported = turn.actor.kind == "citizen" and not turn.row.anonymous
        return TicketStep(
            ticket=turn.row,
            at=turn.at,
            action=turn.action,
            from_state=turn.source,
            to_state=turn.target,
            actor_kind=turn.actor.kind,
            actor_key=turn.actor.key,
            post=_REPORTER if reported else turn.actor.label,
            opinion=opinion or None,
            note=note or None,
        )

    def facts_told(self, turn: Turn) -> dict[str, Any]:
        return super().facts_told(turn) | {"category": turn.row.category.code}

    def announce(self, turn: Turn) -> None:
        emit(_event(turn))

    def tell_all(self, told: Sequence[tuple[Turn, str, dict[str, Any]]]) -> list[TicketStep]:
        """Steps, audit entries and events of turns with an opinion and facts each: one statement of each kind."""
        steps = [self.step(turn, opinion=opinion) for turn, opinion, _ in told]
        TicketStep.objects.bulk_create(steps)
        record_all(
            entry(
                turn.actor,
                f"{self.name}.{turn.action.value}",
                subject=self.subject(turn.row),
                facts=self.facts_told(turn) | facts,
            )
            for turn, _, facts in told
        )
        emit(*(_event(turn) for turn, _, _ in told))
        return steps


def _event(turn: Turn) -> TicketEvent:
    return TicketEvent(turn.row.public_id, turn.row.number, turn.target.value, turn.action.value)


LIFE = TicketLife()
begin, finish, tell, lock, subject = LIFE.begin, LIFE.finish, LIFE.tell, LIFE.lock, LIFE.subject
mark = LIFE.mark


def foreign(actor: Actor, ticket: Ticket, attempt: str) -> errors.TicketNotFound:
    """The answer to reaching for another person's ticket: not found, and audited."""
    return errors.TicketNotFound(
        attempt=lambda: record_refusal(
            actor, "ticket.foreign", subject=subject(ticket), facts={"attempt": attempt}
        )
    )


def _not_theirs(ticket: Ticket, action: Action) -> str:
    """Words for people who asked: they hold no posts."""
    if ticket.left_at is not None:
        return "您已经撤回这件诉求"
    return f"这件诉求现在不能由您{action.label}，请刷新后查看"
