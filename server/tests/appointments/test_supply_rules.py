"""Slots of a date, over the real holidays of 2026 and over plans that hypothesis invents."""

import itertools
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhijian.appointments.rules import supply_change
from zhijian.appointments.rules.supply import (
    Line,
    Plan,
    PlannedSlot,
    Seats,
    Span,
    hours_warnings,
    last_day,
    line_faults,
    slots_between,
    slots_of,
    weekday_on,
)
from zhijian.appointments.rules.supply_change import ExistingSlot, steps
from zhijian.core.workdays import CalendarYearMissing, Workdays
from zhijian.core.zone import CHINA

# State Council's notice for 2026: National Day 1–7 October with 20 September and 10 October made up,
# Spring Festival 15–23 February with 14 and 28 February made up.
REST = [date(2026, 10, day) for day in range(1, 8)] + [date(2026, 2, day) for day in range(15, 24)]
MAKE_UP = [date(2026, 9, 20), date(2026, 10, 10), date(2026, 2, 14), date(2026, 2, 28)]
CALENDAR = Workdays(days=dict.fromkeys(REST, False) | dict.fromkeys(MAKE_UP, True), years=frozenset({2026}))
LINES = (
    *tuple(Line(weekday, time(9), time(12), 30, (4, 1, 2, 0)) for weekday in range(1, 6)),
    Line(6, time(9), time(11), 30, (2, 0, 1, 0)),
)


def plan(**changes: object) -> Plan:
    values: dict[str, object] = {
        "valid_from": date(2026, 1, 1),
        "valid_to": None,
        "horizon_days": 14,
        "release_at": time(8),
        "lead_minutes": 60,
        "follows_calendar": True,
        "makeup_weekday": 3,
        "lines": LINES,
        "special_days": {},
    }
    return Plan(**(values | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "weekday"),
    [
        (date(2026, 9, 30), 3),  # the Wednesday before
        (date(2026, 10, 1), 0),  # 国庆
        (date(2026, 10, 3), 0),  # its Saturday rests too
        (date(2026, 10, 7), 0),
        (date(2026, 10, 8), 4),
        (date(2026, 9, 20), 3),  # a Sunday that is made up takes Wednesday's lines
        (date(2026, 10, 10), 3),  # and so does a Saturday, though Saturdays have lines
        (date(2026, 10, 17), 6),  # an ordinary Saturday
        (date(2026, 10, 18), 7),
        (date(2026, 2, 14), 3),  # 春节 made up before
        (date(2026, 2, 17), 0),
        (date(2026, 2, 28), 3),
        (date(2026, 3, 2), 1),
    ],
)
def test_the_calendar_decides_which_lines_count(day: date, weekday: int) -> None:
    assert weekday_on(day, plan(), CALENDAR) == weekday


def test_a_plan_that_does_not_follow_the_calendar_works_through() -> None:
    assert weekday_on(date(2026, 10, 1), plan(follows_calendar=False), CALENDAR) == 4


@pytest.mark.parametrize(("as_weekday", "count"), [(0, 0), (1, 6), (6, 4)])
def test_a_special_day_goes_before_the_calendar(as_weekday: int, count: int) -> None:
    special = {date(2026, 10, 1): as_weekday}
    assert len(slots_of(date(2026, 10, 1), plan(special_days=special), CALENDAR)) == count


@pytest.mark.parametrize(
    ("day", "offered"),
    [
        (date(2026, 3, 1), False),
        (date(2026, 3, 2), True),
        (date(2026, 3, 4), True),
        (date(2026, 3, 5), False),
    ],
)
def test_validity_includes_its_ends(day: date, offered: bool) -> None:
    valid = plan(valid_from=date(2026, 3, 2), valid_to=date(2026, 3, 4))
    assert bool(slots_of(day, valid, CALENDAR)) is offered


def test_an_unknown_year_is_an_error_and_nothing_is_made_in_it() -> None:
    with pytest.raises(CalendarYearMissing):
        slots_of(date(2027, 1, 4), plan(), CALENDAR)
    assert last_day(plan(), date(2026, 12, 28), CALENDAR) == date(2026, 12, 31)
    assert last_day(plan(follows_calendar=False), date(2026, 12, 28), CALENDAR) == date(2027, 1, 18)
    assert last_day(plan(), date(2028, 1, 1), CALENDAR) < date(2028, 1, 1)


