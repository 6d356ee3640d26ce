"""That answers left the system for analysis, and in whose hands."""

from django.db import transaction

from zhijian.audit.actions import record
from zhijian.consultations import errors
from zhijian.consultations.actions.turn import subject
from zhijian.consultations.models import Consultation
from zhijian.consultations.rules.states import State
from zhijian.core.actor import Actor


@transaction.atomic
def note_export(actor: Actor, *, consultation: Consultation, kind: str) -> None:
    """``kind``: xlsx or csv. Raises NotNow before anybody could answer."""
    if consultation.state in (State.DRAFT, State.REVIEWING):
        raise errors.NotNow("征集发布以后才有答卷可以导出")
    record(actor, "consultation.exported", subject=subject(consultation), facts={"kind": kind})
