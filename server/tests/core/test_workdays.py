from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhijian.core.calendar_seed import seed_calendar
from zhijian.core.models import CalendarDay, CalendarYear
from zhijian.core.workdays import CalendarYearMissing, Workdays
from zhijian.core.zone import CHINA

# National Day 2026 with its make-up days, as published.
_OCTOBER = {date(2026, 10, day): False for day in range(1, 8)} | {
    date(2026, 9, 20): True,
    date(2026, 10, 10): True,
}
WORKDAYS = Workdays(days=_OCTOBER, years=frozenset({2026}))


def at(month: int, day: int, hour: int = 10) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (at(9, 28), 1, date(2026, 9, 29)),
        (at(9, 30), 1, date(2026, 10, 8)),  # over the holiday
        (at(10, 8), 2, date(2026, 10, 10)),  # a Saturday worked
        (at(9, 30, 23), 5, date(2026, 10, 13)),
        (at(10, 3), 1, date(2026, 10, 8)),  # received on a holiday
        (at(10, 3), 0, date(2026, 10, 8)),
        (at(9, 29), 0, date(2026, 9, 29)),
    ],
)
def test_the_first_day_does_not_count_and_rest_days_are_passed_over(
    start: datetime, count: int, end: date
) -> None:
    assert WORKDAYS.add(start, count) == datetime(end.year, end.month, end.day, 23, 59, 59, tzinfo=CHINA)


@given(st.integers(1, 60), st.integers(0, 200))
def test_between_undoes_add(count: int, offset: int) -> None:
    start = at(1, 5) + timedelta(days=offset)
    if start + timedelta(days=count * 2 + 15) < at(12, 31):
        assert WORKDAYS.between(start, WORKDAYS.add(start, count)) == count


@given(st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1)), st.integers(0, 15))
def test_a_deadline_falls_on_a_working_day_and_never_before_its_start(moment: datetime, count: int) -> None:
    start = moment.replace(tzinfo=CHINA)
    end = WORKDAYS.add(start, count)
    assert WORKDAYS.is_working(end.date())
    assert end.date() >= start.date()


def test_a_late_clock_counts_backwards() -> None:
    assert WORKDAYS.between(at(9, 30), at(9, 28)) == -2


def test_a_missing_year_is_refused() -> None:
    with pytest.raises(CalendarYearMissing) as refusal:
        WORKDAYS.add(at(12, 30), 5)
    assert refusal.value.extra == {"year": 2027}


def test_moments_are_taken_in_china() -> None:
    from datetime import UTC

    late = datetime(2026, 9, 28, 17, 0, tzinfo=UTC)  # already the 29th in China
    assert WORKDAYS.add(late, 1).date() == date(2026, 9, 30)


@pytest.mark.django_db
def test_seeding_enters_years_once_and_keeps_what_people_entered() -> None:
    CalendarDay.objects.all().delete()
    CalendarYear.objects.all().delete()
    CalendarYear.objects.create(year=2026, source="人工录入")
    entered = seed_calendar()
    assert 2025 in entered
    assert 2026 not in entered
    assert not CalendarDay.objects.filter(date__year=2026).exists()
    assert seed_calendar() == []


@pytest.mark.django_db
def test_the_loaded_calendar_knows_2026_and_marks_2027_as_provisional(django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        workdays = Workdays.load()
    assert not workdays.is_working(date(2026, 10, 1))
    assert workdays.is_working(date(2026, 10, 10))
    assert workdays.provisional == {2027}
    assert not workdays.is_working(date(2027, 2, 8))
