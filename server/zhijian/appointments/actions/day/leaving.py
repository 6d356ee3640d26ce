"""A counter whose officer is gone: it is free, and whoever was called to it or served keeps the place in the line."""

from django.db import transaction

from zhijian.appointments.actions.day import turn
from zhijian.appointments.actions.day.counters import free
from zhijian.appointments.models import Counter
from zhijian.appointments.queries.day import may_sit_at
from zhijian.appointments.rules import visits as rules
from zhijian.appointments.rules.visits import Act
from zhijian.core.actor import Actor
from zhijian.core.clock import now, today
from zhijian.organizations.held import Moved
from zhijian.organizations.models import Staff


@transaction.atomic
def hand_on(actor: Actor, holder: Staff, receiver: Staff | None) -> Moved:
    """Nobody sits down in another's place by an administrator's word: counters are freed, never given."""
    freed = 0
    for seat in Counter.objects.filter(staff=holder).order_by("pk"):
        counter = turn.lock_counter(seat)
        if counter.staff_id != holder.pk or may_sit_at(holder, counter):
            continue
        _back_into_line(actor, counter)
        free(actor, counter)
        freed += 1
    return Moved(freed=freed)


def _back_into_line(actor: Actor, counter: Counter) -> None:
    moment = now()
    for found in counter.visits.filter(state__in=rules.AT_COUNTER, day=today()):
        visit = turn.lock(found.pk)
        if visit.state in rules.AT_COUNTER:
            turn.finish(turn.LIFE.turn(visit, Act.HAND_BACK, actor, at=moment))
