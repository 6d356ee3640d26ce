"""Tickets that a person holds, registered with ``organizations``."""

from zhijian.organizations import held
from zhijian.tickets.actions.handing_on import hand_on
from zhijian.tickets.queries.desk import held_by

held.register(held.Kind("tickets", "诉求", "件", 20, held_by, hand_on))
