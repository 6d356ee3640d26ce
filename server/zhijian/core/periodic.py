"""Periodic tasks by China's clock. procrastinate reads cron in UTC, and here an hour means what people call it."""

from datetime import datetime, time, timedelta
from functools import cached_property
from typing import Any

from procrastinate import App
from procrastinate.periodic import PeriodicRegistry, PeriodicTask

from zhijian.core.zone import CHINA

CATCH_UP = timedelta(days=32)
"""How late a run may still begin: a worker that comes back does the last run that it missed of each task, once,
also of those that run once a month."""
DAYTIME = (time(8), time(21))
"""When people may be told things that nobody waits for."""


class ChinaPeriodicTask(PeriodicTask[Any, Any, Any]):
    @cached_property
    def croniter(self) -> Any:
        """The scheduler moves it by bare timestamps, which leave its zone as it is."""
        schedule = super().croniter
        schedule.set_current(datetime.now(CHINA))
        return schedule


class ChinaRegistry(PeriodicRegistry):
    def register_task(self, *args: Any, **options: Any) -> PeriodicTask[Any, Any, Any]:
        plain: PeriodicTask[Any, Any, Any] = super().register_task(*args, **options)
        zoned = ChinaPeriodicTask(
            task=plain.task,
            cron=plain.cron,
            periodic_id=plain.periodic_id,
            configure_kwargs=plain.configure_kwargs,
        )
        self.periodic_tasks[plain.task.name, plain.periodic_id] = zoned
        return zoned


def use_chinas_clock(app: App) -> None:
    """For the settings of procrastinate: what was registered, and what will be, runs by China's clock."""
    registry = ChinaRegistry()  # type: ignore[no-untyped-call]
    for one in app.periodic_registry.periodic_tasks.values():
        registry.register_task(
            task=one.task, cron=one.cron, periodic_id=one.periodic_id, configure_kwargs=one.configure_kwargs
        )
    app.periodic_registry = registry
    app.periodic_defaults["max_delay"] = CATCH_UP.total_seconds()


def is_daytime(moment: datetime) -> bool:
    return DAYTIME[0] <= moment.astimezone(CHINA).time() < DAYTIME[1]
