"""What tickets store of working days."""

from zhijian.calendars.dependants import Dependant, register
from zhijian.tickets.actions.recomputing import recompute, survey
from zhijian.tickets.queries.calendar import reaching

register(
    Dependant(
        key="tickets",
        label="诉求",
        order=20,
        fields=(
            "tickets.Ticket.contact_due_at",
            "tickets.Ticket.contact_warn_at",
            "tickets.Ticket.due_at",
            "tickets.Ticket.warn_at",
            "tickets.Ticket.sort_at",
            "tickets.Ticket.calendar_gap",
        ),
        survey=survey,
        move=recompute,
        reaching=reaching,
    )
)
