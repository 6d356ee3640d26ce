"""催办: the applicant asks to hurry, once a day."""

from django.db import transaction

from zhijian.cases.actions import turn
from zhijian.cases.models import Case
from zhijian.cases.rules.acts import Action
from zhijian.core.actor import Actor


@transaction.atomic
def urge(actor: Actor, *, case: Case, note: str = "") -> Case:
    move = turn.begin(actor, case, Action.URGE)
    move.row.urged_at = move.at
    return turn.finish(move, note=note[:500])
