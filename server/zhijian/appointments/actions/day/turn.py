"""The life of a ticket: what the frame of its actions reads, writes and refuses.

Locks are taken booking → counter → group's day → ticket, so that no two acts wait for each other in a ring.
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from zhijian.appointments import errors
from zhijian.appointments.events import VisitCalled, VisitFinished
from zhijian.appointments.models import Booking, Counter, CounterGroup, GroupDay, Visit, VisitStep
from zhijian.appointments.rules import visits as rules
from zhijian.appointments.rules.states import VisitState as State
from zhijian.appointments.rules.visits import Act, Facts, Role
from zhijian.core.actor import Actor
from zhijian.core.clock import local_date, now
from zhijian.core.errors import Problem
from zhijian.core.events import emit
from zhijian.lifecycle import turn as frame
from zhijian.lifecycle.table import Refusal
from zhijian.organizations.models import Staff

Turn = frame.Turn[Visit, State, Act]


class VisitLife(frame.Life[Visit, State, Act]):
    name, role_refused = "visit", "other_counter"
    table, states = rules.TABLE, State
    state_forbids, role_forbids, not_now = errors.VisitNotNow, errors.NotYourVisit, errors.VisitNotNow

    def lock(self, pk: int) -> Visit:
        """Locked, then read: what a statement that waited for a lock joins to it is from before the wait."""
        Visit.objects.select_for_update().only("pk").get(pk=pk)
        return Visit.objects.select_related("group__hall", "counter__staff", "booking", "citizen").get(pk=pk)

    def roles_of(self, actor: Actor, staff: Staff | None, row: Visit) -> frozenset[str]:
        if row.counter is None:
            return frozenset({Role.FREE.value})
        if sits_at(actor, row.counter, now()):
            return frozenset({Role.COUNTER.value})
        return frozenset() if actor.kind == "staff" else frozenset({Role.HALL.value})

    def facts_of(self, row: Visit, staff: Staff | None, moment: datetime) -> Facts:
        return Facts(rules.may_skip(row.calls, row.called_at, moment), row.day == local_date(moment))

    def shown_number(self, row: Visit) -> str:
        return row.number

    def guard_problem(self, refusal: Refusal, row: Visit, action: Act, facts: Facts) -> Problem:
        return errors.TooSoonToSkip() if action is Act.SKIP else errors.VisitNotNow(refusal.words)

    def enter(self, turn: Turn) -> None:
        """Times of the new state; who is back in line, or did not come, has no counter."""
        visit, to = turn.row, turn.target
        if to in (State.WAITING, State.SKIPPED):
            visit.counter = visit.staff = None
        if to is State.WAITING:
            visit.called_at, visit.served_at, visit.calls = None, None, 0
        elif to is State.SERVING:
            visit.served_at = turn.at
        elif to in (State.DONE, State.LEFT):
            visit.finished_at = turn.at

    def write_step(self, turn: Turn, *, opinion: str, note: str, **extra: Any) -> None:
        VisitStep.objects.create(
            visit=turn.row,
            action=turn.action,
            at=turn.at,
            counter=_counter(turn),
            staff=turn.staff or frame.staff_of(turn.actor),
            note=note[:100],
        )

    def facts_told(self, turn: Turn) -> dict[str, Any]:
        counter = _counter(turn)
        return {"number": turn.row.number} | ({"counter": counter.number} if counter else {})

    def announce(self, turn: Turn) -> None:
        if turn.action is Act.CALL:
            emit(VisitCalled(turn.row.public_id))
        elif turn.action is Act.FINISH:
            emit(VisitFinished(turn.row.public_id))


LIFE = VisitLife()
begin, finish, lock = LIFE.begin, LIFE.finish, LIFE.lock


def _counter(turn: Turn) -> Counter | None:
    """Where the ticket is, or was until now."""
    return turn.row.counter or Counter.objects.filter(pk=turn.before["counter_id"]).first()


def lock_days(groups: Collection[int], day: date) -> dict[int, GroupDay]:
    """The queues of these groups on ``day``, locked in the order of their keys, by group."""
    GroupDay.objects.bulk_create(
        [GroupDay(group_id=group, day=day) for group in sorted(groups)], ignore_conflicts=True
    )
    locked = GroupDay.objects.select_for_update().filter(group__in=groups, day=day).order_by("pk")
    return {queue.group_id: queue for queue in locked}


def lock_counter(counter: Counter) -> Counter:
    """Locked, then read, as :meth:`VisitLife.lock`."""
    Counter.objects.select_for_update().only("pk").get(pk=counter.pk)
    return Counter.objects.select_related("staff", "hall").get(pk=counter.pk)


def lock_booking(booking: Booking) -> Booking:
    Booking.objects.select_for_update().only("pk").get(pk=booking.pk)
    return Booking.objects.select_related("slot__group__hall", "citizen").get(pk=booking.pk)


def sits_at(actor: Actor, counter: Counter, moment: datetime) -> bool:
    """Whether ``actor`` opened this counter today: who forgot to close it yesterday isn't there any more."""
    if counter.staff is None or counter.opened_at is None:
        return False
    return counter.staff.public_id == actor.key and local_date(counter.opened_at) == local_date(moment)


def issue(
    actor: Actor,
    act: Act,
    *,
    group: CounterGroup,
    queue: GroupDay,
    at: datetime,
    words: str = "",
    **content: Any,
) -> Visit:
    """Give the next number of a locked queue."""
    visit = Visit(group=group, day=queue.day, sequence=next_of(queue), arrived_at=at, **content)
    visit.number = f"{group.prefix}{visit.sequence:03d}"
    visit.save()
    return LIFE.tell(LIFE.turn(visit, act, actor, at=at), note=words)


def next_of(queue: GroupDay) -> int:
    """The next place in a locked queue."""
    queue.issued += 1
    queue.save(update_fields=["issued"])
    return queue.issued
