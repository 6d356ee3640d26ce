"""A year is replaced: what was computed from it follows, and nothing else does."""

import random
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from appointments.supply_factories import book, make_line, make_place, make_schedule, make_spec
from calendars.factories import changed, days, enter
from cases import factories as made
from ratings import factories as rated
from tickets import factories as sent

from zhijian.appointments.models import Booking, Displacement, Slot
from zhijian.calendars import actions, queries
from zhijian.calendars.dependants import all_dependants
from zhijian.calendars.rules.year import Day
from zhijian.cases import actions as case_actions
from zhijian.cases.actions import clocks
from zhijian.cases.models import Case, CaseStep, Correction
from zhijian.cases.rules.grounds import Ground
from zhijian.cases.rules.states import State
from zhijian.core.clock import local_date, now
from zhijian.core.models import CalendarVersion
from zhijian.core.workdays import Workdays
from zhijian.ratings.models import Rectification
from zhijian.tickets import actions as ticket_actions
from zhijian.tickets.models import SlaRule, Ticket

pytestmark = pytest.mark.django_db

#: Tuesday to Thursday of the week in which everything begins.
THREE_DAYS = days(date(2026, 11, 3), date(2026, 11, 5))
STORED = ("due_at", "warn_at", "decision_due_at", "decision_warn_at", "sort_at", "due_rule", "calendar_gap")


def dates(case: Case) -> list[Any]:
    case.refresh_from_db()
    return [getattr(case, name) for name in STORED]


def test_a_case_moves_by_the_days_that_became_free_and_says_why() -> None:
    case = made.accepted_case(made.make_world())
    before = case.due_at
    assert before is not None
    enter(changed(2026, *THREE_DAYS))
    case.refresh_from_db()
    assert case.due_at is not None
    assert Workdays.load().between(case.accepted_at, case.due_at) == case.limit_value  # type: ignore[arg-type]
    assert case.due_at > before
    assert case.decision_due_at == case.due_at == case.sort_at
    step = case.steps.order_by("id").last()
    assert step is not None
    assert (step.action, step.from_state, step.to_state, step.post) == (
        "recompute",
        "accepted",
        "accepted",
        "系统",
    )
    was, becomes = local_date(before), local_date(case.due_at)
    assert step.note == (
        f"工作日历变更（云政办〔2026〕9号），最晚办结日由{was.year}年{was.month}月{was.day}日"
        f"改为{becomes.year}年{becomes.month}月{becomes.day}日"
    )


@pytest.mark.parametrize(
    "state", [State.CONCLUDED, State.REJECTED, State.WITHDRAWN, State.RETURNED, State.ARCHIVED]
)
def test_what_has_ended_stays(state: State) -> None:
    case = made.case_in(state, made.make_world())
    before, steps = dates(case), case.steps.count()
    enter(changed(2026, *THREE_DAYS))
    assert (dates(case), case.steps.count()) == (before, steps)


def test_a_date_before_the_change_stays() -> None:
    case = made.accepted_case(made.make_world())
    before, steps = dates(case), case.steps.count()
    assert case.due_at is not None
    late = local_date(case.due_at) + timedelta(days=1)
    enter(changed(2026, *days(late, late + timedelta(days=3))))
    assert (dates(case), case.steps.count()) == (before, steps)


def test_accepted_by_law_before_the_change_stays_accepted() -> None:
    """The five days were over when the holiday was prolonged: the law had decided."""
    case = made.submitted_case(made.make_world())
    with time_machine.travel("2026-11-10T09:00:00+08:00"):
        enter(changed(2026, *THREE_DAYS))
        case.refresh_from_db()
        assert case.state == State.ACCEPTED
        assert case.deemed_accepted


def test_a_submitted_case_gets_more_time_before_the_law_decides() -> None:
    case = made.submitted_case(made.make_world())
    enter(changed(2026, *THREE_DAYS))
    with time_machine.travel("2026-11-10T09:00:00+08:00"):
        case_actions.deem_accepted(case=case)
        case.refresh_from_db()
        assert case.state == State.SUBMITTED


