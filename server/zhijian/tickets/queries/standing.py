"""Which end binds a ticket now, and the light that gives. Right at any moment, whether or not a worker runs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db.models import Q

from zhijian.core.lights import Light, light
from zhijian.tickets.models import Ticket
from zhijian.tickets.rules.states import RUNNING, State


@dataclass(frozen=True, slots=True)
class Standing:
    """``step``: what is due at ``due_at``, first contact or the answer."""

    light: Light
    step: Literal["contact", "answer"]
    due_at: datetime | None
    unit: str


def standing(ticket: Ticket, moment: datetime) -> Standing:
    paused = ticket.state == State.SUPPLEMENT
    if ticket.state not in RUNNING and not paused:
        return Standing(Light.NONE, "answer", None, ticket.limit_unit)
    contact, answer = ticket.contact_due_at, ticket.due_at
    if ticket.contacted_at is None and contact is not None and (answer is None or contact <= answer):
        shown = light(due_at=contact, warn_at=ticket.contact_warn_at, paused=paused, now=moment)
        return Standing(shown, "contact", contact, ticket.contact_unit)
    shown = light(due_at=answer, warn_at=ticket.warn_at, paused=paused, now=moment)
    return Standing(shown, "answer", answer, ticket.limit_unit)


def lit(wanted: str, moment: datetime) -> Q:
    """Tickets that show ``wanted`` at ``moment``, as :func:`standing` tells it."""
    running = Q(state__in=sorted(RUNNING))
    unmet = Q(contacted_at__isnull=True, contact_due_at__isnull=False)
    match wanted:
        case Light.RED:
            return running & (Q(due_at__lt=moment) | (unmet & Q(contact_due_at__lt=moment)))
        case Light.YELLOW:
            near = Q(due_at__gte=moment, warn_at__lte=moment) & ~unmet
            first = unmet & Q(contact_due_at__gte=moment, contact_warn_at__lte=moment)
            return running & (near | first)
        case Light.PAUSED:
            return Q(state=State.SUPPLEMENT)
        case _:
            return Q()
