"""Periods, pauses, extensions and lights, against tables and properties."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhijian.cases.rules import deadlines as licensing
from zhijian.core import deadlines
from zhijian.core.deadlines import Clock, Limit
from zhijian.core.lights import Light, light
from zhijian.core.workdays import CalendarYearMissing, Workdays
from zhijian.core.zone import CHINA

#: 2026 with the National Day holiday and one make-up Saturday; nothing is known of 2027.
CALENDAR = Workdays(
    days={
        **{date(2026, 10, day): False for day in range(1, 9)},
        date(2026, 10, 10): True,
    },
    years=frozenset({2025, 2026}),
)


def at(month: int, day: int, hour: int = 10) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=CHINA)


def end(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 23, 59, 59, tzinfo=CHINA)


def run(value: int, unit: str, start: datetime) -> Clock:
    return deadlines.run(Limit(value, unit), start, CALENDAR, rule="规则", law="法")


@pytest.mark.parametrize(
    ("value", "unit", "start", "due"),
    [
        (10, "working_day", at(11, 2), end(11, 16)),  # Monday to Monday two weeks on
        (1, "working_day", at(11, 6), end(11, 9)),  # Friday: the day itself does not count
        (5, "working_day", at(9, 29), end(10, 13)),  # over the holiday, with its make-up Saturday
        (5, "working_day", at(11, 7), end(11, 13)),  # received on a Saturday
        (15, "day", at(11, 2), end(11, 17)),
        (60, "day", at(10, 1), end(11, 30)),
        (24, "hour", at(11, 2), at(11, 3)),
        (0, "instant", at(11, 2), end(11, 2)),
    ],
)
def test_due(value: int, unit: str, start: datetime, due: datetime) -> None:
    assert run(value, unit, start).due_at == due


@pytest.mark.parametrize(
    ("value", "unit", "yellow_from"),
    [
        (10, "working_day", end(11, 12)),  # two of ten left
        (20, "working_day", end(11, 24)),  # four of twenty left
        (4, "working_day", end(11, 5)),  # one working day left comes before a fifth
        (1, "working_day", at(11, 2)),
        (15, "day", end(11, 14)),
        (10, "hour", at(11, 2, 18)),
        (0, "instant", at(11, 2)),
    ],
)
def test_yellow_begins_with_a_fifth_or_one_day_left(value: int, unit: str, yellow_from: datetime) -> None:
    assert run(value, unit, at(11, 2)).warn_at == yellow_from


def test_a_year_that_nobody_entered_is_never_guessed() -> None:
    with pytest.raises(CalendarYearMissing) as raised:
        run(40, "working_day", at(11, 20))
    assert raised.value.extra == {"year": 2027}


@pytest.mark.parametrize(
    ("unit", "value", "paused", "resumed", "due"),
    [
        ("working_day", 10, at(11, 4), at(11, 11), end(11, 23)),  # five working days out
        ("working_day", 10, at(11, 6, 9), at(11, 8, 9), end(11, 16)),  # a weekend out changes nothing
        ("day", 15, at(11, 4), at(11, 9), end(11, 22)),
        ("hour", 24, at(11, 2, 12), at(11, 2, 15), at(11, 3, 13)),
    ],
)
def test_pauses_do_not_count(
    unit: str, value: int, paused: datetime, resumed: datetime, due: datetime
) -> None:
    clock = deadlines.run_with(
        Limit(value, unit), at(11, 2), CALENDAR, rule="", law="", pauses=[(paused, resumed)]
    )
    assert clock.due_at == due


def test_an_extension_adds_working_days() -> None:
    clock = deadlines.run_with(Limit(10, "working_day"), at(11, 2), CALENDAR, rule="", law="", extension=10)
    assert clock.due_at == end(11, 30)


@pytest.mark.parametrize(("days", "allowed"), [(0, False), (1, True), (10, True), (11, False), (-3, False)])
def test_extensions_are_one_to_ten_days(days: int, allowed: bool) -> None:
    assert licensing.extension_allowed(days) == allowed


@pytest.mark.parametrize(
    ("promised", "legal", "binds", "words"),
    [
        (Limit(10, "working_day"), Limit(20, "working_day"), 10, "承诺办结时限10个工作日（法定20个工作日）"),
        (None, Limit(15, "day"), 15, "法定办结时限15日"),
        (Limit(0, "instant"), None, 0, "承诺办结时限即办"),
        (Limit(8, "hour"), None, 8, "承诺办结时限8个小时"),
    ],
)
def test_the_promise_binds_else_the_law(
    promised: Limit | None, legal: Limit | None, binds: int, words: str
) -> None:
    limit, rule = licensing.decision_rule(promised, legal)
    assert limit
    assert limit.value == binds
    assert rule.startswith(words)


def test_without_any_limit_there_is_no_clock() -> None:
    assert licensing.decision_rule(None, None) == (None, "该事项没有规定办结时限")


DUE, WARN = end(11, 16), end(11, 12)


@pytest.mark.parametrize(
    ("moment", "paused", "due", "shown"),
    [
        (at(11, 12), False, DUE, Light.GREEN),
        (WARN, False, DUE, Light.YELLOW),
        (DUE, False, DUE, Light.YELLOW),
        (DUE + timedelta(seconds=1), False, DUE, Light.RED),
        (at(12, 1), True, DUE, Light.PAUSED),
        (at(12, 1), False, None, Light.NONE),
    ],
)
def test_lights(moment: datetime, paused: bool, due: datetime | None, shown: Light) -> None:
    assert light(due_at=due, warn_at=WARN, paused=paused, now=moment) == shown


starts = st.datetimes(datetime(2026, 1, 2), datetime(2026, 6, 30)).map(lambda d: d.replace(tzinfo=CHINA))
limits = st.one_of(
    st.builds(Limit, st.integers(1, 60), st.just("working_day")),
    st.builds(Limit, st.integers(1, 90), st.just("day")),
    st.builds(Limit, st.integers(1, 200), st.just("hour")),
    st.just(Limit(0, "instant")),
)


@given(starts, limits)
def test_a_period_warns_before_it_ends_and_ends_after_it_starts(start: datetime, limit: Limit) -> None:
    clock = deadlines.run(limit, start, CALENDAR, rule="", law="")
    assert start <= clock.warn_at <= clock.due_at


@given(starts, limits, st.integers(0, 600), st.integers(0, 600))
def test_a_pause_never_shortens_and_a_longer_one_never_lengthens_less(
    start: datetime, limit: Limit, short: int, more: int
) -> None:
    def due(hours: int) -> datetime:
        pause = (start, start + timedelta(hours=hours))
        return deadlines.run_with(limit, start, CALENDAR, rule="", law="", pauses=[pause]).due_at

    bare = deadlines.run(limit, start, CALENDAR, rule="", law="").due_at
    assert bare <= due(short) <= due(short + more)


@given(starts, st.integers(1, 40), st.integers(1, 10))
def test_an_extension_is_worth_its_working_days(start: datetime, value: int, days: int) -> None:
    limit = Limit(value, "working_day")
    bare = deadlines.run(limit, start, CALENDAR, rule="", law="")
    granted = deadlines.run_with(limit, start, CALENDAR, rule="", law="", extension=days)
    assert CALENDAR.between(bare.due_at, granted.due_at) == days


@given(starts, limits, st.integers(-100, 3000))
def test_lights_never_go_back(start: datetime, limit: Limit, hours: int) -> None:
    clock = deadlines.run(limit, start, CALENDAR, rule="", law="")
    order = [Light.GREEN, Light.YELLOW, Light.RED]

    def shown(moment: datetime) -> int:
        return order.index(light(due_at=clock.due_at, warn_at=clock.warn_at, paused=False, now=moment))

    moment = start + timedelta(hours=hours)
    assert shown(moment) <= shown(moment + timedelta(hours=1))