def test_an_applicants_time_is_never_cut() -> None:
    """A make-up Saturday would bring the end forward; the notice has told a date."""
    case = made.case_in(State.CORRECTION, made.make_world())
    told = Correction.objects.get(case=case).due_at
    enter(changed(2026, *days(date(2026, 11, 7), date(2026, 11, 8), working=True)))
    assert Correction.objects.get(case=case).due_at == told
    enter(changed(2026, *THREE_DAYS, without=(date(2026, 11, 7), date(2026, 11, 8))))
    later = Correction.objects.get(case=case).due_at
    case.refresh_from_db()
    assert later > told
    assert case.due_at == later


def test_a_make_up_saturday_brings_the_offices_end_forward() -> None:
    case = made.accepted_case(made.make_world())
    before = case.due_at
    enter(changed(2026, Day(date(2026, 11, 7), True)))
    case.refresh_from_db()
    assert case.due_at is not None
    assert before is not None
    assert case.due_at < before


def _everything() -> list[Case]:
    """Open cases in every state, one suspended over the change, one with time granted before it."""
    found = []
    for state in (
        State.SUBMITTED,
        State.CORRECTION,
        State.ACCEPTED,
        State.DECIDING,
        State.APPROVED,
        State.REFUSED,
    ):
        found.append(made.case_in(state, _world()))
    suspended = made.reviewing_case(world := _world())
    case_actions.suspend(world.office.officer.actor, case=suspended, ground=Ground.HEARING, reason="听证")
    resumed = made.reviewing_case(world := _world())
    case_actions.suspend(world.office.officer.actor, case=resumed, ground=Ground.HEARING, reason="听证")
    with time_machine.travel("2026-11-06T15:00:00+08:00"):
        case_actions.resume(world.office.officer.actor, case=resumed, note="听证结束")
    extended = made.reviewing_case(world := _world())
    case_actions.ask_extension(world.office.officer.actor, case=extended, days=7, reason="情况复杂")
    case_actions.approve_extension(world.office.approver.actor, case=extended, reason="情况复杂，需要核查")
    return [*found, suspended, resumed, extended]


_worlds: list[made.World] = []


def _world() -> made.World:
    first = made.make_world() if not _worlds or not Case.objects.exists() else _worlds[-1]
    _worlds.append(made.World(first.office, first.version, made.make_citizen()))
    return _worlds[-1]


def _some_year(seed: int) -> list[Day]:
    """Rest days and make-up days by chance, from this week to the year's end."""
    chance = random.Random(seed)
    found = []
    for n in range(58):
        day = date(2026, 11, 3) + timedelta(days=n)
        if chance.random() < 0.3:
            found.append(Day(day, day.weekday() > 4 and chance.random() < 0.7, "随机"))
    return found


@pytest.mark.parametrize("seed", range(4))
def test_recomputing_is_computing_anew_and_going_back_gives_the_first_dates(seed: int) -> None:
    cases = _everything()
    first, original = [dates(case) for case in cases], queries.plan_of(2026)
    assert original is not None
    with time_machine.travel("2026-11-06T16:00:00+08:00"):
        enter(changed(2026, *_some_year(seed)))
        for case in cases:
            stored = dates(case)
            clocks.wind(case, State(case.state), calendar=Workdays.load())
            clocks.sort(case)
            assert [getattr(case, name) for name in STORED] == stored, case.state
        enter(original)
        assert [dates(case) for case in cases] == first
        steps = CaseStep.objects.count()
        actions.settle()
        assert CaseStep.objects.count() == steps


def test_two_replacements_before_anybody_moved_anything_are_one() -> None:
    case = made.accepted_case(made.make_world())
    before, original = dates(case), queries.plan_of(2026)
    assert original is not None
    from zhijian.core.actor import SYSTEM

    for plan in (changed(2026, *THREE_DAYS), original):
        actions.enter_year(SYSTEM, plan=plan, seen=queries.version_number(2026), replace=True)
    assert actions.settle()
    assert dates(case) == before
    assert not case.steps.filter(action="recompute").exists()
    assert not CalendarVersion.objects.filter(settled_at=None).exists()


