"""Changes of what a hall offers, as they are proposed: what each makes of the plans that it touches."""

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from zhijian.appointments.models import Closure, CounterGroup, Schedule
from zhijian.appointments.queries.supply.plans import closures_of, plan_from, plan_of, spans_for, with_plan
from zhijian.appointments.rules.supply import Plan, Span
from zhijian.appointments.specs import PlanSpec
from zhijian.core.workdays import Workdays
from zhijian.organizations.models import Hall


@dataclass(frozen=True, slots=True)
class Pair:
    """A schedule's plan before (None: there is none yet) and after."""

    schedule: Schedule
    before: Plan | None
    after: Plan


class Change:
    """What may be shown by ``impact_of`` and done by ``apply_change``. ``reason`` is told to whoever loses a place."""

    reason: str

    @property
    @abstractmethod
    def hall(self) -> Hall: ...

    @property
    @abstractmethod
    def group(self) -> CounterGroup | None:
        """The one group that is touched; None for the whole hall."""

    @abstractmethod
    def pairs(self, at: datetime) -> list[Pair]: ...

    @property
    def span(self) -> Span | None:
        """Outside of it nothing changes; None when there is no such bound."""
        return None

    def calendars(self, present: Workdays) -> tuple[Workdays, Workdays]:
        """The working calendar before and after; ``present`` is the one in force."""
        return present, present


@dataclass(frozen=True)
class PlanChange(Change):
    """Other terms or lines; for a schedule that isn't stored yet, its first ones."""

    schedule: Schedule
    spec: PlanSpec
    reason: str = "大厅调整了预约时段"

    @property
    def hall(self) -> Hall:
        return self.schedule.group.hall

    @property
    def group(self) -> CounterGroup:
        return self.schedule.group

    def pairs(self, at: datetime) -> list[Pair]:
        closures = closures_of([self.hall.pk], after=at)
        if self.schedule._state.adding:
            spans = spans_for(self.schedule, closures)
            return [Pair(self.schedule, None, plan_from(self.spec, {}, spans))]
        stored = with_plan(Schedule.objects.filter(pk=self.schedule.pk)).get()
        before = plan_of(stored, closures)
        return [Pair(stored, before, plan_from(self.spec, before.special_days, before.closures))]


@dataclass(frozen=True)
class DayChange(Change):
    """A date takes another weekday's lines (0: offers nothing), or with None the ordinary ones again."""

    schedule: Schedule
    date: date
    as_weekday: int | None
    reason: str

    @property
    def hall(self) -> Hall:
        return self.schedule.group.hall

    @property
    def group(self) -> CounterGroup:
        return self.schedule.group

    def pairs(self, at: datetime) -> list[Pair]:
        stored = with_plan(Schedule.objects.filter(pk=self.schedule.pk)).get()
        before = plan_of(stored, closures_of([self.hall.pk], after=at))
        days = {day: weekday for day, weekday in before.special_days.items() if day != self.date}
        if self.as_weekday is not None:
            days[self.date] = self.as_weekday
        return [Pair(stored, before, replace(before, special_days=days))]


@dataclass(frozen=True)
class ClosureChange(Change):
    """The hall, or one group of it, serves nobody from ``starts_at`` to ``ends_at``."""

    at_hall: Hall
    of_group: CounterGroup | None
    starts_at: datetime
    ends_at: datetime
    reason: str

    @property
    def hall(self) -> Hall:
        return self.at_hall

    @property
    def group(self) -> CounterGroup | None:
        return self.of_group

    @property
    def span(self) -> Span:
        return Span(self.starts_at, self.ends_at)

    def pairs(self, at: datetime) -> list[Pair]:
        return _shut_pairs(self, at, add=self.span)


@dataclass(frozen=True)
class LiftChange(Change):
    """A closure no longer holds: its slots can be booked again."""

    closure: Closure
    reason: str = "大厅恢复办理"

    @property
    def hall(self) -> Hall:
        return self.closure.hall

    @property
    def group(self) -> CounterGroup | None:
        return self.closure.group

    @property
    def span(self) -> Span:
        return Span(self.closure.starts_at, self.closure.ends_at)

    def pairs(self, at: datetime) -> list[Pair]:
        return _shut_pairs(self, at, drop=self.closure)


@dataclass(frozen=True)
class CalendarChange(Change):
    """A year of the working calendar is another: plans that follow it offer other days."""

    at_hall: Hall
    before: Workdays
    after: Workdays | None
    """None: the one in force when it is carried out."""
    reason: str

    @property
    def hall(self) -> Hall:
        return self.at_hall

    @property
    def group(self) -> None:
        return None

    def pairs(self, at: datetime) -> list[Pair]:
        schedules = Schedule.objects.filter(group__hall=self.at_hall, follows_calendar=True)
        closures = closures_of([self.at_hall.pk], after=at)
        plans = [(schedule, plan_of(schedule, closures)) for schedule in _ordered(with_plan(schedules))]
        return [Pair(schedule, plan, plan) for schedule, plan in plans]

    def calendars(self, present: Workdays) -> tuple[Workdays, Workdays]:
        return self.before, self.after or present


def _shut_pairs(
    change: Change, at: datetime, *, add: Span | None = None, drop: Closure | None = None
) -> list[Pair]:
    schedules = Schedule.objects.filter(group__hall=change.hall)
    if change.group is not None:
        schedules = schedules.filter(group=change.group)
    closures = closures_of([change.hall.pk], after=at)
    rest = [closure for closure in closures if drop is None or closure.pk != drop.pk]
    added = (add,) if add else ()
    return [
        Pair(
            schedule,
            plan_of(schedule, closures),
            replace(plan_of(schedule, rest), closures=spans_for(schedule, rest) + added),
        )
        for schedule in _ordered(with_plan(schedules))
    ]


def _ordered(schedules: Iterable[Schedule]) -> Sequence[Schedule]:
    return sorted(schedules, key=lambda schedule: schedule.pk)
