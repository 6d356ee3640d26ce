"""Background work: procrastinate tasks whose connections and retries are set in one place."""

import logging
import os
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import close_old_connections, connection
from procrastinate import JobContext, RetryDecision, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.jobs import Job
from procrastinate.tasks import Task

from zhijian.core.afterwards import afterwards
from zhijian.core.clock import now
from zhijian.core.errors import OperatorNeeded
from zhijian.core.periodic import is_daytime

log = logging.getLogger(__name__)

# Seconds without a heartbeat of its worker, which comes every 10, until a job counts as left behind.
STALLED_AFTER = int(os.environ.get("STALLED_AFTER", "60"))


class Patient(RetryStrategy):
    """Ten attempts within a day; hour by hour, without an end, where only an operator can help: the receipt that a
    renewed certificate signs after a week is late, but one that nobody makes is lost.
    """

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if isinstance(exception, OperatorNeeded):
            return RetryDecision(retry_in={"hours": 1})
        return super().get_retry_decision(exception=exception, job=job)


_RETRY = Patient(max_attempts=10, exponential_wait=3)


def task(
    *,
    queue: str = "default",
    cron: str | None = None,
    by_day: bool = False,
    retry: RetryStrategy = _RETRY,
    **options: Any,
) -> Callable[[Callable[..., None]], Task[Any, Any, Any]]:
    """Register an idempotent task. ``cron`` makes it periodic (minute hour day month weekday, China's clock); a run
    that was missed is caught up later, one that is ``by_day`` only while people are awake."""

    def register(function: Callable[..., None]) -> Task[Any, Any, Any]:
        @wraps(function)
        def run(**arguments: Any) -> None:
            periodic = arguments.pop("timestamp", None)  # procrastinate tells periodic tasks their due time
            if periodic and by_day and not is_daytime(now()):
                log.info("periodic task left to the day", extra={"task": function.__name__})
                return
            _leave_dead_connections()
            with afterwards():
                function(**arguments)

        name = f"{function.__module__}.{function.__name__}"
        make: Callable[..., Any] = app.task  # its overloads do not cover options handed on
        registered: Task[Any, Any, Any] = make(queue=queue, retry=retry, name=name, **options)(run)
        if cron:
            app.periodic(cron=cron)(registered)
        return registered

    return register


def _leave_dead_connections() -> None:
    if not connection.in_atomic_block:
        close_old_connections()


@app.periodic(cron="* * * * *")
@app.task(
    queue="upkeep",
    queueing_lock="rescue_stalled",
    pass_context=True,
    name="zhijian.core.tasks.rescue_stalled",
)
async def rescue_stalled(context: JobContext, timestamp: int) -> None:
    """Give the jobs of a killed worker to a living one."""
    jobs = context.app.job_manager
    for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER):
        await jobs.retry_job(job)
