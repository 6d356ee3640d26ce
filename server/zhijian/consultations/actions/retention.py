"""What is removed because its time has passed."""

from datetime import timedelta

from django.db import transaction

from zhijian.consultations.actions.severing import forget_contacts, sever
from zhijian.consultations.models import Consultation
from zhijian.consultations.rules.states import State
from zhijian.core.actor import SYSTEM
from zhijian.core.clock import now


def forget_old_contacts(kept: timedelta) -> int:
    """Delete who wanted to be told of results that came out longer than ``kept`` ago; returns how many."""
    old = Consultation.objects.filter(severed_at__lt=now() - kept, contacts__isnull=False).distinct()
    return sum(forget_contacts(SYSTEM, consultation=row) for row in old)


@transaction.atomic
def sever_stale(tied_for: timedelta) -> int:
    """Cut answers of consultations that closed longer than ``tied_for`` ago and never got their feedback."""
    stale = Consultation.objects.select_for_update().filter(
        state__in=[State.PUBLISHED, State.FEEDBACK_REVIEWING],
        closes_at__lt=now() - tied_for,
        severed_at__isnull=True,
    )
    rows = list(stale)
    for row in rows:
        sever(SYSTEM, row)
        row.save(update_fields=["severed_at"])
    return len(rows)
