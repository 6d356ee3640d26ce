"""One ticket as the person who holds it sees it."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Avg, Count, F, Q

from zhijian.appointments import errors
from zhijian.appointments.models import Booking, Counter, CounterGroup, GroupDay, Visit
from zhijian.appointments.queries.given import given
from zhijian.appointments.queries.hall import open_counters
from zhijian.appointments.queries.line import mix_of, waiting_in
from zhijian.appointments.rules import calling
from zhijian.appointments.rules.calling import Run
from zhijian.appointments.rules.states import VisitState
from zhijian.core.clock import now, today
from zhijian.identity.models import Citizen

_LATELY = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a group works now: open counters and minutes a person."""

    counters: int
    minutes_each: float


@dataclass(frozen=True, slots=True)
class Place:
    """``ahead`` and ``minutes`` are None when the ticket doesn't wait; ``minutes`` also while no counter is open."""

    ahead: int | None
    minutes: int | None


def visit_for(citizen: Citizen, public_id: str) -> Visit:
    """A ticket of ``citizen`` or of a booking that they made. Raises VisitNotFound."""
    mine = Q(citizen=citizen) | Q(booking__booked_by=citizen)
    found = (
        Visit.objects.select_related("group__hall", "counter")
        .filter(mine, public_id=given(public_id))
        .first()
    )
    if found is None:
        raise errors.VisitNotFound
    return found


def visit_of(booking: Booking) -> Visit:
    """The ticket of a booking that was checked in. Raises VisitNotFound."""
    found = Visit.objects.select_related("group__hall", "counter").filter(booking=booking).first()
    if found is None:
        raise errors.VisitNotFound("这个预约还没有签到。")
    return found


def place_of(visit: Visit) -> Place:
    """How many are called before, and about how long that takes. Four queries for a waiting ticket, else none."""
    if visit.state != VisitState.WAITING or visit.day != today():
        return Place(None, None)
    moment, group = now(), visit.group
    queue = GroupDay.objects.filter(group=group, day=visit.day).first()
    run = Run(queue.booked_run, queue.walk_in_run) if queue else Run()
    ahead = calling.position(
        waiting_in([group.pk], visit.day)[group.pk], run, mix_of(group), moment, of=visit.pk
    )
    if ahead is None:  # called between the two reads
        return Place(None, None)
    pace = pace_of(group)
    until_due = visit.due_at - moment
    return Place(ahead, calling.estimate(ahead, pace.counters, pace.minutes_each, until_due=until_due))


def pace_of(group: CounterGroup) -> Pace:
    """Two queries."""
    lately = Visit.objects.filter(
        group=group, day=today(), state=VisitState.DONE, finished_at__gte=now() - _LATELY
    ).aggregate(count=Count("pk"), mean=Avg(F("finished_at") - F("served_at")))
    counters = Counter.objects.filter(open_counters(), groups=group).count()
    return Pace(counters, calling.service_minutes(lately["count"], lately["mean"], group.service_minutes))
