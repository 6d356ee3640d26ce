"""The life of a consultation: what the frame of its staff actions reads, writes and refuses."""

from datetime import datetime
from typing import Any

from zhijian.consultations import errors
from zhijian.consultations.models import Consultation, Step
from zhijian.consultations.queries.staff import facts_of
from zhijian.consultations.rules import table
from zhijian.consultations.rules.states import State
from zhijian.consultations.rules.table import Action, Facts
from zhijian.core.actor import Actor
from zhijian.core.clock import now
from zhijian.lifecycle import turn as frame
from zhijian.organizations.models import Staff

#: Work that is done many times over: one step a person is enough to know who did it.
_REPEATED = (Action.EDIT, Action.GROUP, Action.MODERATE)
Turn = frame.Turn[Consultation, State, Action]


class ConsultationLife(frame.Life[Consultation, State, Action]):
    name, model = "consultation", Consultation
    table, states = table.TABLE, State
    state_forbids, role_forbids, not_now = errors.StateForbids, errors.PostForbids, errors.NotNow
    reason_missing = errors.ReasonNeeded

    def facts_of(self, row: Consultation, staff: Staff | None, moment: datetime) -> Facts:
        return facts_of(row, staff)

    def write_step(self, turn: Turn, *, opinion: str, note: str, **extra: Any) -> None:
        write_step(turn.row, turn.actor, turn.action.value, note=note)

    def facts_told(self, turn: Turn) -> dict[str, Any]:
        return {}


LIFE = ConsultationLife()
begin, finish, subject = LIFE.begin, LIFE.finish, LIFE.subject


def write_step(row: Consultation, actor: Actor, action: str, *, note: str = "") -> None:
    if action in _REPEATED and row.steps.filter(action=action, actor_key=actor.key).exists():
        return
    Step.objects.create(
        consultation=row, action=action, actor_key=actor.key, actor_label=actor.label, note=note, at=now()
    )
