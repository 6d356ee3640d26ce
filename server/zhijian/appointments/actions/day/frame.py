"""What every act on a ticket shares: locks in one order, the step, the audit entry.

Locks are taken booking → counter → group's day → ticket, so that no two acts wait for each other in a ring.
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from zhijian.appointments import errors
from zhijian.appointments.models import Booking, Counter, CounterGroup, GroupDay, Visit, VisitStep
from zhijian.appointments.rules import visits as rules
from zhijian.appointments.rules.visits import Act
from zhijian.audit.actions import record
from zhijian.core.actor import Actor
from zhijian.core.clock import local_date, now
from zhijian.organizations.models import Staff


def lock_days(groups: Collection[int], day: date) -> dict[int, GroupDay]:
    """The queues of these groups on ``day``, locked in the order of their keys, by group."""
    GroupDay.objects.bulk_create(
        [GroupDay(group_id=group, day=day) for group in sorted(groups)], ignore_conflicts=True
    )
    locked = GroupDay.objects.select_for_update().filter(group__in=groups, day=day).order_by("pk")
    return {queue.group_id: queue for queue in locked}


def lock_counter(counter: Counter) -> Counter:
    """Locked, then read: what a statement that waited for a lock joins to it is from before the wait."""
    Counter.objects.select_for_update().only("pk").get(pk=counter.pk)
    return Counter.objects.select_related("staff", "hall").get(pk=counter.pk)


def lock_visit(visit: Visit) -> Visit:
    Visit.objects.select_for_update().only("pk").get(pk=visit.pk)
    related = ("group__hall", "counter__staff", "booking", "citizen")
    return Visit.objects.select_related(*related).get(pk=visit.pk)


def lock_booking(booking: Booking) -> Booking:
    Booking.objects.select_for_update().only("pk").get(pk=booking.pk)
    return Booking.objects.select_related("slot__group__hall", "citizen").get(pk=booking.pk)


def sits_at(actor: Actor, counter: Counter | None, moment: datetime) -> bool:
    """Whether ``actor`` opened this counter today: who forgot to close it yesterday isn't there any more."""
    if counter is None or counter.staff is None or counter.opened_at is None:
        return False
    return counter.staff.public_id == actor.key and local_date(counter.opened_at) == local_date(moment)


def own_visit(actor: Actor, visit: Visit, act: Act) -> Visit:
    """The locked ticket at the actor's own counter. Raises VisitNotNow, NotYourVisit."""
    fresh = lock_visit(visit)
    check(fresh, act)
    if not sits_at(actor, fresh.counter, now()):
        raise errors.NotYourVisit
    return fresh


def free_or_own(actor: Actor, visit: Visit, act: Act) -> Visit:
    """The locked ticket, unless staff reach for one that another counter has. Raises VisitNotNow, NotYourVisit."""
    fresh = lock_visit(visit)
    check(fresh, act)
    if fresh.counter is not None and actor.kind == "staff" and not sits_at(actor, fresh.counter, now()):
        raise errors.NotYourVisit
    return fresh


def check(visit: Visit, act: Act) -> None:
    """Raises VisitNotNow, which says what the ticket is now."""
    if not rules.allows(visit.state, act):
        words = visit.get_state_display()
        raise errors.VisitNotNow(f"{visit.number}号现在是“{words}”。", extra={"state": visit.state})


def staff_of(actor: Actor) -> Staff | None:
    return Staff.objects.filter(public_id=actor.key).first() if actor.kind == "staff" else None


def note(
    actor: Actor,
    visit: Visit,
    act: Act,
    *,
    at: datetime,
    counter: Counter | None = None,
    words: str = "",
    facts: dict[str, Any] | None = None,
) -> None:
    """Append the step and the audit entry of what was done."""
    VisitStep.objects.create(
        visit=visit, action=act, at=at, counter=counter, staff=staff_of(actor), note=words[:100]
    )
    told = {"number": visit.number, **({"counter": counter.number} if counter else {}), **(facts or {})}
    record(actor, f"visit.{act.value}", subject=f"visit:{visit.public_id}", facts=told)


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
    queue.issued += 1
    queue.save(update_fields=["issued"])
    visit = Visit.objects.create(
        group=group,
        day=queue.day,
        sequence=queue.issued,
        number=f"{group.prefix}{queue.issued:03d}",
        arrived_at=at,
        **content,
    )
    note(actor, visit, act, at=at, words=words)
    return visit
