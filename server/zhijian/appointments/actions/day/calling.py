"""叫号: next, again, gone by, back in line."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from zhijian.appointments import errors
from zhijian.appointments.actions.day import turn
from zhijian.appointments.actions.day.counters import own_counter, refuse_busy
from zhijian.appointments.models import Counter, CounterGroup, GroupDay, Visit
from zhijian.appointments.queries.line import mix_of, waiting_in
from zhijian.appointments.rules import calling
from zhijian.appointments.rules.calling import Run, Waiting
from zhijian.appointments.rules.states import VisitKind, VisitState
from zhijian.appointments.rules.visits import Act
from zhijian.core.actor import Actor
from zhijian.core.clock import local_date, now


@transaction.atomic
def call_next(actor: Actor, *, counter: Counter) -> Visit:
    """Call whose turn it is to ``counter``, out of all its groups. The locked queues make every caller's visitor
    another one, and a caller that dies on the way leaves nothing behind.

    Raises NotAtCounter, CounterPaused, CounterBusy, NobodyWaits.
    """
    moment = now()
    fresh = own_counter(actor, counter)
    if fresh.paused:
        raise errors.CounterPaused
    refuse_busy(fresh)
    groups = list(fresh.groups.filter(active=True))
    days = turn.lock_days([group.pk for group in groups], local_date(moment))
    called = turn.LIFE.turn(_take_first(groups, days, moment), Act.CALL, actor, at=moment)
    visit = called.row
    visit.calls, visit.called_at, visit.counter, visit.staff = 1, moment, fresh, fresh.staff
    return turn.finish(called)


def _take_first(groups: Iterable[CounterGroup], days: dict[int, GroupDay], moment: datetime) -> Visit:
    """Lock whose turn it is and count the call. Who went away between being read and being locked is passed over.
    Raises NobodyWaits."""
    while found := _first(groups, days, moment):
        chosen, queue, run = found
        visit = turn.lock(chosen.id)
        if visit.state == VisitState.WAITING and visit.group_id == queue.group_id:
            queue.booked_run, queue.walk_in_run = run.booked, run.walk_in
            queue.save(update_fields=["booked_run", "walk_in_run"])
            return visit
    raise errors.NobodyWaits


def _first(
    groups: Iterable[CounterGroup], days: dict[int, GroupDay], moment: datetime
) -> tuple[Waiting, GroupDay, Run] | None:
    """The due ticket with the best rank over all groups; if none is due, the one that is due first."""
    waiting = waiting_in([group.pk for group in groups], local_date(moment))
    found: list[tuple[Waiting, GroupDay, Run]] = []
    for group in groups:
        queue = days[group.pk]
        run = Run(queue.booked_run, queue.walk_in_run)
        if chosen := calling.choose_next(waiting[group.pk], run, mix_of(group), moment):
            found.append((chosen[0], queue, chosen[1]))
    return min(found, key=lambda one: (one[0].due_at > moment, one[0].rank), default=None)


@transaction.atomic
def recall(actor: Actor, *, visit: Visit) -> Visit:
    """Call the same person once more. Raises VisitNotNow, NotYourVisit."""
    begun = turn.begin(actor, visit, Act.RECALL)
    begun.row.calls += 1
    return turn.finish(begun)


@transaction.atomic
def skip(actor: Actor, *, visit: Visit) -> Visit:
    """过号: the person didn't come. Raises VisitNotNow, NotYourVisit, TooSoonToSkip."""
    return turn.finish(turn.begin(actor, visit, Act.SKIP))


@transaction.atomic
def rejoin(actor: Actor, *, visit: Visit) -> Visit:
    """Who was skipped and came after all waits again, behind those who wait now. Raises VisitNotNow."""
    begun = turn.begin(actor, visit, Act.REJOIN)
    begun.row.kind, begun.row.due_at = VisitKind.WALK_IN, begun.at
    return turn.finish(begun)
