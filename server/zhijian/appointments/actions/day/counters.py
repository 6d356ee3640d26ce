"""开窗、暂停、关窗: who sits where. One person a counter, one counter a person."""

from datetime import datetime

from django.db import IntegrityError, transaction

from zhijian.appointments import errors
from zhijian.appointments.actions.day import turn
from zhijian.appointments.models import Counter, Visit
from zhijian.appointments.rules import visits as rules
from zhijian.appointments.rules.visits import Act
from zhijian.audit.actions import record
from zhijian.core.actor import SYSTEM, Actor
from zhijian.core.clock import local_date, now
from zhijian.core.zone import CHINA
from zhijian.organizations import held
from zhijian.organizations.models import Staff


@transaction.atomic
def open_counter(actor: Actor, *, counter: Counter, staff: Staff) -> Counter:
    """``staff`` sits down at ``counter``. What was left open on an earlier day is cleared, also without a worker.

    Raises CounterTaken, AtOtherCounter.
    """
    moment = now()
    fresh = turn.lock_counter(counter)
    if fresh.staff_id == staff.pk and turn.sits_at(actor, fresh, moment):
        return fresh
    if fresh.staff is not None and fresh.staff_id != staff.pk and _open_today(fresh, moment):
        raise errors.CounterTaken(f"{fresh}现在由{fresh.staff}使用。")
    midnight = moment.astimezone(CHINA).replace(hour=0, minute=0, second=0, microsecond=0)
    Counter.objects.filter(staff=staff, opened_at__lt=midnight).exclude(pk=fresh.pk).update(
        staff=None, opened_at=None, paused=False
    )
    if not held.still_able(staff, lambda person: person.is_active):
        raise errors.CounterNotFound
    _clear(fresh, moment)
    fresh.staff, fresh.opened_at, fresh.paused = staff, moment, False
    try:
        with transaction.atomic():
            fresh.save(update_fields=["staff", "opened_at", "paused"])
    except IntegrityError as error:
        other = Counter.objects.filter(staff=staff).first()
        raise errors.AtOtherCounter(f"您在{other}。" if other else "") from error
    _tell(actor, fresh, "opened")
    return fresh


@transaction.atomic
def pause(actor: Actor, *, counter: Counter, paused: bool) -> Counter:
    """Call nobody for a while, or again. Raises NotAtCounter."""
    fresh = own_counter(actor, counter)
    if fresh.paused != paused:
        fresh.paused = paused
        fresh.save(update_fields=["paused"])
        _tell(actor, fresh, "paused" if paused else "resumed")
    return fresh


@transaction.atomic
def close_counter(actor: Actor, *, counter: Counter) -> Counter:
    """Leave the counter. Raises NotAtCounter, CounterBusy while somebody is called to it or served."""
    fresh = own_counter(actor, counter)
    refuse_busy(fresh)
    return free(actor, fresh)


def free(actor: Actor, counter: Counter) -> Counter:
    """Nobody sits at the locked ``counter`` any more."""
    counter.staff, counter.opened_at, counter.paused = None, None, False
    counter.save(update_fields=["staff", "opened_at", "paused"])
    _tell(actor, counter, "closed")
    return counter


def own_counter(actor: Actor, counter: Counter) -> Counter:
    """The locked counter at which the actor sits. Raises NotAtCounter."""
    fresh = turn.lock_counter(counter)
    if not turn.sits_at(actor, fresh, now()):
        raise errors.NotAtCounter
    return fresh


def refuse_busy(counter: Counter) -> None:
    current = counter.visits.filter(state__in=rules.AT_COUNTER).first()
    if current is not None:
        raise errors.CounterBusy(f"{current.number}号{current.get_state_display()}。")


def _clear(counter: Counter, moment: datetime) -> None:
    """Tickets that a counter still had when nobody closed it end with their day, or they would block it."""
    left = Visit.objects.select_for_update(of=("self",)).filter(
        counter=counter, state__in=rules.AT_COUNTER, day__lt=local_date(moment)
    )
    for visit in left:
        turn.finish(turn.LIFE.turn(visit, Act.CLOSE, SYSTEM, at=moment))


def _open_today(counter: Counter, moment: datetime) -> bool:
    return counter.opened_at is not None and local_date(counter.opened_at) == local_date(moment)


def _tell(actor: Actor, counter: Counter, what: str) -> None:
    subject = f"counter:{counter.public_id}"
    record(actor, f"counter.{what}", subject=subject, facts={"number": counter.number})
