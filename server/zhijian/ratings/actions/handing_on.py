"""The orders of an officer who left or lost the post: given to a colleague, or to be assigned anew by a head."""

from django.db import transaction

from zhijian.audit.actions import record
from zhijian.core.actor import Actor
from zhijian.core.clock import now
from zhijian.organizations.held import Moved
from zhijian.organizations.models import Staff
from zhijian.ratings.models import Rectification, RectificationStep
from zhijian.ratings.queries.rectifications import HELD, may_keep


@transaction.atomic
def hand_on(actor: Actor, holder: Staff, receiver: Staff | None) -> Moved:
    given = freed = 0
    orders = Rectification.objects.select_for_update(of=("self",)).select_related("department")
    for order in orders.filter(assignee=holder, state__in=HELD).order_by("pk"):
        if may_keep(holder, order):
            continue
        order.assignee = receiver if receiver and may_keep(receiver, order) else None
        order.save(update_fields=["assignee"])
        RectificationStep.objects.create(
            rectification=order,
            action="hand_on",
            from_state=order.state,
            to_state=order.state,
            actor_key=actor.key,
            actor_label=actor.label,
            note=f"原承办人{holder}已不能办理。",
            at=now(),
        )
        to = order.assignee.public_id if order.assignee else ""
        facts = {"from_holder": holder.public_id, "receiver": to}
        record(actor, "rectification.hand_on", subject=f"rectification:{order.public_id}", facts=facts)
        given, freed = (given + 1, freed) if to else (given, freed + 1)
    return Moved(given, freed)
