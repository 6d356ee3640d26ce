"""Who may change what a hall offers."""

from zhijian.appointments.errors import OutOfScope
from zhijian.appointments.models import CounterGroup
from zhijian.appointments.queries.supply.scope import manages_group, manages_hall
from zhijian.audit.actions import record_refusal
from zhijian.core.actor import Actor
from zhijian.organizations.models import Hall, Staff
from zhijian.organizations.rules import Post


def managing(actor: Actor, *, hall: Hall, group: CounterGroup | None) -> Actor:
    """``actor`` named by the post that allows it. Raises OutOfScope, audited, for whoever isn't the hall's manager
    or, for one group, its department's."""
    if actor.kind == "system":
        return actor
    staff = None
    if actor.kind == "staff":
        staff = Staff.objects.select_related("department").filter(public_id=actor.key, is_active=True).first()
    if staff and (manages_hall(staff, hall) or (group is not None and manages_group(staff, group))):
        return staff.actor_as(Post.HALL_MANAGER)
    raise OutOfScope(
        attempt=lambda: record_refusal(actor, "supply.out_of_scope", subject=f"hall:{hall.code}")
    )


def hold(hall: Hall) -> None:
    """Lock ``hall``: whoever changes what it offers goes one after another. Readers and bookings don't wait."""
    Hall.objects.select_for_update(no_key=True).get(pk=hall.pk)
