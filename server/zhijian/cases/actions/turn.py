"""The frame of every action on a case: lock, settle what time has decided, check, write, tell.

``begin`` refuses with a typed problem; ``finish`` writes the new state, the step, the audit entry and the event.
Both run inside the action's transaction.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from zhijian.audit.actions import record, record_refusal
from zhijian.cases import errors
from zhijian.cases.actions import clocks
from zhijian.cases.events import OF_ACTION
from zhijian.cases.models import Case, CaseStep
from zhijian.cases.queries.facts import facts_of, may_keep, roles_of
from zhijian.cases.rules import table
from zhijian.cases.rules.acts import Action, label
from zhijian.cases.rules.states import DONE, State
from zhijian.core.actor import SYSTEM, Actor
from zhijian.core.clock import now
from zhijian.core.dates import time_of_day
from zhijian.core.events import emit
from zhijian.organizations import held
from zhijian.organizations.models import Staff

Verdict = CaseStep.Verdict


@dataclass
class Turn:
    """One action in progress. ``case`` is locked; ``actor`` is named by the post that allows the action."""

    case: Case
    action: Action
    actor: Actor
    at: datetime
    staff: Staff | None
    roles: frozenset[str]
    source: State
    previous_assignee: int | None = field(default=None)


def subject(case: Case) -> str:
    """How the audit trail names a case: by its number, a draft by its public id."""
    return f"case:{case.number or case.public_id}"


def lock(case: Case) -> Case:
    return (
        Case.objects.select_for_update(of=("self",)).select_related("department", "citizen").get(pk=case.pk)
    )


def begin(actor: Actor, case: Case, action: Action) -> Turn:
    """Lock ``case`` and check that ``actor`` may do ``action`` now.

    Raises :class:`errors.CaseNotFound` for another citizen's case, and StateForbids, PostForbids, HeldByOther or
    NotNow, each with words.
    """
    fresh = lock(case)
    moment = now()
    settle(fresh, moment)
    staff = _staff(actor)
    if actor.kind == "citizen" and fresh.citizen.public_id != actor.key:
        raise foreign(actor, fresh, action.value)
    roles = roles_of(actor, staff, fresh)
    facts = facts_of(fresh, staff, moment)
    _refuse(table.refusal(fresh.state, action, roles, facts), actor, fresh, action, held=facts.held_by_other)
    named = _named(actor, staff, table.posts_for(fresh.state, action, roles, facts))
    return Turn(fresh, action, named, moment, staff, roles, State(fresh.state), fresh.assignee_id)


def finish(
    turn: Turn,
    *,
    to: State | None = None,
    opinion: str = "",
    note: str = "",
    verdict: Verdict = Verdict.OTHER,
    facts: dict[str, Any] | None = None,
) -> Case:
    """Write what the action did. ``opinion`` stays inside, ``note`` is for the citizen."""
    case = turn.case
    case.state = to or turn.source
    if to is not None:
        case.assignee_id = _next_assignee(turn, to)
    if case.assignee is not None and case.assignee_id != turn.previous_assignee:
        _refuse_gone(turn, case.assignee)
    case.updated_at = turn.at
    clocks.sort(case)
    case.save()
    CaseStep.objects.create(
        case=case,
        at=turn.at,
        action=turn.action,
        from_state=turn.source,
        to_state=case.state,
        actor_kind=turn.actor.kind,
        actor_key=turn.actor.key,
        post=turn.actor.label,
        verdict=verdict,
        opinion=opinion.strip() or None,
        note=note.strip() or None,
    )
    told = {"from": turn.source.value, "to": case.state, "item": case.item_code, **(facts or {})}
    record(turn.actor, f"case.{turn.action.value}", subject=subject(case), facts=told)
    if event := OF_ACTION.get(turn.action):
        emit(event(case_id=case.public_id, number=case.number or "", state=case.state))
    return case


def _refuse_gone(turn: Turn, receiver: Staff) -> None:
    """Raises ReceiverWrong, or PostForbids for who gives it to themselves: they left or lost the post just now."""
    if held.still_able(receiver, lambda person: may_keep(person, turn.case)):
        return
    raise errors.PostForbids if turn.staff == receiver else errors.ReceiverWrong


def settle(case: Case, moment: datetime) -> None:
    """Apply deemed acceptance (行政许可法 art. 32) to a locked case whose five working days have passed."""
    if case.state == State.SUBMITTED and case.due_at is not None and moment > case.due_at:
        case.accepted_at = case.received_at
        case.deemed_accepted = True
        clocks.wind(case, State.ACCEPTED)
        by_law = Turn(case, Action.DEEM_ACCEPTED, SYSTEM, moment, None, table.SYSTEM_ROLE, State.SUBMITTED)
        finish(by_law, to=State.ACCEPTED, note="五个工作日内未告知补正，自收到申请之日起视为受理。")


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


def _staff(actor: Actor) -> Staff | None:
    if actor.kind != "staff":
        return None
    return Staff.objects.select_related("department").filter(public_id=actor.key, is_active=True).first()


def _named(actor: Actor, staff: Staff | None, posts: list[str]) -> Actor:
    return staff.actor_as(posts[0]) if staff and posts else actor


def _refuse(refusal: table.Refusal | None, actor: Actor, case: Case, action: Action, *, held: bool) -> None:
    if refusal is None:
        return
    if refusal.kind == "state":
        raise errors.StateForbids(refusal.words, extra={"state": case.state})
    if refusal.kind == "guard" and held:
        raise held_by_other(case, refusal.words)
    if refusal.kind == "guard":
        raise errors.NotNow(refusal.words)
    facts = {"attempt": action.value}
    raise errors.PostForbids(
        refusal.words,
        attempt=lambda: record_refusal(actor, "case.post_forbids", subject=subject(case), facts=facts),
    )


def _next_assignee(turn: Turn, to: State) -> int | None:
    """Whoever acted keeps the case if the next step is work of their posts; else it goes back to the queue."""
    if to in DONE:
        return None
    if turn.staff is None or to is State.CORRECTION:
        return turn.previous_assignee if to is not State.CORRECTION or turn.staff is None else turn.staff.pk
    return turn.staff.pk if table.DESK.get(to, frozenset()) & turn.roles else None
