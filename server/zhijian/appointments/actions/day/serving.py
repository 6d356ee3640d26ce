"""办理: begin, finish, hand on to another group, or the person went away."""

from django.db import transaction

from zhijian.appointments import errors
from zhijian.appointments.actions.day import frame
from zhijian.appointments.actions.release import release_claim
from zhijian.appointments.events import VisitFinished
from zhijian.appointments.models import Booking, CounterGroup, Visit
from zhijian.appointments.rules import visits as rules
from zhijian.appointments.rules.states import BookingState
from zhijian.appointments.rules.visits import Act
from zhijian.core.actor import Actor
from zhijian.core.clock import now
from zhijian.core.events import emit


@transaction.atomic
def serve(actor: Actor, *, visit: Visit) -> Visit:
    """The person called is here. Raises VisitNotNow, NotYourVisit."""
    fresh = frame.own_visit(actor, visit, Act.SERVE)
    moment = now()
    fresh.state, fresh.served_at = rules.target(Act.SERVE), moment
    fresh.save(update_fields=["state", "served_at"])
    frame.note(actor, fresh, Act.SERVE, at=moment, counter=fresh.counter)
    return fresh


@transaction.atomic
def finish(actor: Actor, *, visit: Visit) -> Visit:
    """Done: the counter is free, the booking served. Raises VisitNotNow, NotYourVisit."""
    if visit.booking_id:  # bookings are locked before tickets, as at check-in
        Booking.objects.select_for_update().only("pk").get(pk=visit.booking_id)
    fresh = frame.own_visit(actor, visit, Act.FINISH)
    moment = now()
    fresh.state, fresh.finished_at = rules.target(Act.FINISH), moment
    fresh.save(update_fields=["state", "finished_at"])
    if fresh.booking_id:
        Booking.objects.filter(pk=fresh.booking_id).update(state=BookingState.SERVED, ended_at=moment)
        release_claim(fresh.booking_id)
    frame.note(actor, fresh, Act.FINISH, at=moment, counter=fresh.counter)
    emit(VisitFinished(fresh.public_id))
    return fresh


@transaction.atomic
def transfer(actor: Actor, *, visit: Visit, group: CounterGroup) -> Visit:
    """Hand the person at one's counter, or somebody who waits in the wrong line, on to another group of the hall.
    The ticket keeps its printed number and its time, so that nobody queues twice.

    Raises TransferWrong, VisitNotNow, NotYourVisit.
    """
    if group.pk == visit.group_id or group.hall_id != visit.group.hall_id or not group.active:
        raise errors.TransferWrong
    queue = frame.lock_days([group.pk], visit.day)[group.pk]
    fresh = frame.free_or_own(actor, visit, Act.TRANSFER)
    if fresh.group_id == group.pk:
        raise errors.TransferWrong
    moment, counter = now(), fresh.counter
    queue.issued += 1
    queue.save(update_fields=["issued"])
    fresh.group, fresh.sequence, fresh.state = group, queue.issued, rules.target(Act.TRANSFER)
    fresh.counter, fresh.staff, fresh.called_at, fresh.served_at, fresh.calls = None, None, None, None, 0
    fresh.save()
    frame.note(actor, fresh, Act.TRANSFER, at=moment, counter=counter, words=f"转到{group.name}")
    return fresh


@transaction.atomic
def leave(actor: Actor, *, visit: Visit) -> Visit:
    """The person went away before being served. Raises VisitNotNow; NotYourVisit when called to another counter."""
    fresh = frame.free_or_own(actor, visit, Act.LEAVE)
    moment, counter = now(), fresh.counter
    fresh.state, fresh.finished_at = rules.target(Act.LEAVE), moment
    fresh.save(update_fields=["state", "finished_at"])
    frame.note(actor, fresh, Act.LEAVE, at=moment, counter=counter)
    return fresh
