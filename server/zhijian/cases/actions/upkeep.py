"""Corrections of what was computed, when the tables behind it change."""

from django.db import transaction

from zhijian.audit.actions import record
from zhijian.cases.actions import clocks, turn
from zhijian.cases.models import Case
from zhijian.cases.rules.states import State
from zhijian.core.actor import SYSTEM


@transaction.atomic
def rewind(*, case: Case) -> Case:
    """Compute the clock of ``case`` anew from its facts and the calendar as it is now."""
    fresh = turn.lock(case.pk)
    clocks.wind(fresh, State(fresh.state))
    clocks.sort(fresh)
    fresh.save()
    record(SYSTEM, "case.clock_computed", subject=turn.subject(fresh), facts={"gap": fresh.calendar_gap})
    return fresh
