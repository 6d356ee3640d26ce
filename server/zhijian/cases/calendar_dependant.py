"""What cases store of working days."""

from zhijian.calendars.dependants import Dependant, register
from zhijian.cases.actions.recomputing import recompute, survey
from zhijian.cases.queries.calendar import reaching

register(
    Dependant(
        key="cases",
        label="办件",
        order=10,
        fields=(
            "cases.Case.due_at",
            "cases.Case.warn_at",
            "cases.Case.sort_at",
            "cases.Case.decision_due_at",
            "cases.Case.decision_warn_at",
            "cases.Case.calendar_gap",
            "cases.Correction.due_at",
        ),
        survey=survey,
        move=recompute,
        reaching=reaching,
    )
)
