"""The tickets of somebody who left or lost the post: handed to a colleague, or free to be taken. The clock goes on."""

from django.db import transaction

from zhijian.core.actor import Actor
from zhijian.core.clock import now
from zhijian.organizations.held import Moved
from zhijian.organizations.models import Staff
from zhijian.tickets.actions import turn
from zhijian.tickets.models import Ticket
from zhijian.tickets.queries.facts import may_keep
from zhijian.tickets.rules.acts import Action
from zhijian.tickets.rules.states import OPEN


@transaction.atomic
def hand_on(actor: Actor, holder: Staff, receiver: Staff | None) -> Moved:
    given = freed = 0
    waiting = Ticket.objects.filter(assignee=holder, state__in=sorted(OPEN)).order_by("pk")
    for key in waiting.values_list("pk", flat=True):
        ticket = turn.lock(key)
        if ticket.assignee_id != holder.pk or may_keep(holder, ticket):
            continue
        to = receiver if receiver and may_keep(receiver, ticket) else None
        move = turn.LIFE.turn(ticket, Action.HAND_ON, actor, at=now())
        ticket.assignee = to
        facts = {"from_holder": holder.public_id, "receiver": to.public_id if to else ""}
        turn.finish(move, opinion=f"原承办人{holder}已不能办理。", facts=facts)
        given, freed = (given + 1, freed) if to else (given, freed + 1)
    return Moved(given, freed)
