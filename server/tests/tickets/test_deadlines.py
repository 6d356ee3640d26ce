"""Limits over the holidays of 2026: counted by hand from the State Council's calendar."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhijian.core.deadlines import Limit
from zhijian.core.workdays import Workdays
from zhijian.core.zone import CHINA
from zhijian.tickets.rules.sla import Terms, clocks, extension_allowed, limit_fault

SPRING = {date(2026, 2, day): False for day in range(15, 24)} | {
    date(2026, 2, 14): True,
    date(2026, 2, 28): True,
}
NATIONAL = {date(2026, 10, day): False for day in range(1, 8)} | {
    date(2026, 9, 20): True,
    date(2026, 9, 25): False,
    date(2026, 10, 10): True,
}
CALENDAR = Workdays(days=SPRING | NATIONAL, years=frozenset({2026}))
ENQUIRY = Terms("咨询", Limit(1, "working_day"), Limit(5, "working_day"), 5)
COMPLAINT = Terms("投诉", Limit(5, "working_day"), Limit(10, "working_day"), 10)
URGENT = Terms("紧急", Limit(2, "hour"), Limit(24, "hour"))


def at(month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=CHINA)


def end(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 23, 59, 59, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("terms", "start", "contact", "answer"),
    [
        # An ordinary week, and a weekend between.
        (ENQUIRY, at(11, 2), end(11, 3), end(11, 9)),
        (ENQUIRY, at(11, 6, 17), end(11, 9), end(11, 13)),
        # 国庆: 1 to 7 October rest, Saturday the 10th is worked.
        (ENQUIRY, at(9, 30), end(10, 8), end(10, 13)),
        (ENQUIRY, at(10, 3), end(10, 8), end(10, 13)),
        (COMPLAINT, at(9, 28), end(10, 10), end(10, 16)),
        # 调休: Sunday 20 September is worked; Friday the 25th (中秋) rests.
        (ENQUIRY, at(9, 18), end(9, 20), end(9, 24)),
        (ENQUIRY, at(9, 24, 23), end(9, 28), end(10, 9)),
        # 春节: 15 to 23 February rest, Saturdays the 14th and the 28th are worked.
        (ENQUIRY, at(2, 13), end(2, 14), end(2, 27)),
        (ENQUIRY, at(2, 16), end(2, 24), end(2, 28)),
        (COMPLAINT, at(2, 10), end(2, 24), end(3, 2)),
        # Hours do not rest.
        (URGENT, at(10, 1, 23, 30), at(10, 2, 1, 30), at(10, 2, 23, 30)),
    ],
)
def test_ends_over_the_holidays(terms: Terms, start: datetime, contact: datetime, answer: datetime) -> None:
    found = clocks(terms, start, CALENDAR)
    assert (found.contact.due_at, found.answer.due_at) == (contact, answer)


@pytest.mark.django_db
def test_the_calendar_that_ships_is_the_one_counted_by_hand() -> None:
    """So the ends above are those of a running city."""
    shipped = Workdays.load()
    for first, last in ((date(2026, 2, 1), date(2026, 3, 8)), (date(2026, 9, 14), date(2026, 10, 18))):
        for number in range((last - first).days + 1):
            day = first + timedelta(days=number)
            assert shipped.is_working(day) == CALENDAR.is_working(day), day


@given(st.integers(0, 250), st.integers(0, 23), st.sampled_from([ENQUIRY, COMPLAINT]))
def test_the_answer_is_due_on_a_working_day_after_as_many_as_promised(
    day: int, hour: int, terms: Terms
) -> None:
    start = at(1, 2, hour) + timedelta(days=day)
    due = clocks(terms, start, CALENDAR).answer.due_at
    assert due is not None
    assert CALENDAR.is_working(due.date())
    later = [
        start.date() + timedelta(days=number) for number in range(1, (due.date() - start.date()).days + 1)
    ]
    assert sum(CALENDAR.is_working(one) for one in later) == terms.answer.value


@pytest.mark.parametrize(
    ("pauses", "extension", "answer"),
    [
        ([], 0, end(11, 9)),
        ([(at(11, 3), at(11, 5))], 0, end(11, 11)),  # two working days
        ([(at(11, 6, 9), at(11, 6, 18))], 0, end(11, 9)),  # within a day nothing is lost
        ([(at(11, 6), at(11, 9))], 0, end(11, 10)),  # over a weekend only the Monday counts
        ([(at(11, 3), at(11, 4)), (at(11, 5), at(11, 6))], 0, end(11, 11)),
        ([], 5, end(11, 16)),
        ([(at(11, 3), at(11, 5))], 5, end(11, 18)),
    ],
)
def test_pauses_and_extensions_move_the_answer(
    pauses: list[tuple[datetime, datetime]], extension: int, answer: datetime
) -> None:
    found = clocks(ENQUIRY, at(11, 2), CALENDAR, pauses=pauses, extension=extension)
    assert found.answer.due_at == answer
    assert ("延长" in found.answer.rule) is bool(extension)


def test_an_extension_does_not_move_the_first_contact() -> None:
    assert clocks(ENQUIRY, at(11, 2), CALENDAR, extension=5).contact.due_at == end(11, 3)


def test_hours_are_moved_by_what_a_pause_took() -> None:
    found = clocks(URGENT, at(11, 2), CALENDAR, pauses=[(at(11, 2, 12), at(11, 2, 15, 30))])
    assert found.answer.due_at == at(11, 3, 13, 30)


@given(st.integers(0, 300), st.integers(0, 23), st.sampled_from([ENQUIRY, COMPLAINT, URGENT]))
def test_nobody_is_late_before_they_began(day: int, hour: int, terms: Terms) -> None:
    start = at(1, 2, hour) + timedelta(days=day)
    found = clocks(terms, start, CALENDAR)
    assert start < found.contact.due_at <= found.answer.due_at
    assert found.answer.warn_at <= found.answer.due_at


@pytest.mark.parametrize(
    ("value", "unit", "good"),
    [
        (1, "hour", True), (240, "hour", True), (241, "hour", False), (0, "day", False), (60, "working_day", True),
        (61, "working_day", False), (5, "instant", False), (5, "week", False),
    ],
)  # fmt: skip
def test_what_may_be_a_limit(value: int, unit: str, good: bool) -> None:
    assert (limit_fault(value, unit) == "") is good


def test_how_far_an_extension_goes() -> None:
    assert [extension_allowed(days, 5) for days in (0, 1, 5, 6)] == [False, True, True, False]
    assert not extension_allowed(1, 0)
