"""How a page of the console offers actions: what a domain's rules allow, each with its button, form and colour."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db.models import TextChoices

from zhijian.core.clock import now
from zhijian.lifecycle.turn import Life
from zhijian.organizations.models import Staff
from zhijian.workbench.acting import Tried

NOTE = "workbench/forms/note.html"
"""The form of an action that asks for one field of words, ``note``."""


@dataclass(frozen=True, slots=True)
class Ask:
    """How an action is asked for: without ``template`` one press is enough."""

    icon: str
    template: str = ""
    confirm: str = ""
    danger: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """One action as the page shows it; ``values`` and ``errors`` bring back what was typed before a refusal.

    ``closed``: it was just tried and is no longer possible. Its form is shown without a button, so that what was
    typed can be read and copied.
    """

    code: str
    label: str
    icon: str
    template: str
    confirm: str
    kind: str
    open: bool = False
    values: Mapping[str, Any] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    closed: bool = False


A = TypeVar("A", bound=TextChoices)


def offered(
    ordered: Iterable[A],
    asks: Mapping[A, Ask],
    *,
    first: A | None,
    tried: Tried | None,
) -> list[Offer]:
    """The allowed actions in their order. ``tried`` is the one that was refused a moment ago, if any."""
    errors = {fault.path: fault.message for fault in tried.problem.fields} if tried else {}
    allowed, again, typed = list(ordered), tried.action if tried else "", tried.typed if tried else {}
    return _closed(allowed, asks, again, typed) + [
        Offer(
            code=action.value,
            label=str(action.label),
            icon=asks[action].icon,
            template=asks[action].template,
            confirm=asks[action].confirm,
            kind="primary" if action == first else "danger" if asks[action].danger else "",
            open=action.value == again,
            values=typed if action.value == again else {},
            errors=errors if action.value == again else {},
        )
        for action in allowed
    ]


def parts(
    life: Life[Any, Any, A], row: Any, staff: Staff, asks: Mapping[A, Ask], *, tried: Tried | None
) -> dict[str, Any]:
    """What ``workbench/acts.html`` reads as ``page``, and ``workbench/history.html`` as ``steps``."""
    roles, facts = life.roles_of(staff.actor, staff, row), life.facts_of(row, staff, now())
    found = [(one.action, why) for one, why in life.table.available(row.state, roles, facts)]
    allowed = list(dict.fromkeys(action for action, why in found if action in asks and not why))
    blocked = {action: why for action, why in found if action in asks and action not in allowed}
    labels = {action.value: str(action.label) for action in asks}
    page = {
        "offers": offered(allowed, asks, first=None, tried=tried),
        "blocked": [{"label": action.label, "reason": why} for action, why in blocked.items()],
        "problem": tried.problem if tried else None,
        "seen": life.mark(row),
        "idle_words": "没有等您办理的事。",
    }
    steps = [{"step": step, "label": labels.get(step.action, step.action)} for step in row.steps.all()]
    return {"page": page, "steps": steps}


def _closed(allowed: list[A], asks: Mapping[A, Ask], tried: str, typed: Mapping[str, Any]) -> list[Offer]:
    """What was tried, when it isn't possible any more and asked for words."""
    for action, ask in asks.items():
        if action.value == tried and action not in allowed and ask.template and typed:
            return [
                Offer(
                    code=tried,
                    label=str(action.label),
                    icon=ask.icon,
                    template=ask.template,
                    confirm="",
                    kind="",
                    open=True,
                    values=typed,
                    closed=True,
                )
            ]
    return []
