"""The frame of every staff action: lock, check, write the step, the audit entry and the state."""

from dataclasses import dataclass
from typing import Any

from zhijian.audit.actions import record, record_refusal
from zhijian.consultations import errors
from zhijian.consultations.models import Consultation, Step
from zhijian.consultations.queries.staff import facts_of, roles_of
from zhijian.consultations.rules import table
from zhijian.consultations.rules.table import Action
from zhijian.core.actor import Actor
from zhijian.core.clock import now
from zhijian.core.errors import FieldError
from zhijian.organizations.models import Staff

#: Work that is done many times over: one step a person is enough to know who did it.
_REPEATED = (Action.EDIT, Action.GROUP, Action.MODERATE)


@dataclass(frozen=True, slots=True)
class Turn:
    """``consultation`` is locked; ``actor`` is named by the post that allows the action."""

    consultation: Consultation
    transition: table.Transition
    actor: Actor
    note: str


def subject(consultation: Consultation) -> str:
    return f"consultation:{consultation.public_id}"


def begin(actor: Actor, consultation: Consultation, action: Action, *, reason: str = "") -> Turn:
    """Raises StateForbids, PostForbids, NotNow, ReasonNeeded."""
    row = (
        Consultation.objects.select_for_update(of=("self",))
        .select_related("department")
        .get(pk=consultation.pk)
    )
    transition = table.find(row.state, action)
    if transition is None:
        raise errors.StateForbids(extra={"state": row.state})
    staff = _staff(actor)
    if staff is None or transition.role not in roles_of(staff, row):
        raise errors.PostForbids(
            attempt=lambda: record_refusal(
                actor, "consultation.post_forbids", subject=subject(row), facts={"attempt": action.value}
            )
        )
    if why := transition.guard(facts_of(row, staff)):
        raise errors.NotNow(why)
    note = reason.strip()[:500]
    if transition.needs_reason and not note:
        raise errors.ReasonNeeded(fields=[FieldError("/reason", "required", errors.ReasonNeeded.title)])
    return Turn(row, transition, staff.actor_as(transition.role), note)


def finish(turn: Turn, *, facts: dict[str, Any] | None = None) -> Consultation:
    """Save the consultation in its new state, and write down who did what."""
    row, action = turn.consultation, turn.transition.action
    row.state = turn.transition.target or row.state
    row.save()
    write_step(row, turn.actor, action.value, note=turn.note)
    record(turn.actor, f"consultation.{action.value}", subject=subject(row), facts=facts)
    return row


def write_step(row: Consultation, actor: Actor, action: str, *, note: str = "") -> None:
    if action in _REPEATED and row.steps.filter(action=action, actor_key=actor.key).exists():
        return
    Step.objects.create(
        consultation=row, action=action, actor_key=actor.key, actor_label=actor.label, note=note, at=now()
    )


def _staff(actor: Actor) -> Staff | None:
    if actor.kind != "staff":
        return None
    return Staff.objects.select_related("department").filter(public_id=actor.key, is_active=True).first()
