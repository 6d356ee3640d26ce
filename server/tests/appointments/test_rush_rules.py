"""Admission by time alone, the draw that anybody can compute, and what a rush may be like."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhijian.appointments.rules import draw
from zhijian.appointments.rules.admission import Pace, Phase, let_in, may_book, place, turn_of
from zhijian.appointments.rules.rush import Plan, faults

OPENS = datetime(2027, 5, 10, 1, tzinfo=UTC)
PACE = Pace(OPENS, OPENS + timedelta(hours=2), per_second=3, window=timedelta(minutes=10))
positions = st.integers(1, 5_000_000)
paces = st.builds(
    Pace,
    st.just(OPENS),
    st.just(OPENS + timedelta(hours=5)),
    st.integers(1, 1_000),
    st.timedeltas(timedelta(minutes=1), timedelta(hours=2)),
)


def after(seconds: float) -> datetime:
    return OPENS + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("seconds", "count"), [(-5, 0), (0, 0), (0.333, 0), (0.334, 1), (1, 3), (1.999, 5), (60, 180)]
)
def test_how_many_are_let_in(seconds: float, count: int) -> None:
    assert let_in(PACE, after(seconds)) == count


@given(paces, positions)
def test_a_turn_begins_when_the_position_is_let_in_and_not_before(pace: Pace, position: int) -> None:
    turn = turn_of(pace, position)
    assert let_in(pace, turn) >= position
    assert let_in(pace, turn - timedelta(microseconds=1)) < position


@given(paces, positions, st.timedeltas(timedelta(0), timedelta(hours=6)))
def test_the_place_told_is_honest(pace: Pace, position: int, passed: timedelta) -> None:
    moment = OPENS + passed
    told = place(pace, position, moment)
    assert may_book(pace, position, moment) == (told.phase in {Phase.YOUR_TURN, Phase.OVER})
    if told.phase == Phase.WAITING:
        assert told.ahead == position - 1 - let_in(pace, moment) >= 0
        assert told.turn_at > moment
    else:
        assert told.ahead == 0


@pytest.mark.parametrize(
    ("position", "seconds", "phase", "ahead"),
    [
        (1, -60, Phase.WAITING, 0),
        (7, -60, Phase.WAITING, 6),
        (7, 1, Phase.WAITING, 3),
        (7, 3, Phase.YOUR_TURN, 0),
        (7, 602, Phase.YOUR_TURN, 0),
        (7, 603, Phase.PASSED, 0),
        (7, 7200, Phase.OVER, 0),
        (99_999, 7200, Phase.OVER, 0),
    ],
)
def test_phases(position: int, seconds: float, phase: Phase, ahead: int) -> None:
    told = place(PACE, position, after(seconds))
    assert (told.phase, told.ahead) == (phase, ahead)


def test_a_turn_ends_with_the_rush() -> None:
    assert place(PACE, 3 * 7_100, after(0)).until == PACE.closes_at


def test_without_a_place_one_may_book_only_when_it_is_over() -> None:
    assert not may_book(PACE, None, after(600))
    assert may_book(PACE, None, after(7200))


# The draw ------------------------------------------------------------------------------------------------------


def test_the_digest_is_sm3() -> None:
    assert draw.digest("abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


@given(st.text("0123456789abcdef", min_size=8), st.sets(st.text("abcxyz", min_size=1, max_size=6)))
def test_the_order_depends_on_seed_and_entries_alone(seed: str, entries: set[str]) -> None:
    lots = draw.order(seed, entries)
    assert lots == draw.order(seed, sorted(entries, reverse=True))
    assert {lot.entry for lot in lots} == entries
    assert [lot.digest for lot in lots] == sorted(draw.digest(seed + entry) for entry in entries)


def test_everybody_has_the_same_chance() -> None:
    entries = [f"entry{n}" for n in range(10)]
    firsts = [draw.order(f"seed{n}", entries)[0].entry for n in range(3_000)]
    assert all(220 < firsts.count(entry) < 390 for entry in entries)  # 300 expected, 5.5 standard deviations


# What may be arranged ------------------------------------------------------------------------------------------

GOOD = Plan(
    name="5·20结婚登记",
    item_code="1",
    first_date=date(2027, 5, 20),
    last_date=date(2027, 5, 20),
    mode="queue",
    joins_from=OPENS - timedelta(hours=1),
    opens_at=OPENS,
    closes_at=OPENS + timedelta(hours=2),
)
BEFORE = OPENS - timedelta(days=1)


def test_a_sound_plan_has_no_faults() -> None:
    assert faults(GOOD, BEFORE) == []
    assert faults(replace(GOOD, mode="draw"), BEFORE) == []


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"name": "5"}, "/name"),
        ({"name": "长" * 61}, "/name"),
        ({"mode": "auction"}, "/mode"),
        ({"last_date": date(2027, 5, 19)}, "/last_date"),
        ({"last_date": date(2027, 6, 20)}, "/last_date"),
        ({"opens_at": BEFORE}, "/opens_at"),
        ({"joins_from": OPENS + timedelta(seconds=1)}, "/joins_from"),
        ({"closes_at": OPENS}, "/closes_at"),
        ({"closes_at": OPENS + timedelta(days=12)}, "/closes_at"),
        ({"per_second": 0}, "/per_second"),
        ({"per_second": 1_001}, "/per_second"),
        ({"window_minutes": 0}, "/window_minutes"),
        ({"window_minutes": 121}, "/window_minutes"),
    ],
)
def test_what_is_wrong_is_named(change: dict[str, Any], path: str) -> None:
    assert path in [fault.path for fault in faults(replace(GOOD, **change), BEFORE)]
