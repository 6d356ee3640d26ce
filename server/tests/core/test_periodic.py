"""When periodic tasks run, asked of procrastinate's own scheduler: by China's clock, and once after an absence."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.periodic import PeriodicDeferrer, PeriodicRegistry, PeriodicTask

from zhijian.core.periodic import is_daytime
from zhijian.core.zone import CHINA

_DAY = datetime(2026, 12, 7, tzinfo=CHINA)  # a Monday


def _every(minutes: int) -> list[str]:
    return [f"{hour:02}:{minute:02}" for hour in range(24) for minute in range(0, 60, minutes)]


def _hourly(minute: int, hours: range = range(24)) -> list[str]:
    return [f"{hour:02}:{minute:02}" for hour in hours]


_TIMES = {
    "appointments.tasks.day.close_days": _hourly(10),
    "appointments.tasks.rush.settle_due_draws": _every(1),
    "appointments.tasks.supply.move_left_behind": _every(10),
    "appointments.tasks.supply.open_slots": ["00:20"],
    "appointments.tasks.upkeep.refresh_outside": _every(5),
    "appointments.tasks.upkeep.remind": _hourly(5, range(9, 21)),
    "appointments.tasks.upkeep.write_down_expired": _every(1),
    "audit.tasks.seal": _every(1),
    "calendars.tasks.settle_left_behind": _every(30),
    "cases.tasks.deem_accepted": _every(5),
    "cases.tasks.fill_calendar_gaps": ["06:20"],
    "cases.tasks.make_held_papers": _every(10),
    "catalog.tasks.follow_schedule": _every(1),
    "consultations.tasks.forget": ["03:23"],
    "content.tasks.check_outside_links": ["02:20"],
    "core.files.tasks.sweep_orphans": ["03:40"],
    "core.idempotency.forget_old_keys": ["03:17"],
    "core.tasks.rescue_stalled": _every(1),
    "identity.tasks.forget_old": ["03:37"],
    "licences.tasks.make_held_papers": _every(10),
    "messaging.tasks.ask_reports": _every(5),
    "messaging.tasks.carry_on": _every(1),
    "messaging.tasks.forget_old": ["03:47"],
    "messaging.tasks.refresh_age_bands": [],  # on the first of a month
    "messaging.tasks.remind_of_expiry": ["08:40"],
    "messaging.tasks.send_due": _every(1),
    "publishing.tasks.write_out": _every(1),
    "ratings.tasks.refresh_figures": _every(10),
    "tickets.tasks.close_answered": _hourly(25),
    "tickets.tasks.fill_calendar_gaps": ["06:30"],
    "tickets.tasks.sweep": _hourly(50),
    "tickets.tasks.tell_overdue": _every(10),
}
"""The times of a Monday, China's clock, of every periodic task: a new one is entered here."""


def _periodic() -> dict[str, PeriodicTask]:  # type: ignore[type-arg]
    return {
        name.removeprefix("zhijian."): one for (name, _), one in app.periodic_registry.periodic_tasks.items()
    }


def _runs(periodic: PeriodicTask, since: datetime) -> Iterator[datetime]:  # type: ignore[type-arg]
    """The runs after ``since``, as the scheduler computes them."""
    at = since.timestamp()
    while True:
        at = periodic.croniter.get_next(ret_type=float, start_time=at)
        yield datetime.fromtimestamp(at, CHINA)


def _times_of_day(periodic: PeriodicTask, day: datetime) -> list[str]:  # type: ignore[type-arg]
    found = []
    for run in _runs(periodic, day - timedelta(seconds=1)):
        if run >= day + timedelta(days=1):
            return found
        found.append(f"{run:%H:%M}")
    return found


def test_every_periodic_task_is_in_the_table() -> None:
    assert sorted(_periodic()) == sorted(_TIMES)


@pytest.mark.parametrize("name", sorted(_TIMES))
def test_runs_at_its_hours_by_chinas_clock(name: str) -> None:
    assert _times_of_day(_periodic()[name], _DAY) == _TIMES[name]


def _at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 12, day, hour, minute, tzinfo=CHINA)


def _scheduler(*names: str) -> PeriodicDeferrer:
    """That of a worker which has just begun, for these tasks."""
    registry = PeriodicRegistry()
    registry.periodic_tasks = {
        key: one
        for key, one in app.periodic_registry.periodic_tasks.items()
        if key[0].removeprefix("zhijian.") in names
    }
    return PeriodicDeferrer(registry=registry, **app.periodic_defaults)


def _look(scheduler: PeriodicDeferrer, moment: datetime) -> None:
    """What the worker does with its schedule at ``moment``; then all its jobs are done."""
    async_to_sync(scheduler.defer_jobs)(list(scheduler.get_previous_tasks(at=moment.timestamp())))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded'")


def _enqueued(name: str) -> list[str]:
    """When the jobs of a task were due, by China's clock."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args->'timestamp' FROM procrastinate_jobs WHERE task_name = %s ORDER BY id",
            [f"zhijian.{name}"],
        )
        return [f"{datetime.fromtimestamp(int(due), CHINA):%d %H:%M}" for (due,) in cursor.fetchall()]


_DAILY = sorted(name for name, times in _TIMES.items() if len(times) == 1)


@pytest.mark.django_db
@pytest.mark.parametrize("name", _DAILY)
def test_a_worker_that_was_away_does_the_days_run_once_when_it_comes_back(name: str) -> None:
    time = _TIMES[name][0]
    _look(_scheduler(name), _at(7, 23, 55))
    assert _enqueued(name) == [f"07 {time}"]
    back = _scheduler(name)
    _look(back, _at(9, 9, 30))  # away since the night before last: one run, not two
    _look(back, _at(9, 9, 31))
    _look(_scheduler(name), _at(9, 9, 32))  # it begins again, or a second one comes
    assert _enqueued(name) == [f"07 {time}", f"09 {time}"]
    _look(back, _at(10, 9, 30))
    assert _enqueued(name)[2:] == [f"10 {time}"]


@pytest.mark.django_db
def test_what_runs_once_a_month_is_caught_up_too() -> None:
    name = "messaging.tasks.refresh_age_bands"
    _look(_scheduler(name), _at(29, 12))
    assert _enqueued(name) == ["01 04:10"]


@pytest.mark.django_db
def test_what_runs_every_minute_is_caught_up_once() -> None:
    _look(_scheduler("messaging.tasks.send_due"), _at(7, 12, 1) - timedelta(seconds=1))
    _look(_scheduler("messaging.tasks.send_due"), _at(9, 12, 1) - timedelta(seconds=1))
    assert _enqueued("messaging.tasks.send_due") == ["07 12:00", "09 12:00"]


@pytest.mark.parametrize(
    ("hour", "minute", "awake"),
    [(7, 59, False), (8, 0, True), (20, 59, True), (21, 0, False), (0, 30, False)],
)
def test_people_are_awake_by_chinas_clock(hour: int, minute: int, *, awake: bool) -> None:
    assert is_daytime(_at(9, hour, minute).astimezone(UTC)) is awake