def test_a_ticket_keeps_the_limits_it_was_given() -> None:
    """The table of limits has changed meanwhile: only the calendar moves it."""
    city = sent.make_city()
    ticket = sent.handling(city)
    before, given = ticket.due_at, ticket.limit_value
    SlaRule.objects.update(answer_value=50)
    enter(changed(2026, *THREE_DAYS))
    ticket.refresh_from_db()
    assert ticket.due_at is not None
    assert before is not None
    assert ticket.due_at > before
    assert Workdays.load().between(ticket.clock_started_at, ticket.due_at) == given
    step = ticket.steps.order_by("id").last()
    assert step is not None
    assert "答复期限由2026年11月9日改为2026年11月12日" in (step.note or "")


def test_a_contact_that_was_made_keeps_its_end() -> None:
    city = sent.make_city()
    ticket = sent.handling(city)
    ticket_actions.contact(city.officer.actor, ticket=ticket, note="已电话联系，说明了安排")
    ticket.refresh_from_db()
    before = ticket.contact_due_at
    enter(changed(2026, *THREE_DAYS))
    ticket.refresh_from_db()
    assert ticket.contact_due_at == before


def test_an_answered_ticket_stays() -> None:
    ticket = sent.replied(sent.make_city())
    before = ticket.due_at
    enter(changed(2026, *THREE_DAYS))
    ticket.refresh_from_db()
    assert ticket.due_at == before


def test_tickets_go_back_to_their_first_ends() -> None:
    city = sent.make_city()
    made_ = [sent.dispatched(city), sent.handling(city), sent.asking(city)]
    names = ("contact_due_at", "contact_warn_at", "due_at", "warn_at", "sort_at")

    def ends() -> list[list[Any]]:
        return [list(Ticket.objects.values_list(*names).get(pk=one.pk)) for one in made_]

    first, original = ends(), queries.plan_of(2026)
    assert original is not None
    enter(changed(2026, *THREE_DAYS))
    assert all(now_ != then for now_, then in zip(ends(), first, strict=True))
    enter(original)
    assert ends() == first


def test_rectifications_move_and_return() -> None:
    place = rated.make_hall()
    orders = [rated.poor_rating(place), rated.fixing(place), rated.fixed(place), rated.disputed(place)]
    names = ("due_at", "warn_at", "fix_due_at")

    def ends() -> list[tuple[Any, ...]]:
        return [Rectification.objects.values_list(*names).get(pk=one.pk) for one in orders]

    first, original = ends(), queries.plan_of(2026)
    assert original is not None
    enter(changed(2026, *THREE_DAYS))
    moved = ends()
    assert all(one[0] > other[0] for one, other in zip(moved, first, strict=True))
    assert moved[2][2] == first[2][2], "what was fixed keeps the end that it met"
    enter(original)
    assert ends() == first


def test_a_hall_closes_a_rest_day_and_opens_a_make_up_day() -> None:
    place = make_place()
    spec = make_spec([make_line(day) for day in range(1, 6)], follows_calendar=True, makeup_weekday=1)
    schedule = make_schedule(place.group, spec)
    thursday, saturday = date(2026, 11, 5), date(2026, 11, 7)
    slot = Slot.objects.filter(date=thursday).first()
    assert slot is not None
    booking = book(slot)
    plan = changed(2026, Day(thursday, False), Day(saturday, True))
    effect = next(one for one in queries.impact_of(plan).effects if one.label == "大厅预约")
    notes = [shift.note for shift in effect.shifts]
    assert notes == ["11月5日关闭2个时段，1个预约要改约", "11月7日新开2个时段"]
    assert not Slot.objects.filter(closed=True).exists(), "seeing the impact changes nothing"
    enter(plan)
    assert set(Slot.objects.filter(date=thursday).values_list("closed", flat=True)) == {True}
    assert Slot.objects.filter(date=saturday, closed=False, schedule=schedule).count() == 2
    lost = Displacement.objects.get()
    assert (lost.booking_id, lost.outcome) == (booking.pk, "waiting")
    from zhijian.appointments.actions import supply

    supply.settle_waiting()
    moved = Booking.objects.select_related("slot").get(pk=booking.pk)
    assert moved.slot.date != thursday
    assert "云政办" in moved.reason
    original = changed(2026, without=(thursday, saturday))
    enter(original)
    assert set(Slot.objects.filter(date=thursday).values_list("closed", flat=True)) == {False}
    assert set(Slot.objects.filter(date=saturday).values_list("closed", flat=True)) == {True}


