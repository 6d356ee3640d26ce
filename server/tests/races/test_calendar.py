"""A year is replaced while people act, with real threads and connections."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import time_machine
from calendars.factories import changed, days
from cases import factories as made
from support.threads import at_once

from zhijian.calendars import actions, errors, queries
from zhijian.calendars.rules.year import YearPlan
from zhijian.cases import actions as case_actions
from zhijian.cases.actions import clocks
from zhijian.cases.models import Case
from zhijian.cases.rules.states import OPEN, State
from zhijian.core.actor import SYSTEM
from zhijian.core.models import CalendarVersion
from zhijian.core.workdays import Workdays

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("calendar_seeded")]


def enter(plan: YearPlan, seen: int) -> None:
    actions.enter_year(SYSTEM, plan=plan, seen=seen, replace=True)
    actions.settle()


def test_whoever_acts_meanwhile_ends_with_the_new_dates() -> None:
    with time_machine.travel("2026-11-02T09:00:00+08:00", tick=True):
        world = made.make_world()
        worlds = [made.World(world.office, world.version, made.make_citizen()) for _ in range(8)]
        submitted = [made.submitted_case(one) for one in worlds[:4]]
        drafts = [made.draft_case(one) for one in worlds[4:]]
        plan, seen = changed(2026, *days(date(2026, 11, 3), date(2026, 11, 5))), queries.version_number(2026)
        calls: list[Callable[[], Any]] = [lambda: enter(plan, seen)]
        calls += [
            lambda one=case: case_actions.accept(world.office.window.actor, case=one)  # type: ignore[misc]
            for case in submitted
        ]
        calls += [
            lambda w=one, c=draft: case_actions.submit(w.citizen.actor, case=c, consent=True)  # type: ignore[misc]
            for one, draft in zip(worlds[4:], drafts, strict=True)
        ]
        refused = [result for result in at_once(calls) if isinstance(result, Exception)]
        assert refused == []
        open_cases = list(Case.objects.filter(state__in=sorted(OPEN)))
        assert len(open_cases) == 8
        for case in open_cases:
            stored = (case.due_at, case.decision_due_at)
            clocks.wind(case, State(case.state), calendar=Workdays.load())
            assert (case.due_at, case.decision_due_at) == stored


def test_two_administrators_at_once_are_one_version() -> None:
    seen = queries.version_number(2027)
    plans = [changed(2027, *days(date(2027, 3, 1), date(2027, 3, n))) for n in (1, 2)]
    results = at_once([lambda plan=plan: enter(plan, seen) for plan in plans])  # type: ignore[misc]
    assert sorted(type(one) for one in results if one is not None) == [errors.CalendarChanged]
    assert CalendarVersion.objects.filter(year=2027).count() == 2
