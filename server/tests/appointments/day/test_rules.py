"""Check-in and calling as pure rules: tables, and what must hold for any line."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhijian.appointments.rules import calling, checkin, visits
from zhijian.appointments.rules.calling import AHEAD, Mix, Run, Waiting
from zhijian.appointments.rules.checkin import Arrival, Outcome
from zhijian.appointments.rules.states import BookingState, VisitKind
from zhijian.appointments.rules.visits import Act

NINE = datetime.fromisoformat("2026-11-02T09:00:00+08:00")
MINUTE = timedelta(minutes=1)


def _arrival(**changes: object) -> Arrival:
    facts: dict[str, object] = {
        "state": BookingState.CONFIRMED,
        "here": True,
        "starts_at": NINE,
        "ends_at": NINE + 30 * MINUTE,
        "early": 30 * MINUTE,
        "grace": 15 * MINUTE,
    }
    return Arrival(**(facts | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("minutes", "outcome"),
    [
        (-31, Outcome.EARLY),
        (-30, Outcome.READY),
        (0, Outcome.READY),
        (30, Outcome.READY),
        (45, Outcome.READY),
        (46, Outcome.LATE),
        (14 * 60 + 59, Outcome.LATE),
        (15 * 60, Outcome.OTHER_DAY),
        (-9 * 60 - 1, Outcome.OTHER_DAY),
        (24 * 60, Outcome.OTHER_DAY),
    ],
)
def test_when_check_in_is_possible(minutes: int, outcome: Outcome) -> None:
    assert checkin.judge(_arrival(), NINE + minutes * MINUTE) is outcome


def test_the_day_is_china_s_whatever_the_zone_of_the_moment() -> None:
    assert checkin.judge(_arrival(), (NINE - 10 * MINUTE).astimezone(UTC)) is Outcome.READY


@pytest.mark.parametrize(
    ("state", "outcome"),
    [
        (BookingState.HELD, Outcome.UNCONFIRMED),
        (BookingState.CONFIRMED, Outcome.READY),
        (BookingState.ARRIVED, Outcome.USED),
        (BookingState.SERVED, Outcome.USED),
        (BookingState.MISSED, Outcome.MISSED),
        (BookingState.CANCELLED, Outcome.CANCELLED),
        (BookingState.EXPIRED, Outcome.EXPIRED),
    ],
)
def test_every_state_of_a_booking_has_its_answer(state: BookingState, outcome: Outcome) -> None:
    assert checkin.judge(_arrival(state=state), NINE) is outcome


def test_the_wrong_hall_is_told_before_the_wrong_day() -> None:
    assert checkin.judge(_arrival(here=False), NINE + timedelta(days=1)) is Outcome.ELSEWHERE


def test_a_code_is_read_as_it_was_written() -> None:
    text = checkin.qr_text("0" * 26, "ab" * 32)
    assert checkin.read_qr(f"  {text}\n") == ("0" * 26, "ab" * 8)
    assert checkin.same_mac("ab" * 8, "ab" * 32)
    assert not checkin.same_mac("ab" * 7 + "aa", "ab" * 32)


@pytest.mark.parametrize(
    "text",
    ["", "ZJ1", "ZJ1..", "ZJ2." + "0" * 26 + "." + "a" * 16, "ZJ1." + "0" * 25 + "." + "a" * 16,
     "ZJ1." + "0" * 26 + "." + "a" * 15, "ZJ1." + "i" * 26 + "." + "a" * 16, "https://example.test/",
     "ZJ1." + "0" * 26 + "." + "A" * 16, "ZJ1." + "٠" * 26 + "." + "a" * 16],
)  # fmt: skip
def test_what_this_platform_never_made_is_nothing(text: str) -> None:
    assert checkin.read_qr(text) is None


@given(st.text(max_size=80))
def test_no_text_breaks_the_reader(text: str) -> None:
    read = checkin.read_qr(text)
    assert read is None or checkin.qr_text(*read) == text.strip()


def _waiting(number: int, kind: VisitKind, due: float = -10, *, priority: bool = False) -> Waiting:
    return Waiting(number, kind, priority, NINE + due * MINUTE, number)


def _ids(waiting: list[Waiting], mix: Mix = Mix(2, 1), run: Run = Run()) -> list[int]:  # noqa: B008
    return [one.id for one, _ in calling.line(waiting, run, mix, NINE)]


B, W = VisitKind.BOOKED, VisitKind.WALK_IN


def test_two_booked_then_one_walk_in() -> None:
    waiting = [_waiting(n, B) for n in (1, 2, 3, 4)] + [_waiting(n, W) for n in (5, 6)]
    assert _ids(waiting) == [1, 2, 5, 3, 4, 6]
    assert _ids(waiting, run=Run(1, 0)) == [1, 5, 2, 3, 6, 4]
    assert _ids(waiting, Mix(1, 2)) == [1, 5, 6, 2, 3, 4]


def test_who_came_early_waits_for_their_time_unless_nobody_else_does() -> None:
    early, walker = _waiting(1, B, due=20), _waiting(2, W)
    assert _ids([early, walker]) == [2, 1]
    assert _ids([early]) == [1]


def test_priority_goes_ahead_but_starves_nobody() -> None:
    ordinary, elder, patient = _waiting(1, W, -20), _waiting(2, W, -5, priority=True), _waiting(3, W, -40)
    assert _ids([ordinary, elder, patient]) == [3, 2, 1]


def test_nobody_is_chosen_from_nobody() -> None:
    assert calling.choose_next([], Run(), Mix(2, 1), NINE) is None


tickets = st.builds(
    Waiting,
    id=st.integers(1, 10_000),
    kind=st.sampled_from([B, W]),
    priority=st.booleans(),
    due_at=st.integers(-180, 60).map(lambda minutes: NINE + minutes * MINUTE),
    sequence=st.integers(1, 999),
)
lines = st.lists(tickets, max_size=30, unique_by=lambda one: one.id)
mixes = st.builds(Mix, st.integers(1, 5), st.integers(1, 5))
runs = st.builds(Run, st.integers(0, 5), st.integers(0, 5))


@given(lines, runs, mixes, st.randoms())
def test_everybody_once_and_the_same_however_they_are_listed(
    waiting: list[Waiting], run: Run, mix: Mix, random: object
) -> None:
    order = _ids(waiting, mix, run)
    assert sorted(order) == sorted(one.id for one in waiting)
    random.shuffle(waiting)  # type: ignore[attr-defined]
    assert _ids(waiting, mix, run) == order


@given(lines, runs, mixes)
def test_nobody_who_isnt_due_goes_before_one_who_is(waiting: list[Waiting], run: Run, mix: Mix) -> None:
    chosen = calling.choose_next(waiting, run, mix, NINE)
    if any(one.due_at <= NINE for one in waiting):
        assert chosen
        assert chosen[0].due_at <= NINE
    for one in waiting:
        assert (calling.position(waiting, run, mix, NINE, of=one.id) == 0) == (chosen[0] is one)  # type: ignore[index]


@given(lines, mixes)
def test_within_a_kind_only_a_head_start_changes_the_order(waiting: list[Waiting], mix: Mix) -> None:
    due = [one for one, _ in calling.line(waiting, Run(), mix, NINE) if one.due_at <= NINE]
    for kind in (B, W):
        same = [one for one in due if one.kind == kind]
        for place, one in enumerate(same):
            overtakers = [other for other in same[:place] if other.due_at > one.due_at]
            assert all(other.priority for other in overtakers)
            assert all(other.due_at - AHEAD <= one.due_at for other in overtakers)


@given(st.lists(st.sampled_from([B, W]), min_size=1, max_size=80), mixes)
def test_neither_kind_waits_longer_than_the_others_share(arrivals: list[VisitKind], mix: Mix) -> None:
    """While one of a kind waits, the other kind is called at most its share of times in a row."""
    waiting = [_waiting(number, kind, due=-100) for number, kind in enumerate(arrivals, start=1)]
    run, row, last = Run(), 0, None
    while waiting:
        chosen = calling.choose_next(waiting, run, mix, NINE)
        assert chosen
        one, run = chosen
        waiting.remove(one)
        others = any(other.kind != one.kind for other in waiting)
        row = row + 1 if one.kind == last and others else 1
        last = one.kind
        assert row <= (mix.booked if one.kind == B else mix.walk_in) or not others


@pytest.mark.parametrize(
    ("ahead", "counters", "each", "until_due", "minutes"),
    [
        (0, 1, 10, 0, 0),
        (3, 1, 10, 0, 30),
        (3, 2, 10, 0, 15),
        (1, 3, 10, 0, 4),
        (3, 0, 10, 0, None),
        (0, 1, 10, 25, 25),
        (9, 1, 10, 25, 90),
        (0, 1, 10, -25, 0),
    ],
)
def test_estimates(ahead: int, counters: int, each: float, until_due: int, minutes: int | None) -> None:
    assert calling.estimate(ahead, counters, each, until_due=until_due * MINUTE) == minutes


def test_a_mean_counts_once_enough_were_served() -> None:
    assert calling.service_minutes(2, 4 * MINUTE, 10) == 10
    assert calling.service_minutes(3, 4 * MINUTE, 10) == 4
    assert calling.service_minutes(3, None, 10) == 10


@pytest.mark.parametrize(
    ("calls", "minutes", "may"), [(1, 0, False), (2, 0, True), (1, 2, False), (1, 3, True)]
)
def test_nobody_loses_their_turn_at_the_first_call(calls: int, minutes: int, may: bool) -> None:
    assert visits.may_skip(calls, NINE, NINE + minutes * MINUTE) is may


def test_the_table_of_a_ticket() -> None:
    """Written out once more, by hand, so that a change of it is a decision."""
    assert {(row.source, row.action): row.follows for row in visits.TABLE} == {
        ("waiting", Act.CALL): "called",
        ("called", Act.RECALL): "called",
        ("called", Act.SERVE): "serving",
        ("serving", Act.FINISH): "done",
        ("called", Act.SKIP): "skipped",
        ("skipped", Act.REJOIN): "waiting",
        ("waiting", Act.TRANSFER): "waiting",
        ("called", Act.TRANSFER): "waiting",
        ("serving", Act.TRANSFER): "waiting",
        ("called", Act.HAND_BACK): "waiting",
        ("serving", Act.HAND_BACK): "waiting",
        ("waiting", Act.LEAVE): "left",
        ("called", Act.LEAVE): "left",
        ("skipped", Act.LEAVE): "left",
        ("waiting", Act.CLOSE): "left",
        ("called", Act.CLOSE): "left",
        ("serving", Act.CLOSE): "left",
        ("skipped", Act.CLOSE): "left",
    }  # fmt: skip
