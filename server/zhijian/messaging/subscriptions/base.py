"""From an event to a message."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from zhijian.core.actor import SYSTEM, Actor
from zhijian.core.events import Event, subscribe
from zhijian.core.tasks import task
from zhijian.identity.models import Citizen
from zhijian.messaging.actions import notify
from zhijian.messaging.queries.holding import Holds, ask


@dataclass(frozen=True, slots=True)
class Notice:
    """Whom to tell what.

    ``key`` tells this news from any other of its kind: it is told once. So it names the step or the number of the
    change, never a state, which may return. ``about`` is what the template's predicate is asked about.
    """

    citizen: Citizen
    key: str
    variables: Mapping[str, Any] = field(default_factory=dict)
    link: str = ""
    happened_at: datetime | None = None
    about: Mapping[str, Any] = field(default_factory=dict)


Build = Callable[..., Notice | None]


def notify_of(actor: Actor, template: str, notice: Notice) -> None:
    notify(
        actor,
        citizen=notice.citizen,
        template=template,
        variables=notice.variables,
        dedupe_key=f"{template}:{notice.key}",
        link=notice.link,
        about=notice.about,
        happened_at=notice.happened_at,
    )


def tell(
    kind: type[Event], template: str, build: Build, *, holds: Holds, actions: Iterable[str] = ()
) -> None:
    """When ``kind`` happens (by one of ``actions``, if named), ``build`` gets the event's fields and makes the notice
    for ``template``, or None.

    ``holds`` gets the notice's ``about`` and says before it goes out whether it is still so (``fact``: it stays so).
    """

    def one(**fields: Any) -> list[Notice]:
        notice = build(**fields)
        return [] if notice is None else [notice]

    tell_all(kind, template, one, holds=holds, actions=actions)


def tell_all(
    kind: type[Event],
    template: str,
    build: Callable[..., Iterable[Notice]],
    *,
    holds: Holds,
    actions: Iterable[str] = (),
) -> None:
    """The same for news that concern several people."""

    def run(**fields: Any) -> None:
        for notice in build(**fields):
            notify_of(SYSTEM, template, notice)

    run.__name__ = template  # the task's name: one for each template
    ask(template, holds)
    subscribe(kind, actions)(task(queue="messages")(run))
