"""The line as the rules of calling see it."""

from collections.abc import Collection
from datetime import date

from zhijian.appointments.models import CounterGroup, Visit
from zhijian.appointments.rules.calling import Mix, Waiting
from zhijian.appointments.rules.states import VisitState


def mix_of(group: CounterGroup) -> Mix:
    return Mix(group.booked_share, group.walk_in_share)


def waiting_in(groups: Collection[int], day: date) -> dict[int, list[Waiting]]:
    """Who waits, by group; every group asked for is there. One query."""
    rows = Visit.objects.filter(group__in=groups, day=day, state=VisitState.WAITING).values_list(
        "group_id", "pk", "kind", "priority", "due_at", "sequence"
    )
    found: dict[int, list[Waiting]] = {group: [] for group in groups}
    for group, key, kind, priority, due_at, sequence in rows:
        found[group].append(Waiting(key, kind, priority, due_at, sequence))
    return found
