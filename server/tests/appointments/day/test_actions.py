"""The day's actions on a real database."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from appointments.day_factories import (
    ITEM,
    PLACE,
    World,
    add_counter,
    arrive,
    called,
    make_booking,
    make_group,
    make_slot,
    make_world,
    serving,
    ticket,
)
from django.db import IntegrityError, transaction
from organizations.factories import HallFactory
from support.rows import changed, stored
from time_machine import travel

from zhijian.appointments import errors
from zhijian.appointments.actions import day as actions
from zhijian.appointments.models import Booking, Closure, Counter, NoShow, Seat, Visit, VisitStep
from zhijian.appointments.queries import scans
from zhijian.appointments.queries.report import unsettled_days
from zhijian.appointments.queries.visits import place_of
from zhijian.appointments.rules import visits as rules
from zhijian.appointments.rules.states import BookingState, Pool, VisitKind, VisitState
from zhijian.appointments.rules.visits import Act
from zhijian.appointments.tasks.day import close_days
from zhijian.audit.models import AuditEntry
from zhijian.core.actor import SYSTEM
from zhijian.core.clock import now, today
from zhijian.core.errors import Problem

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def world() -> World:
    return make_world()


# check-in


def test_a_booking_becomes_a_ticket_once(world: World) -> None:
    booking = make_booking(world)
    visit = actions.check_in(booking.citizen.actor, booking=booking, hall=world.hall)
    assert (visit.number, visit.kind, visit.state) == ("A001", VisitKind.BOOKED, VisitState.WAITING)
    assert visit.due_at == world.slot.starts_at
    booking.refresh_from_db()
    assert booking.state == BookingState.ARRIVED
    assert [step.action for step in visit.steps.all()] == ["check_in"]
    assert AuditEntry.objects.filter(action="visit.check_in", subject=f"visit:{visit.public_id}").exists()
    with pytest.raises(errors.AlreadyCheckedIn, match="A001"):
        actions.check_in(booking.citizen.actor, booking=booking, hall=world.hall)


def test_who_is_late_queues_behind_and_is_told(world: World) -> None:
    booking = make_booking(world)
    with travel("2026-11-02T09:46:00+08:00", tick=False):
        visit = actions.check_in(SYSTEM, booking=booking, hall=world.hall)
        assert (visit.kind, visit.due_at) == (VisitKind.WALK_IN, now())
    assert "现场号" in visit.steps.get().note


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"state": "held", "hold_until": "later"}, errors.NotConfirmed),
        ({"state": "held", "hold_until": "past"}, errors.HoldExpired),
        ({"state": "expired"}, errors.HoldExpired),
        ({"state": "cancelled"}, errors.BookingCalledOff),
        ({"state": "missed"}, errors.BookingMissedEarlier),
        ({"state": "served"}, errors.AlreadyCheckedIn),
    ],
)
def test_each_state_has_its_refusal(world: World, fields: dict[str, str], refusal: type[Problem]) -> None:
    until = {"later": now() + MINUTE, "past": now() - MINUTE}
    content = {key: until.get(value, value) for key, value in fields.items()}
    booking = make_booking(world, **content)
    with pytest.raises(refusal):
        actions.check_in(SYSTEM, booking=booking, hall=world.hall)
    assert not Visit.objects.exists()


@pytest.mark.parametrize(
    ("moment", "refusal", "words"),
    [
        ("2026-11-02T08:29:59+08:00", errors.TooEarly, "08:30 开始签到"),
        ("2026-11-03T09:00:00+08:00", errors.OtherDay, "11月2日 09:00"),
        ("2026-11-01T09:00:00+08:00", errors.OtherDay, "11月2日 09:00"),
    ],
)
def test_the_server_s_clock_decides(world: World, moment: str, refusal: type[Problem], words: str) -> None:
    booking = make_booking(world)
    with travel(moment, tick=False), pytest.raises(refusal, match=words):
        actions.check_in(SYSTEM, booking=booking, hall=world.hall)


def test_another_hall_s_booking_says_where_to_go(world: World) -> None:
    with pytest.raises(errors.OtherHall, match="市民大厅"):
        actions.check_in(SYSTEM, booking=make_booking(world), hall=HallFactory())


def test_near_the_hall_and_far_from_it(world: World) -> None:
    booking = make_booking(world)
    with pytest.raises(errors.TooFar, match=r"公里.*500 米"):
        actions.check_in_nearby(SYSTEM, booking=booking, latitude=PLACE[0] + 0.02, longitude=PLACE[1])
    visit = actions.check_in_nearby(SYSTEM, booking=booking, latitude=PLACE[0] + 0.004, longitude=PLACE[1])
    assert visit.booking_id == booking.pk


def test_a_hall_without_a_place_is_checked_in_at(world: World) -> None:
    world.hall.latitude = None
    world.hall.save()
    booking = Booking.objects.get(pk=make_booking(world).pk)
    with pytest.raises(errors.HallNotPlaced):
        actions.check_in_nearby(SYSTEM, booking=booking, latitude=0, longitude=0)


def test_a_code_opens_its_booking_only(world: World) -> None:
    booking, other = make_booking(world), make_booking(world)
    assert scans.scanned(SYSTEM, scans.qr_of(booking)) == booking
    mac = scans.qr_of(other).rpartition(".")[2]
    for forged in ("", "12345678", f"ZJ1.{booking.public_id}.{mac}", f"ZJ1.{'0' * 26}.{'0' * 16}"):
        with pytest.raises(errors.QrForged) as refused:
            scans.scanned(SYSTEM, forged)
        refused.value.tell()
    assert AuditEntry.objects.filter(action="visit.qr_forged", outcome="refused").count() == 4


def test_a_number_needs_the_phone_s_end(world: World) -> None:
    booking = make_booking(world)
    end = booking.citizen.phone[-4:]
    assert scans.typed(booking.number.lower(), end) == booking
    for number, phone in ((booking.number, "x"), (booking.number, ""), ("NOTHING1", end), ("", "")):
        with pytest.raises(errors.NumberWrong):
            scans.typed(number, phone)


# tickets


def test_walk_ins_take_the_day_s_numbers_and_no_more(world: World) -> None:
    Seat.objects.filter(slot=world.slot, pool=Pool.WALK_IN, number__gte=6).delete()
    late = make_booking(world)
    with travel("2026-11-02T10:00:00+08:00"):
        actions.check_in(SYSTEM, booking=late, hall=world.hall)  # takes none of the numbers
        assert [ticket(world).number for _ in range(2)] == ["A002", "A003"]
        with pytest.raises(errors.NoWalkIns, match="2 个"):
            ticket(world)
    assert Visit.objects.count() == 3


def test_an_item_without_numbers_gives_none(world: World) -> None:
    with pytest.raises(errors.NoWalkIns, match="没有现场号"):
        actions.take_ticket(SYSTEM, group=world.group, item_code="nothing")
    with travel("2026-11-03T09:00:00+08:00"), pytest.raises(errors.NoWalkIns):
        ticket(world)


@pytest.mark.parametrize("whole_hall", [True, False])
def test_a_closed_hall_gives_no_numbers(world: World, whole_hall: bool) -> None:
    closure = Closure.objects.create(
        hall=world.hall,
        group=None if whole_hall else world.group,
        starts_at=now() - MINUTE,
        ends_at=now() + MINUTE,
        reason="系统维护",
    )
    with pytest.raises(errors.ClosedNow, match="系统维护"):
        ticket(world)
    closure.lifted_at = now()
    closure.save()
    assert ticket(world).number == "A001"


def test_another_group_s_closure_is_not_this_one_s(world: World) -> None:
    other = make_group(world.hall, world.department, prefix="B")
    Closure.objects.create(
        hall=world.hall, group=other, starts_at=now() - MINUTE, ends_at=now() + MINUTE, reason="停办"
    )
    assert ticket(world).number == "A001"


# counters


def test_one_person_a_counter_and_one_counter_a_person(world: World) -> None:
    other = add_counter(world, opened=False)
    newcomer = world.officers[1]
    with pytest.raises(errors.CounterTaken):
        actions.open_counter(newcomer.actor, counter=world.counter, staff=newcomer)
    with pytest.raises(errors.AtOtherCounter, match="1号窗口"):
        actions.open_counter(world.officer.actor, counter=other, staff=world.officer)
    actions.open_counter(newcomer.actor, counter=other, staff=newcomer)
    again = actions.open_counter(newcomer.actor, counter=other, staff=newcomer)
    assert again.staff == newcomer
    assert AuditEntry.objects.filter(action="counter.opened").count() == 2


def test_what_yesterday_left_open_blocks_nobody_today(world: World) -> None:
    ticket(world)
    left = called(world)
    other = add_counter(world, opened=False)
    newcomer = world.officers[1]
    with travel("2026-11-03T09:00:00+08:00"):
        make_slot(world.group)
        with pytest.raises(errors.NotAtCounter):
            called(world)
        actions.open_counter(world.officer.actor, counter=other, staff=world.officer)
        actions.open_counter(newcomer.actor, counter=world.counter, staff=newcomer)
        left.refresh_from_db()
        assert left.state == VisitState.LEFT
        new = ticket(world)
        assert actions.call_next(newcomer.actor, counter=world.counter) == new


def test_a_counter_with_a_visitor_isnt_closed(world: World) -> None:
    ticket(world)
    visit = called(world)
    with pytest.raises(errors.CounterBusy, match=visit.number):
        actions.close_counter(world.officer.actor, counter=world.counter)
    actions.leave(world.officer.actor, visit=visit)
    actions.close_counter(world.officer.actor, counter=world.counter)
    with pytest.raises(errors.NotAtCounter):
        called(world)


def test_a_paused_counter_calls_nobody(world: World) -> None:
    ticket(world)
    actions.pause(world.officer.actor, counter=world.counter, paused=True)
    with pytest.raises(errors.CounterPaused):
        called(world)
    actions.pause(world.officer.actor, counter=world.counter, paused=False)
    assert called(world).number == "A001"


# calling


def test_a_visit_from_check_in_to_done(world: World) -> None:
    booked = arrive(world)
    visit = called(world)
    assert (visit, visit.counter, visit.calls) == (booked, world.counter, 1)
    with pytest.raises(errors.CounterBusy):
        called(world)
    assert actions.recall(world.officer.actor, visit=visit).calls == 2
    actions.serve(world.officer.actor, visit=visit)
    done = actions.finish(world.officer.actor, visit=visit)
    assert (done.state, done.booking.state) == (VisitState.DONE, BookingState.ARRIVED)  # type: ignore[union-attr]
    assert Booking.objects.get().state == BookingState.SERVED
    assert [step.action for step in visit.steps.all()] == ["check_in", "call", "recall", "serve", "finish"]
    with pytest.raises(errors.NobodyWaits):
        called(world)


def test_shares_are_kept_over_calls(world: World) -> None:
    for _ in range(3):
        ticket(world)
    booked = {arrive(world).number for _ in range(4)}
    kinds = []
    while True:
        try:
            visit = serving(world)
        except errors.NobodyWaits:
            break
        kinds.append("b" if visit.number in booked else "w")
        actions.finish(world.officer.actor, visit=visit)
    assert "".join(kinds) == "bbwbbww"


def test_a_counter_of_two_groups_calls_whose_turn_came_first(world: World) -> None:
    other = make_group(world.hall, world.department, prefix="B")
    make_slot(other)
    world.counter.groups.add(other)
    with travel("2026-11-02T09:01:00+08:00"):
        first = actions.take_ticket(SYSTEM, group=other, item_code=ITEM)
    with travel("2026-11-02T09:02:00+08:00"):
        second = ticket(world)
    with travel("2026-11-02T09:03:00+08:00"):
        assert called(world) == first
        actions.leave(world.officer.actor, visit=first)
        assert called(world) == second


def test_skipped_and_back_in_line(world: World) -> None:
    visit, other = ticket(world), ticket(world)
    assert called(world) == visit
    with pytest.raises(errors.TooSoonToSkip):
        actions.skip(world.officer.actor, visit=visit)
    actions.recall(world.officer.actor, visit=visit)
    actions.skip(world.officer.actor, visit=visit)
    back = actions.rejoin(world.officer.actor, visit=visit)
    assert (back.state, back.counter, back.calls) == (VisitState.WAITING, None, 0)
    assert called(world) == other


def test_a_transferred_ticket_keeps_number_and_place(world: World) -> None:
    other = make_group(world.hall, world.department, prefix="B")
    make_slot(other)
    counter = add_counter(world)
    counter.groups.set([other])
    visit = ticket(world)
    later = actions.take_ticket(SYSTEM, group=other, item_code=ITEM)
    called(world)
    moved = actions.transfer(world.officer.actor, visit=visit, group=other)
    assert (moved.number, moved.group, moved.state) == ("A001", other, VisitState.WAITING)
    assert later.number == "B001"
    assert actions.call_next(world.officers[1].actor, counter=counter) == visit
    assert [step.action for step in visit.steps.all()] == ["ticket", "call", "transfer", "call"]


def test_transfers_stay_in_the_hall_and_go_elsewhere(world: World) -> None:
    visit = ticket(world)
    foreign = make_group(HallFactory(), world.department)
    closed = make_group(world.hall, world.department, prefix="C", active=False)
    for group in (world.group, foreign, closed):
        with pytest.raises(errors.TransferWrong):
            actions.transfer(world.officer.actor, visit=visit, group=group)


# every state, every act, by whom


def _at(world: World, state: VisitState) -> Visit:
    visit = ticket(world)
    officer = world.officer.actor
    if state in (VisitState.CALLED, VisitState.SERVING, VisitState.DONE, VisitState.SKIPPED):
        called(world)
    if state in (VisitState.SERVING, VisitState.DONE):
        actions.serve(officer, visit=visit)
    if state == VisitState.DONE:
        actions.finish(officer, visit=visit)
    if state == VisitState.SKIPPED:
        actions.recall(officer, visit=visit)
        actions.skip(officer, visit=visit)
    if state == VisitState.LEFT:
        actions.leave(officer, visit=visit)
    visit.refresh_from_db()
    assert visit.state == state
    return visit


_DO: dict[Act, Callable[[World, Visit, int], Visit]] = {
    Act.RECALL: lambda w, v, who: actions.recall(w.officers[who].actor, visit=v),
    Act.SERVE: lambda w, v, who: actions.serve(w.officers[who].actor, visit=v),
    Act.FINISH: lambda w, v, who: actions.finish(w.officers[who].actor, visit=v),
    Act.SKIP: lambda w, v, who: actions.skip(w.officers[who].actor, visit=v),
    Act.REJOIN: lambda w, v, who: actions.rejoin(w.officers[who].actor, visit=v),
    Act.TRANSFER: lambda w, v, who: actions.transfer(
        w.officers[who].actor, visit=v, group=make_group(w.hall, w.department, prefix="Z")
    ),
    Act.LEAVE: lambda w, v, who: actions.leave(w.officers[who].actor, visit=v),
}


@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("act", list(_DO))
@pytest.mark.parametrize("state", list(VisitState))
def test_every_state_and_act_by_ones_own_and_another_counter(
    world: World, state: VisitState, act: Act, own: bool
) -> None:
    add_counter(world)
    visit = _at(world, state)
    with travel(now() + timedelta(minutes=4)):  # long enough to be skipped after one call
        steps = visit.steps.count()
        at_counter = state in (VisitState.CALLED, VisitState.SERVING)
        rows = rules.TABLE.rows(state, act)
        if not rows:
            with pytest.raises(errors.VisitNotNow):
                _DO[act](world, visit, 0 if own else 1)
        elif at_counter and not own:
            with pytest.raises(errors.NotYourVisit):
                _DO[act](world, visit, 1)
        else:
            assert _DO[act](world, visit, 0 if own else 1).state == rows[0].follows
            assert visit.steps.count() == steps + 1
            return
    visit.refresh_from_db()
    assert visit.state == state
    assert visit.steps.count() == steps


BACK = {"state": "waiting", "counter_id": None, "staff_id": None, "called_at": None, "calls": 0}
WRITTEN = {
    (VisitState.CALLED, Act.RECALL): {"calls": 2},
    (VisitState.CALLED, Act.SERVE): {"state": "serving", "served_at": "now"},
    (VisitState.SERVING, Act.FINISH): {"state": "done", "finished_at": "now"},
    (VisitState.CALLED, Act.SKIP): {"state": "skipped", "counter_id": None, "staff_id": None},
    (VisitState.SKIPPED, Act.REJOIN): {"state": "waiting", "due_at": "now", "called_at": None, "calls": 0},
    (VisitState.SERVING, Act.TRANSFER): {**BACK, "served_at": None, "group_id": "Z"},
    (VisitState.CALLED, Act.LEAVE): {"state": "left", "finished_at": "now"},
}


@pytest.mark.parametrize(("state", "act"), list(WRITTEN))
def test_what_an_act_writes(world: World, state: VisitState, act: Act) -> None:
    visit = _at(world, state)
    at, before = now() + timedelta(minutes=4), stored(visit)
    with travel(at, tick=False):
        done = _DO[act](world, visit, 0)
    values = {"now": at, "Z": done.group_id}
    assert changed(before, visit) == {
        name: values.get(value, value) if isinstance(value, str) else value
        for name, value in WRITTEN[state, act].items()
    }
    step = visit.steps.last()
    assert step
    assert (step.action, step.at, step.staff, step.note) == (
        act,
        at,
        world.officer,
        "转到Z类综合窗口" if act is Act.TRANSFER else "",
    )
    assert step.counter == (None if state is VisitState.SKIPPED else world.counter)
    entry = AuditEntry.objects.latest("id")
    told = {"number": visit.number} | ({"counter": step.counter.number} if step.counter else {})
    assert (entry.action, entry.facts) == (f"visit.{act}", told)


# the database refuses by itself


def test_a_counter_has_one_visitor_whatever_is_written(world: World) -> None:
    ticket(world)
    called(world)
    other = ticket(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Visit.objects.filter(pk=other.pk).update(state="called", counter=world.counter)


def test_steps_only_grow(world: World) -> None:
    ticket(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        VisitStep.objects.update(note="别的")


# the end of the day


def test_a_past_day_is_settled_once(world: World, run_tasks: Callable[[], int]) -> None:
    missed, came = make_booking(world), arrive(world)
    cancelled = make_booking(world, state="cancelled")
    with pytest.raises(errors.DayNotOver):
        actions.close_day(SYSTEM, group=world.group, day=today())
    with travel("2026-11-05T03:10:00+08:00"):
        assert unsettled_days() == [(world.group, missed.slot.date)]
        close_days.func()
        assert unsettled_days() == []
        close_days.func()
    missed.refresh_from_db()
    assert missed.state == BookingState.MISSED
    (miss,) = NoShow.objects.all()
    assert (miss.citizen, miss.at) == (missed.citizen, world.slot.ends_at)
    came.refresh_from_db()
    assert (came.state, came.booking.state) == (VisitState.LEFT, BookingState.ARRIVED)  # type: ignore[union-attr]
    cancelled.refresh_from_db()
    assert cancelled.state == BookingState.CANCELLED


def test_who_was_skipped_came_and_missed_nothing(world: World) -> None:
    visit = arrive(world)
    called(world)
    actions.recall(world.officer.actor, visit=visit)
    actions.skip(world.officer.actor, visit=visit)
    with travel("2026-11-03T00:10:00+08:00"):
        assert actions.close_day(SYSTEM, group=world.group, day=visit.day) == 0
    assert not NoShow.objects.exists()


def test_a_slot_that_the_hall_closed_is_nobody_s_miss(world: World) -> None:
    booking = make_booking(world)
    world.slot.closed = True
    world.slot.save()
    with travel("2026-11-03T00:10:00+08:00"):
        assert actions.close_day(SYSTEM, group=world.group, day=booking.slot.date) == 0
        assert unsettled_days() == []


# waiting


def test_the_place_in_line_is_what_is_called(world: World) -> None:
    tickets = [ticket(world) for _ in range(3)]
    booked = arrive(world)
    assert [place_of(visit).ahead for visit in (booked, *tickets)] == [0, 1, 2, 3]
    assert place_of(tickets[0]).minutes == 10
    actions.pause(world.officer.actor, counter=world.counter, paused=True)
    assert place_of(tickets[0]).minutes is None


def test_the_estimate_follows_the_pace(world: World) -> None:
    start = now()
    for number in range(3):
        ticket(world)
        with travel(start + number * 2 * MINUTE, tick=False):
            visit = serving(world)
        with travel(start + (number * 2 + 2) * MINUTE, tick=False):
            actions.finish(world.officer.actor, visit=visit)
    with travel(start + 10 * MINUTE, tick=False):
        ticket(world)
        last = ticket(world)
        assert place_of(last).minutes == 2
        assert Counter.objects.get().staff == world.officer
        gone = called(world)
        assert place_of(gone).ahead is None