def test_a_make_up_day_without_a_plan_is_told() -> None:
    place = make_place()
    make_schedule(
        place.group,
        make_spec([make_line(day) for day in range(1, 6)], follows_calendar=True, makeup_weekday=7),
    )
    effect = queries.impact_of(changed(2026, Day(date(2026, 11, 7), True))).effects[-1]
    assert [shift.note for shift in effect.shifts] == ["11月7日调休上班，号源计划没有安排时段"]


def test_the_impact_is_what_happens() -> None:
    world = made.make_world()
    case = made.accepted_case(world)
    plan = changed(2026, *THREE_DAYS)
    impact = queries.impact_of(plan)
    shift = next(shift for effect in impact.effects for shift in effect.shifts)
    assert shift.subject == case.number
    enter(plan)
    case.refresh_from_db()
    assert shift.after == case.due_at


def test_late_and_no_longer_late_are_counted() -> None:
    case = made.accepted_case(made.make_world())
    assert case.due_at is not None
    with time_machine.travel(case.due_at + timedelta(hours=9)):
        found = queries.impact_of(changed(2026, *THREE_DAYS))
        assert (found.late, found.relieved) == (0, 1)
        enter(changed(2026, *THREE_DAYS))
        back = changed(2026, without=tuple(day.date for day in THREE_DAYS))
        found = queries.impact_of(back)
        assert (found.late, found.relieved) == (1, 0)


@pytest.mark.parametrize("moment", ["2026-12-31T23:30:00+08:00", "2026-12-31T16:30:00+00:00"])
def test_chinas_year_end(moment: str) -> None:
    """Half an hour before midnight in China is still the old year, half an hour after is the new one."""
    with time_machine.travel(moment):
        case = made.accepted_case(made.make_world())
        enter(changed(2027, *days(date(2027, 1, 4), date(2027, 1, 6))))
        case.refresh_from_db()
        assert case.due_at is not None
        assert Workdays.load().between(case.accepted_at, case.due_at) == case.limit_value  # type: ignore[arg-type]
        assert local_date(case.due_at) > date(2027, 1, 6)
        assert (case.due_at.astimezone(now().tzinfo).hour, case.due_at.minute) == (23, 59)


def test_29_february() -> None:
    with time_machine.travel("2028-02-25T09:00:00+08:00"):
        enter(changed(2028, Day(date(2028, 2, 28), False)))
        assert local_date(Workdays.load().add(now(), 1)) == date(2028, 2, 29)
        enter(changed(2028, Day(date(2028, 2, 29), False)))
        assert local_date(Workdays.load().add(now(), 1)) == date(2028, 3, 1)


def test_a_missing_year_fills_the_gaps_when_it_is_entered() -> None:
    with time_machine.travel("2027-12-30T09:00:00+08:00"):
        case = made.accepted_case(made.make_world())
        order = rated.poor_rating(rated.make_hall())
        assert (case.due_at, case.calendar_gap) == (None, 2028)
        assert order.fix_due_at is None
        enter(changed(2028, Day(date(2028, 1, 3), False, "元旦")))
        case.refresh_from_db()
        order.refresh_from_db()
        assert case.calendar_gap is None
        assert case.due_at is not None
        assert isinstance(order.fix_due_at, datetime)


def test_every_dependant_is_there() -> None:
    assert [one.key for one in all_dependants()] == ["cases", "tickets", "ratings", "appointments"]