def test_when_a_slot_can_be_booked() -> None:
    slot = slots_of(date(2026, 3, 18), plan(), CALENDAR)[1]
    assert slot.starts_at == datetime(2026, 3, 18, 9, 30, tzinfo=CHINA)
    assert slot.ends_at == datetime(2026, 3, 18, 10, 0, tzinfo=CHINA)
    assert slot.opens_at == datetime(2026, 3, 4, 8, 0, tzinfo=CHINA)
    assert slot.closes_at == datetime(2026, 3, 18, 8, 30, tzinfo=CHINA)
    assert slot.seats == (4, 1, 2, 0)


def test_a_last_piece_that_is_too_short_is_dropped() -> None:
    lines = (Line(3, time(9), time(10, 50), 30, (1, 0, 0, 0)),)
    found = slots_of(date(2026, 3, 18), plan(lines=lines), CALENDAR)
    assert [f"{slot.ends_at:%H:%M}" for slot in found] == ["09:30", "10:00", "10:30"]


def test_what_touches_a_closure_is_closed() -> None:
    shut = Span(datetime(2026, 3, 18, 9, 45, tzinfo=CHINA), datetime(2026, 3, 18, 10, 30, tzinfo=CHINA))
    found = slots_of(date(2026, 3, 18), plan(closures=(shut,)), CALENDAR)
    assert [slot.closed for slot in found] == [False, True, True, False, False, False]


@pytest.mark.parametrize(
    ("lines", "row", "words"),
    [
        ([Line(1, time(9), time(9), 30, (1, 0, 0, 0))], 0, "结束时间要晚于开始时间"),
        ([Line(1, time(9), time(9, 20), 30, (1, 0, 0, 0))], 0, "从开始到结束不足一段（30分钟）"),
        ([Line(1, time(9), time(10), 30, (0, 0, 0, 0))], 0, "各种号的数量都是0，至少填一种，或清空这一行"),
        (
            [Line(1, time(9), time(11), 30, (1, 0, 0, 0)), Line(1, time(10), time(12), 30, (1, 0, 0, 0))],
            1,
            "与前面的行在同一天重叠",
        ),
    ],
)
def test_faults_of_lines(lines: list[Line], row: int, words: str) -> None:
    assert line_faults(lines) == [(row, words)]


def test_lines_that_only_touch_or_are_of_other_days_are_right() -> None:
    lines = [
        Line(1, time(9), time(10), 30, (1, 0, 0, 0)),
        Line(1, time(10), time(11), 30, (0, 0, 1, 0)),
        Line(2, time(9), time(10), 30, (1, 0, 0, 0)),
    ]
    assert line_faults(lines) == []


def test_lines_outside_the_halls_hours_are_told() -> None:
    hours = [{"days": "1-5", "from": "09:00", "to": "12:00"}, {"days": "6,7", "from": "09:00", "to": "11:00"}]
    lines = [
        Line(5, time(9), time(12), 30, (1, 0, 0, 0)),
        Line(7, time(9), time(11, 30), 30, (1, 0, 0, 0)),
        Line(1, time(8, 30), time(9, 30), 30, (1, 0, 0, 0)),
    ]
    assert hours_warnings(lines, hours) == [
        "周日 09:00–11:30 不在大厅开放时间内",
        "周一 08:30–09:30 不在大厅开放时间内",
    ]
    assert len(hours_warnings(lines, [])) == 3


_quarters = st.integers(0, 95)


