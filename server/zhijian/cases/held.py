"""Cases that a person holds, registered with ``organizations``."""

from zhijian.cases.actions.handing_on import hand_on
from zhijian.cases.queries.desk import held_by
from zhijian.organizations import held

held.register(held.Kind("cases", "办件", "件", 10, held_by, hand_on))
