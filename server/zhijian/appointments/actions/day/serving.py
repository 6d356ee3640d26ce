"""办理: begin, finish, hand on to another group, or the person went away."""

from django.db import transaction

from zhijian.appointments import errors
from zhijian.appointments.actions.day import turn
from zhijian.appointments.actions.release import release_claim
from zhijian.appointments.models import Booking, CounterGroup, Visit
from zhijian.appointments.rules.states import BookingState
from zhijian.appointments.rules.visits import Act
from zhijian.core.actor import Actor


@transaction.atomic
def serve(actor: Actor, *, visit: Visit) -> Visit:
    """The person called is here. Raises VisitNotNow, NotYourVisit."""
    return turn.finish(turn.begin(actor, visit, Act.SERVE))


@transaction.atomic
def finish(actor: Actor, *, visit: Visit) -> Visit:
    """Done: the counter is free, the booking served. Raises VisitNotNow, NotYourVisit."""
    if visit.booking_id:  # bookings are locked before tickets, as at check-in
        Booking.objects.select_for_update().only("pk").get(pk=visit.booking_id)
    begun = turn.begin(actor, visit, Act.FINISH)
    if key := begun.row.booking_id:
        Booking.objects.filter(pk=key).update(state=BookingState.SERVED, ended_at=begun.at)
        release_claim(key)
    return turn.finish(begun)


@transaction.atomic
def transfer(actor: Actor, *, visit: Visit, group: CounterGroup) -> Visit:
    """Hand the person at one's counter, or somebody who waits in the wrong line, on to another group of the hall.
    The ticket keeps its printed number and its time, so that nobody queues twice.

    Raises TransferWrong, VisitNotNow, NotYourVisit.
    """
    if group.pk == visit.group_id or group.hall_id != visit.group.hall_id or not group.active:
        raise errors.TransferWrong
    queue = turn.lock_days([group.pk], visit.day)[group.pk]
    begun = turn.begin(actor, visit, Act.TRANSFER)
    if begun.row.group_id == group.pk:
        raise errors.TransferWrong
    begun.row.group, begun.row.sequence = group, turn.next_of(queue)
    return turn.finish(begun, note=f"转到{group.name}")


@transaction.atomic
def leave(actor: Actor, *, visit: Visit) -> Visit:
    """The person went away before being served. Raises VisitNotNow; NotYourVisit when called to another counter."""
    return turn.finish(turn.begin(actor, visit, Act.LEAVE))
