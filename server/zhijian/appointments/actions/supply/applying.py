"""Does what was shown: a change is applied only with the impact that its manager saw."""

from dataclasses import dataclass
from datetime import datetime
from functools import singledispatch
from typing import Any

from django.db import transaction

from zhijian.appointments.actions.supply.guard import hold, managing
from zhijian.appointments.actions.supply.steps import carry_out, lock_unheld
from zhijian.appointments.actions.waiting import advance
from zhijian.appointments.errors import ImpactChanged
from zhijian.appointments.events import PlacesTaken
from zhijian.appointments.models import Displacement, Slot
from zhijian.appointments.queries.supply.changes import Change
from zhijian.appointments.queries.supply.impact import Course, Hit, Impact, course_of, survey
from zhijian.audit.actions import record
from zhijian.core.actor import Actor
from zhijian.core.clock import now
from zhijian.core.events import emit
from zhijian.core.workdays import Workdays


@dataclass(frozen=True, slots=True)
class Written:
    """What a kind of change stored, for the audit trail."""

    event: str
    subject: str
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Applied:
    impact: Impact
    subject: str


@singledispatch
def check(change: Any, at: datetime) -> None:
    """Raise what is wrong with a change of this kind."""
    raise TypeError(type(change))


@singledispatch
def write(change: Any, at: datetime) -> Written:
    """Store the plan, special day or closure itself."""
    raise TypeError(type(change))


@transaction.atomic
def apply_change(actor: Actor, *, change: Change, expected: str | None) -> Applied:
    """Carry ``change`` out if its impact is still ``expected`` (``impact_of(change).digest``; None: whatever it is,
    for what follows from a law and not from a manager).

    Whoever loses a place is put down as displaced in the same transaction and moved afterwards
    (``settle_waiting``). Raises OutOfScope, what is wrong with the change, and ImpactChanged.
    """
    hold(change.hall)
    named = managing(actor, hall=change.hall, group=change.group)
    at = now()
    check(change, at)
    course = course_of(change, at, Workdays.for_writing())
    lock_unheld(course.works, at=at)
    impact = survey(course, at)
    if expected is not None and impact.digest != expected:
        raise ImpactChanged
    written = write(change, at)
    carry_out(course.works, at=at)
    _displace(named, impact.hits, reason=change.reason, at=at)
    counts = {
        "slots_added": impact.slots_added,
        "slots_removed": impact.slots_removed,
        "hit": len(impact.hits),
    }
    record(named, written.event, subject=written.subject, facts=written.facts | counts)
    if impact.hits:
        emit(PlacesTaken(hall_code=change.hall.code, count=len(impact.hits)))
    _offer(course)
    return Applied(impact, written.subject)


def _displace(actor: Actor, hits: tuple[Hit, ...], *, reason: str, at: datetime) -> None:
    """A booking that is waiting to be moved already goes on waiting, and its seat goes too if it now has to."""
    waiting = Displacement.objects.filter(outcome=Displacement.Outcome.WAITING)
    waiting.filter(booking__in=[hit.booking for hit in hits if hit.drops_seat]).update(drops_seat=True)
    rows = [
        Displacement(
            booking=hit.booking,
            slot_id=hit.booking.slot_id,
            drops_seat=hit.drops_seat,
            reason=reason,
            actor_kind=actor.kind,
            actor_key=actor.key,
            actor_label=actor.label,
            at=at,
        )
        for hit in hits
    ]
    Displacement.objects.bulk_create(rows, ignore_conflicts=True)


def _offer(course: Course) -> None:
    grown = [work.step.existing.id for work in course.works if work.step.existing and work.step.gained]
    for slot in Slot.objects.filter(pk__in=grown).select_related("schedule").order_by("starts_at"):
        advance(slot)
