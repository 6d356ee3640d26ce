"""What orders to put a poor rating right store of working days."""

from zhijian.calendars.dependants import Dependant, register
from zhijian.ratings.actions.recomputing import recompute, survey
from zhijian.ratings.queries.calendar import reaching

register(
    Dependant(
        key="ratings",
        label="差评整改",
        order=30,
        fields=(
            "ratings.Rectification.due_at",
            "ratings.Rectification.warn_at",
            "ratings.Rectification.fix_due_at",
        ),
        survey=survey,
        move=recompute,
        reaching=reaching,
    )
)
