"""What happened, told to whoever asked. Subscribers' tasks are enqueued in the emitting transaction."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any

from procrastinate.contrib.django import app
from procrastinate.tasks import Task


@dataclass(frozen=True, slots=True)
class Event:
    """Base of events: frozen dataclasses of plain JSON values (ids, codes), never personal data."""

    @property
    def job_priority(self) -> int | None:
        """Of the tasks that it starts: higher goes first. None leaves it to the task, which has 0 unless it says more."""
        return None


_subscribers: dict[type[Event], list[tuple[Task[Any, Any, Any], frozenset[str]]]] = {}


def subscribe(
    kind: type[Event], actions: Iterable[str] = ()
) -> Callable[[Task[Any, Any, Any]], Task[Any, Any, Any]]:
    """Decorate a task: it runs once for each event of ``kind``, with the event's fields as arguments. ``actions``: only
    for those of its field ``action``."""

    def register(task: Task[Any, Any, Any]) -> Task[Any, Any, Any]:
        _subscribers.setdefault(kind, []).append((task, frozenset(actions)))
        return task

    return register


def emit(*events: Event) -> None:
    """Tell subscribers, if and only if the present transaction commits. One statement, however many there are."""
    jobs = [
        task.configure(priority=event.job_priority).make_new_job(**told)
        for event, told in ((event, asdict(event)) for event in events)
        for task, actions in _subscribers.get(type(event), ())
        if not actions or told["action"] in actions
    ]
    if jobs:
        app.job_manager.batch_defer_jobs(jobs)
