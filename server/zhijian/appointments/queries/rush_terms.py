"""Conditions that the ordinary path and the rush lane must decide alike, as SQL over the aliases named here.

``slot`` with its ``hall_id``, ``rush`` (its rush or nulls), ``entry`` (the person's place in its queue or nulls),
``citizen``. ``%(now)s`` is the moment asked about.
"""

import re
from collections.abc import Sequence

_SINCE = "(extract(epoch FROM %(now)s::timestamptz - rush.opens_at) * 1000000)"
_TURN = "ceil(entry.position * 1000000.0 / rush.per_second)"

#: rules.admission.may_book, and for a draw: only what is left after it was settled.
ADMITTED = f"""(
    rush.id IS NULL
    OR (rush.mode = 'draw' AND rush.drawn_at IS NOT NULL)
    OR (rush.mode = 'queue' AND (
        rush.closes_at <= %(now)s
        OR coalesce({_SINCE} >= {_TURN} AND {_SINCE} < {_TURN} + rush.window_minutes * 60000000.0, false)))
)"""

#: Online booking is suspended: as many misses as the hall's rule (else the city's) names lay close together, and the
#: last of them is not yet ``blocked_days`` ago.
BLOCKED = """EXISTS (
    SELECT 1 FROM appointments_noshow latest
    JOIN appointments_noshowrule rule ON rule.id = (
        SELECT fitting.id FROM appointments_noshowrule fitting
        WHERE fitting.hall_id = slot.hall_id OR fitting.hall_id IS NULL ORDER BY fitting.hall_id NULLS LAST LIMIT 1)
    WHERE latest.citizen_id = citizen.id AND latest.appeal <> 'excused'
        AND latest.at > %(now)s - make_interval(days => rule.blocked_days)
        AND rule.misses <= (
            SELECT count(*) FROM appointments_noshow missed
            WHERE missed.citizen_id = citizen.id AND missed.appeal <> 'excused' AND missed.at <= latest.at
                AND missed.at > latest.at - make_interval(days => rule.within_days))
)"""


def positional(statement: str, names: Sequence[str]) -> str:
    """The statement for a driver that numbers its values: ``%(name)s`` becomes ``$1`` for the first of ``names``.

    Raises KeyError for a name that is not among them.
    """
    numbers = {name: number for number, name in enumerate(names, start=1)}
    return re.sub(r"%\((\w+)\)s", lambda found: f"${numbers[found[1]]}", statement)
