"""Loads what a city's halls offer from one JSON document (see demo/appointments.json). Again changes nothing.

A group, a counter or a plan that is there already stays as the halls have made it.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from zhijian.appointments.actions.supply import open_all
from zhijian.appointments.errors import SupplyWrong
from zhijian.appointments.models import Counter, CounterGroup, NoShowRule, Schedule, ScheduleLine
from zhijian.appointments.rules.supply import line_faults, weekdays
from zhijian.appointments.specs import GroupSpec, LineSpec, NoShowSpec, PlanSpec
from zhijian.audit.actions import record
from zhijian.core.actor import Actor
from zhijian.core.errors import FieldError
from zhijian.organizations.models import Department, Hall


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid")


class LineRow(_Row):
    """A line of several weekdays: "1-5"."""

    days: str = Field(pattern=r"^[1-7](-[1-7])?(,[1-7](-[1-7])?)*$")
    starts: str
    ends: str
    slot_minutes: int = 30
    capacity: int
    priority: int = 0
    walk_in: int = 0

    def specs(self) -> list[LineSpec]:
        values = self.model_dump(exclude={"days"})
        return [LineSpec.model_validate(values | {"weekday": day}) for day in sorted(weekdays(self.days))]


class PlanRow(_Row):
    item_code: str
    lines: list[LineRow]


class GroupRow(_Row):
    code: str
    name: str
    name_en: str
    department: str
    prefix: str
    service_minutes: int = 10
    plans: list[PlanRow]


class CounterRow(_Row):
    number: str = Field(min_length=1, max_length=8)
    groups: list[str]


class HallRow(_Row):
    hall: str
    groups: list[GroupRow]
    counters: list[CounterRow]


class Supply(_Row):
    """The document. ``terms`` are those of every plan in it; a plan is valid from the day it is loaded."""

    no_show_rule: NoShowSpec
    terms: dict[str, Any]
    halls: list[HallRow]


def load_appointments(actor: Actor, data: Mapping[str, Any], *, valid_from: date) -> int:
    """After organizations. Makes the missing groups, counters and plans, then all slots; returns how many slots.

    Raises SupplyWrong naming every fault; then nothing is loaded.
    """
    try:
        document = Supply.model_validate(data)
        specs = {
            (row.hall, group.code, plan.item_code): _plan(document.terms, plan, valid_from)
            for row in document.halls
            for group in row.groups
            for plan in group.plans
        }
    except ValidationError as error:
        faults = [FieldError("/" + "/".join(map(str, e["loc"])), e["type"], e["msg"]) for e in error.errors()]
        raise SupplyWrong(fields=faults) from error
    _store(actor, document, specs)
    return open_all()


@transaction.atomic
def _store(actor: Actor, document: Supply, specs: Mapping[tuple[str, str, str], PlanSpec]) -> None:
    halls = {hall.code: hall for hall in Hall.objects.all()}
    departments = {department.code: department for department in Department.objects.all()}
    _check(document, specs, halls, departments)
    NoShowRule.objects.get_or_create(hall=None, defaults=document.no_show_rule.model_dump())
    CounterGroup.objects.bulk_create(
        (
            _group(halls[row.hall], departments[group.department], group)
            for row in document.halls
            for group in row.groups
        ),
        ignore_conflicts=True,
    )
    groups = {(g.hall.code, g.code): g for g in CounterGroup.objects.select_related("hall")}
    _counters(document, halls, groups)
    new = _plans(specs, groups)
    record(actor, "supply.loaded", subject="appointments", facts={"halls": len(document.halls), "plans": new})


def _plan(terms: Mapping[str, Any], row: PlanRow, valid_from: date) -> PlanSpec:
    lines = [line for part in row.lines for line in part.specs()]
    return PlanSpec.model_validate({**terms, "valid_from": valid_from, "lines": lines})


def _check(
    document: Supply,
    specs: Mapping[tuple[str, str, str], PlanSpec],
    halls: Mapping[str, Hall],
    departments: Mapping[str, Department],
) -> None:
    faults = []
    for number, row in enumerate(document.halls):
        codes = {group.code for group in row.groups}
        named = [(f"/halls/{number}/hall", {row.hall}, set(halls))]
        named += [(f"/halls/{number}/groups/{g.code}", {g.department}, set(departments)) for g in row.groups]
        named += [(f"/halls/{number}/counters/{c.number}", set(c.groups), codes) for c in row.counters]
        faults += [
            FieldError(path, "unknown", f"没有代码“{code}”")
            for path, used, known in named
            for code in sorted(used - known)
        ]
    for key, spec in specs.items():
        lines = [line.line() for line in spec.lines]
        faults += [FieldError("/" + "/".join(key), "line", words) for _, words in line_faults(lines)]
    if faults:
        raise SupplyWrong(fields=faults)


def _group(hall: Hall, department: Department, row: GroupRow) -> CounterGroup:
    spec = GroupSpec.model_validate(row.model_dump(exclude={"department", "plans"}))
    return CounterGroup(hall=hall, department=department, **spec.model_dump())


def _counters(
    document: Supply, halls: Mapping[str, Hall], groups: Mapping[tuple[str, str], CounterGroup]
) -> None:
    rows = [(halls[row.hall], counter) for row in document.halls for counter in row.counters]
    there = set(Counter.objects.values_list("hall__code", "number"))
    new = [(hall, row) for hall, row in rows if (hall.code, row.number) not in there]
    made = Counter.objects.bulk_create(Counter(hall=hall, number=row.number) for hall, row in new)
    links = Counter.groups.through
    links.objects.bulk_create(
        links(counter_id=counter.pk, countergroup_id=groups[hall.code, code].pk)
        for counter, (hall, row) in zip(made, new, strict=True)
        for code in row.groups
    )


def _plans(
    specs: Mapping[tuple[str, str, str], PlanSpec], groups: Mapping[tuple[str, str], CounterGroup]
) -> int:
    there = set(Schedule.objects.values_list("group__hall__code", "group__code", "item_code"))
    new = {key: spec for key, spec in specs.items() if key not in there}
    made = Schedule.objects.bulk_create(
        Schedule(group=groups[hall, group], item_code=item, **spec.terms())
        for (hall, group, item), spec in new.items()
    )
    ScheduleLine.objects.bulk_create(
        ScheduleLine(schedule=schedule, **line.model_dump())
        for schedule, spec in zip(made, new.values(), strict=True)
        for line in spec.lines
    )
    return len(made)