@st.composite
def _lines(draw: st.DrawFn) -> Line:
    first, last = sorted(draw(st.tuples(_quarters, _quarters).filter(lambda pair: pair[0] != pair[1])))
    seats: Seats = draw(st.tuples(*[st.integers(0, 5)] * 4))
    return Line(
        draw(st.integers(1, 7)),
        time(first // 4, first % 4 * 15),
        time(last // 4, last % 4 * 15),
        draw(st.sampled_from([5, 15, 20, 30, 45, 60])),
        seats,
    )


_plans = st.builds(
    plan,
    lines=st.lists(_lines(), max_size=8).map(tuple),
    horizon_days=st.integers(0, 60),
    lead_minutes=st.integers(0, 500),
    makeup_weekday=st.integers(1, 7),
    special_days=st.dictionaries(
        st.sampled_from([date(2026, 10, d) for d in range(1, 29)]), st.integers(0, 7)
    ),
)
_october = st.integers(1, 28).map(lambda day: date(2026, 10, day))


@given(_plans, _october)
def test_slots_lie_in_their_line_and_fill_it(given_plan: Plan, day: date) -> None:
    weekday = weekday_on(day, given_plan, CALENDAR)
    lines = [line for line in given_plan.lines if line.weekday == weekday]
    found = slots_of(day, given_plan, CALENDAR)
    lengths = [
        (datetime.combine(day, line.ends) - datetime.combine(day, line.starts))
        // timedelta(minutes=line.slot_minutes)
        for line in lines
    ]
    assert len(found) == sum(lengths)
    for slot in found:
        assert any(
            line.starts <= slot.starts_at.time()
            and slot.ends_at.time() <= line.ends
            and slot.seats == line.seats
            for line in lines
        )
        assert slot.starts_at - slot.closes_at == timedelta(minutes=given_plan.lead_minutes)
        assert (day - slot.opens_at.date()).days == given_plan.horizon_days
    if not line_faults(lines):
        assert all(one.ends_at <= two.starts_at for one, two in itertools.pairwise(found))


def _exist(planned: dict[datetime, PlannedSlot]) -> dict[datetime, ExistingSlot]:
    return {
        start: ExistingSlot(n, s.starts_at, s.ends_at, s.opens_at, s.closes_at, s.closed, s.seats)
        for n, (start, s) in enumerate(planned.items())
    }


def _carried(
    existing: dict[datetime, ExistingSlot], found: list[supply_change.Step]
) -> dict[datetime, tuple]:  # type: ignore[type-arg]
    """Slots as the steps leave them: (end, closed, seats)."""
    left = {start: (slot.ends_at, slot.closed, slot.seats) for start, slot in existing.items()}
    for step in found:
        ends = step.planned.ends_at if step.planned else step.existing.ends_at  # type: ignore[union-attr]
        left[step.starts_at] = (ends, step.closed_after, step.seats_after)
    return left


@given(_plans, _plans)
def test_the_steps_lead_from_one_plan_to_the_other(before: Plan, after: Plan) -> None:
    first, last, early = date(2026, 10, 8), date(2026, 10, 14), datetime(2026, 10, 8, tzinfo=CHINA)
    then = slots_between(first, last, before, CALENDAR, after=early)
    wanted = slots_between(first, last, after, CALENDAR, after=early)
    found = steps(then, wanted, _exist(then))
    left = _carried(_exist(then), found)
    assert {k: v for k, v in left.items() if not v[1]} == {
        start: (slot.ends_at, False, slot.seats) for start, slot in wanted.items()
    }
    seats_then = sum(sum(slot.seats) for slot in then.values())
    seats_after = sum(sum(slot.seats) for slot in wanted.values())
    assert seats_then + supply_change.gained(found) - supply_change.lost(found) == seats_after
    assert steps(wanted, wanted, _exist(wanted)) == []


def test_what_was_added_by_hand_stays() -> None:
    day = date(2026, 3, 18)
    then = {slot.starts_at: slot for slot in slots_of(day, plan(), CALENDAR)}
    more = tuple(Line(n.weekday, n.starts, n.ends, n.slot_minutes, (5, 1, 2, 0)) for n in LINES)
    wanted = {slot.starts_at: slot for slot in slots_of(day, plan(lines=more), CALENDAR)}
    existing = _exist(then)
    start = min(existing)
    by_hand = existing | {
        start: ExistingSlot(
            0, start, then[start].ends_at, then[start].opens_at, then[start].closes_at, False, (9, 0, 2, 0)
        )
    }
    assert steps(then, wanted, by_hand)[0].seats_after == (10, 0, 2, 0)
