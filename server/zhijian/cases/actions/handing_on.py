"""The cases of somebody who left or lost a post: handed to a colleague, or back to the queue. The clock goes on."""

from django.db import transaction

from zhijian.cases.actions import turn
from zhijian.cases.models import Case
from zhijian.cases.queries.facts import may_keep
from zhijian.cases.rules.acts import Action
from zhijian.cases.rules.states import OPEN
from zhijian.core.actor import Actor
from zhijian.core.clock import now
from zhijian.organizations.held import Moved
from zhijian.organizations.models import Staff


@transaction.atomic
def hand_on(actor: Actor, holder: Staff, receiver: Staff | None) -> Moved:
    given = freed = 0
    waiting = Case.objects.filter(assignee=holder, state__in=sorted(OPEN)).order_by("pk")
    for key in waiting.values_list("pk", flat=True):
        case, moment = turn.lock(key), now()
        turn.settle(case, moment)
        if case.assignee_id != holder.pk or may_keep(holder, case):
            continue
        to = receiver if receiver and may_keep(receiver, case) else None
        action = Action.TRANSFER if to else Action.RELEASE
        move = turn.LIFE.turn(case, action, actor, at=moment)
        case.assignee = to
        facts = {"from_holder": holder.public_id, "receiver": to.public_id if to else ""}
        turn.finish(move, opinion=f"原办理人{holder}已不能办理。", facts=facts)
        given, freed = (given + 1, freed) if to else (given, freed + 1)
    return Moved(given, freed)
