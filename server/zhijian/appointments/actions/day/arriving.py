"""签到: a booking becomes a ticket of the queue, once."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from zhijian.appointments import errors
from zhijian.appointments.actions.day import turn
from zhijian.appointments.models import Booking, Visit
from zhijian.appointments.rules import checkin
from zhijian.appointments.rules.checkin import Outcome
from zhijian.appointments.rules.states import BookingState, Pool, VisitKind, state_at
from zhijian.appointments.rules.visits import Act
from zhijian.core.actor import Actor
from zhijian.core.clock import local_date, now
from zhijian.core.dates import short_date
from zhijian.core.errors import Problem
from zhijian.core.geo import Point, distance
from zhijian.core.zone import CHINA
from zhijian.organizations.models import Hall

_REFUSALS: Final[dict[Outcome, type[Problem]]] = {
    Outcome.UNCONFIRMED: errors.NotConfirmed,
    Outcome.EXPIRED: errors.HoldExpired,
    Outcome.CANCELLED: errors.BookingCalledOff,
    Outcome.USED: errors.AlreadyCheckedIn,
    Outcome.MISSED: errors.BookingMissedEarlier,
    Outcome.ELSEWHERE: errors.OtherHall,
    Outcome.OTHER_DAY: errors.OtherDay,
    Outcome.EARLY: errors.TooEarly,
}
LATE_WORDS = "已过预约时段，按现场号排队"


@transaction.atomic
def check_in(actor: Actor, *, booking: Booking, hall: Hall) -> Visit:
    """Check ``booking`` in at ``hall``. Whoever is late joins the line of those without a booking.

    Raises NotConfirmed, HoldExpired, BookingCalledOff, AlreadyCheckedIn, BookingMissedEarlier, OtherHall, OtherDay
    or TooEarly. Two at once give one ticket.
    """
    moment = now()
    fresh = turn.lock_booking(booking)
    slot, group = fresh.slot, fresh.slot.group
    outcome = checkin.judge(
        checkin.Arrival(
            state=state_at(fresh.state, fresh.hold_until, moment),
            here=group.hall_id == hall.pk,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            early=timedelta(minutes=group.early_minutes),
            grace=timedelta(minutes=group.grace_minutes),
        ),
        moment,
    )
    if refusal := _REFUSALS.get(outcome):
        raise refusal(_detail(outcome, fresh))
    late = outcome is Outcome.LATE
    queue = turn.lock_days([group.pk], local_date(moment))[group.pk]
    visit = turn.issue(
        actor,
        Act.CHECK_IN,
        group=group,
        queue=queue,
        at=moment,
        words=LATE_WORDS if late else "",
        kind=VisitKind.WALK_IN if late else VisitKind.BOOKED,
        priority=fresh.pool == Pool.PRIORITY,
        item_code=fresh.item_code,
        booking=fresh,
        citizen=fresh.citizen,
        due_at=moment if late else slot.starts_at,
    )
    fresh.state = BookingState.ARRIVED
    fresh.save(update_fields=["state"])
    return visit


@transaction.atomic
def check_in_nearby(actor: Actor, *, booking: Booking, latitude: float, longitude: float) -> Visit:
    """Check in from a phone close to the hall. The distance is the server's; the position isn't kept.

    Raises HallNotPlaced, TooFar, and what :func:`check_in` raises.
    """
    group = booking.slot.group
    hall = group.hall
    if hall.latitude is None or hall.longitude is None:
        raise errors.HallNotPlaced
    metres = distance(Point(latitude, longitude), Point(hall.latitude, hall.longitude))
    if not metres <= group.near_metres:
        raise errors.TooFar(f"距离{hall.name}约 {_distance(metres)}，{group.near_metres} 米以内可以签到。")
    return check_in(actor, booking=booking, hall=hall)


def _distance(metres: float) -> str:
    return f"{metres / 1000:.1f} 公里" if metres >= 1000 else f"{metres:.0f} 米"


def _detail(outcome: Outcome, booking: Booking) -> str:
    slot = booking.slot
    if outcome is Outcome.ELSEWHERE:
        return f"您预约的是{slot.group.hall.name}，地址：{slot.group.hall.address}。"
    if outcome is Outcome.OTHER_DAY:
        return f"预约日期是{short_date(slot.date)} {_clock(slot.starts_at)}。"
    if outcome is Outcome.EARLY:
        opens = slot.starts_at - timedelta(minutes=slot.group.early_minutes)
        return f"{_clock(opens)} 开始签到，预约时段 {_clock(slot.starts_at)}–{_clock(slot.ends_at)}。"
    if outcome is Outcome.USED:
        visit = Visit.objects.filter(booking=booking).first()
        return f"您的票号是 {visit.number}。" if visit else ""
    return ""


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone(CHINA):%H:%M}"
