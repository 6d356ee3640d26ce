"""Pure rules: who may take a priority seat, how misses weigh, what a stored state means."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from identity.factories import id_number

from zhijian.appointments.rules.entitlement import entitled, pools_for
from zhijian.appointments.rules.standing import MissRule, may_appeal, standing
from zhijian.appointments.rules.states import BookingState, part_of, state_at

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
RULE = MissRule(misses=3, within_days=90, blocked_days=30)


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


@pytest.mark.parametrize(
    ("born", "disabled", "expected"),
    [
        ("19661124", False, True),  # sixty on the day
        ("19661125", False, False),  # a day short
        ("19900115", False, False),
        ("19900115", True, True),
    ],
)
def test_priority_seats(born: str, disabled: bool, expected: bool) -> None:
    assert entitled(id_number=id_number(born=born), disabled=disabled, on=date(2026, 11, 24)) is expected


def test_without_an_id_number_nobody_is_old() -> None:
    assert entitled(id_number="", disabled=False, on=date(2026, 11, 24)) is False


def test_the_entitled_try_their_own_seats_first() -> None:
    assert pools_for(priority=True) == ("priority", "general", "overbook")
    assert pools_for(priority=False) == ("general", "overbook")


@pytest.mark.parametrize(
    ("misses", "counted", "blocked_days"),
    [
        ([], 0, None),
        ([1, 2], 2, None),
        ([1, 2, 3], 3, 29),  # the third, a day ago, fills the measure
        ([31, 40, 50], 3, None),  # blocked, and over
        ([1, 50, 95], 2, None),  # the oldest lies outside the window
        ([1, 50, 91], 2, None),  # and so it does on the day the window began
        ([29, 50, 95], 3 - 1, 1),  # they lay within one window when the last was missed
        ([1, 2, 3, 4], 4, 29),
    ],
)
def test_misses(misses: list[float], counted: int, blocked_days: float | None) -> None:
    found = standing(RULE, [ago(days) for days in misses], NOW)
    expected = None if blocked_days is None else NOW + timedelta(days=blocked_days)
    assert (found.counted, found.blocked_until) == (counted, expected)


def test_no_rule_no_block() -> None:
    assert standing(None, [ago(1)] * 9, NOW).blocked_until is None


@given(st.lists(st.floats(0, 400), max_size=8), st.randoms())
def test_the_order_of_misses_does_not_matter(days: list[float], random: object) -> None:
    misses = [ago(day) for day in days]
    assert standing(RULE, misses, NOW) == standing(RULE, list(reversed(misses)), NOW)


@given(st.lists(st.floats(0, 400), max_size=8), st.integers(0, 7))
def test_excusing_a_miss_never_makes_it_worse(days: list[float], which: int) -> None:
    misses = [ago(day) for day in days]
    fewer = misses[:which] + misses[which + 1 :]
    before, after = standing(RULE, misses, NOW), standing(RULE, fewer, NOW)
    assert after.counted <= before.counted
    assert before.blocked_until is not None or after.blocked_until is None


def test_appeals_are_heard_for_thirty_days() -> None:
    assert may_appeal(ago(30), NOW)
    assert not may_appeal(ago(30.001), NOW)


@pytest.mark.parametrize(
    ("state", "seconds", "expected"),
    [("held", 1, "held"), ("held", 0, "expired"), ("held", -1, "expired"), ("confirmed", -1, "confirmed")],
)
def test_what_a_stored_state_means_now(state: str, seconds: int, expected: str) -> None:
    assert state_at(state, NOW + timedelta(seconds=seconds), NOW) == BookingState(expected)


def test_halves_of_the_day() -> None:
    assert [part_of(hour) for hour in (8, 11, 12, 17)] == ["am", "am", "pm", "pm"]
