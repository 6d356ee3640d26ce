"""How a case stands at a moment: what was stored, and what time alone has decided since."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from zhijian.cases.models import Case
from zhijian.cases.queries.terms import terms_of
from zhijian.cases.rules.states import PAUSED, State
from zhijian.core.lights import Light, light

RATE_WITHIN = timedelta(days=30)
"""How long a concluded case stays among the to-dos; rating is possible later too."""


@dataclass(frozen=True, slots=True)
class Standing:
    """As :class:`Case`, but with deemed acceptance applied although no worker has run yet."""

    state: State
    started_at: datetime | None
    due_at: datetime | None
    warn_at: datetime | None
    rule: str
    law: str
    limit_value: int | None
    limit_unit: str
    light: Light


def standing(case: Case, moment: datetime) -> Standing:
    """No query, unless a deemed acceptance is due: then the item's version is read (and kept)."""
    if case.state == State.SUBMITTED and case.due_at is not None and moment > case.due_at:
        return _deemed(case, moment)
    state = State(case.state)
    return Standing(
        state=state,
        started_at=case.clock_started_at,
        due_at=case.due_at,
        warn_at=case.warn_at,
        rule=case.due_rule,
        law=case.due_law,
        limit_value=case.limit_value,
        limit_unit=case.limit_unit,
        light=light(due_at=case.due_at, warn_at=case.warn_at, paused=state in PAUSED, now=moment),
    )


def _deemed(case: Case, moment: datetime) -> Standing:
    terms = terms_of(case)
    due_at, warn_at = case.decision_due_at, case.decision_warn_at
    return Standing(
        state=State.ACCEPTED,
        started_at=case.received_at,
        due_at=due_at,
        warn_at=warn_at,
        rule=terms.rule if due_at else "",
        law=terms.law if due_at else "",
        limit_value=terms.limit.value if terms.limit else None,
        limit_unit=terms.limit.unit if terms.limit else "",
        light=light(due_at=due_at, warn_at=warn_at, paused=False, now=moment),
    )


def paused(case: Case) -> bool:
    """Whether its clock may have stood: a correction was asked for, or work has begun."""
    return case.corrected or case.accepted_at is not None


def may_rate(case: Case) -> bool:
    """Once, after 办结."""
    return (
        case.state in {State.CONCLUDED, State.ARCHIVED}
        and case.concluded_at is not None
        and not case.rated_at
    )
