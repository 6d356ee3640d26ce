"""The life of a case: what the frame of its actions reads, writes and refuses."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from zhijian.audit.actions import record_refusal
from zhijian.cases import errors
from zhijian.cases.actions import clocks
from zhijian.cases.events import CaseEvent
from zhijian.cases.models import Case, CaseStep
from zhijian.cases.queries.citizen import known
from zhijian.cases.queries.facts import facts_of, may_keep, roles_of
from zhijian.cases.rules import table
from zhijian.cases.rules.acts import Action, label
from zhijian.cases.rules.guards import Facts
from zhijian.cases.rules.states import DONE, State
from zhijian.core.actor import SYSTEM, Actor
from zhijian.core.dates import time_of_day
from zhijian.core.errors import Problem
from zhijian.core.events import emit
from zhijian.lifecycle import turn as frame
from zhijian.lifecycle.table import Refusal
from zhijian.organizations.models import Staff

Verdict = CaseStep.Verdict
Turn = frame.Turn[Case, State, Action]


class CaseLife(frame.Life[Case, State, Action]):
    name, model = "case", Case
    table, states = table.TABLE, State
    state_forbids, role_forbids, not_now = errors.StateForbids, errors.PostForbids, errors.NotNow
    unread = frozenset(
        {Action.CLAIM, Action.RELEASE, Action.TRANSFER, Action.TAKE_OVER, Action.URGE, Action.RECOMPUTE}
    )

    def lock(self, pk: int) -> Case:
        return known().select_for_update(of=("self",)).get(pk=pk)

    def roles_of(self, actor: Actor, staff: Staff | None, row: Case) -> frozenset[str]:
        return roles_of(actor, staff, row)

    def facts_of(self, row: Case, staff: Staff | None, moment: datetime) -> Facts:
        return facts_of(row, staff, moment)

    def number(self, row: Case) -> str:
        """A draft is named by its public id."""
        return row.number or row.public_id

    def settle(self, row: Case, moment: datetime) -> None:
        """Deemed acceptance (行政许可法 art. 32) of a case whose five working days have passed."""
        if row.state == State.SUBMITTED and row.due_at is not None and moment > row.due_at:
            by_law = self.turn(row, Action.DEEM_ACCEPTED, SYSTEM, at=moment)
            row.accepted_at, row.deemed_accepted = row.received_at, True
            clocks.wind(row, State.ACCEPTED)
            self.finish(by_law, note="五个工作日内未告知补正，自收到申请之日起视为受理。")

    def check_own(self, actor: Actor, row: Case, action: Action, roles: frozenset[str]) -> None:
        if actor.kind == "citizen" and row.citizen.public_id != actor.key:
            raise foreign(actor, row, action.value)

    def guard_problem(self, refusal: Refusal, row: Case, action: Action, facts: Facts) -> Problem:
        """A colleague's hold is named only where the action would not be refused in the same words without it."""
        unheld = replace(facts, held_by_other=False)
        without = {transition.guard(unheld) for transition in self.table.rows(row.state, action)}
        held = facts.held_by_other and refusal.words not in without
        return held_by_other(row, refusal.words) if held else errors.NotNow(refusal.words)

    def enter(self, turn: Turn) -> None:
        case = turn.row
        if turn.target is not turn.source:
            case.assignee_id = _next_assignee(turn)
        case.updated_at = turn.at
        clocks.sort(case)

    def may_keep(self, person: Staff, row: Case) -> bool:
        return may_keep(person, row)

    def receiver_problem(self, turn: Turn) -> Problem:
        return errors.PostForbids() if turn.staff == turn.row.assignee else errors.ReceiverWrong()

    def write_step(self, turn: Turn, *, opinion: str, note: str, **extra: Any) -> None:
        """``extra`` may hold the ``verdict``."""
        CaseStep.objects.create(
            case=turn.row,
            at=turn.at,
            action=turn.action,
            from_state=turn.source,
            to_state=turn.target,
            actor_kind=turn.actor.kind,
            actor_key=turn.actor.key,
            post=turn.actor.label,
            opinion=opinion.strip() or None,
            note=note.strip() or None,
            **extra,
        )

    def facts_told(self, turn: Turn) -> dict[str, Any]:
        return super().facts_told(turn) | {"item": turn.row.item_code}

    def announce(self, turn: Turn) -> None:
        case = turn.row
        emit(CaseEvent(case.public_id, case.number or "", case.state, turn.action.value))


LIFE = CaseLife()
begin, finish, lock, settle, subject = LIFE.begin, LIFE.finish, LIFE.lock, LIFE.settle, LIFE.subject
mark = LIFE.mark


def foreign(actor: Actor, case: Case, attempt: str) -> errors.CaseNotFound:
    """The answer to reaching for another person's case: not found, and audited."""
    return errors.CaseNotFound(
        attempt=lambda: record_refusal(
            actor, "case.foreign", subject=subject(case), facts={"attempt": attempt}
        )
    )


def held_by_other(case: Case, words: str) -> errors.HeldByOther:
    """Says who has the case now, and since when if it was moved: who held it before learns where it went."""
    moved = case.steps.filter(action__in=[Action.TAKE_OVER, Action.TRANSFER]).order_by("id").last()
    since = f"，{time_of_day(moved.at)}{label(moved.action)}" if moved else ""
    return errors.HeldByOther(f"{words}（现由{case.assignee or '他人'}办理{since}）")


def _next_assignee(turn: Turn) -> int | None:
    """Whoever acted keeps the case if the next step is work of their posts; else it goes back to the queue."""
    previous, to = turn.before["assignee_id"], turn.target
    if to in DONE:
        return None
    if turn.staff is None or to is State.CORRECTION:
        return previous if turn.staff is None else turn.staff.pk
    return turn.staff.pk if table.DESK.get(to, frozenset()) & turn.roles else None
