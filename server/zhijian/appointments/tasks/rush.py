"""Background work of rushes."""

from django.db import transaction

from zhijian.appointments.actions.rush.draw import settle
from zhijian.appointments.events import BookingConfirmed
from zhijian.appointments.queries.rush import due_draws
from zhijian.core.actor import SYSTEM
from zhijian.core.clock import now
from zhijian.core.events import emit
from zhijian.core.tasks import task


@task(queue="events")
def tell_confirmed(booking_ids: list[str]) -> None:
    """What a batch of the lane defers in its own transaction. Subscribers' tasks are idempotent: after a kill in the
    middle all are told again."""
    with transaction.atomic():
        for booking_id in booking_ids:
            emit(BookingConfirmed(booking_id))


@task(queue="deadlines", cron="* * * * *", queueing_lock="appointments.settle_due_draws")
def settle_due_draws() -> None:
    """Draws whose entry has closed; one that was stopped half-way goes on."""
    for rush in due_draws(now()):
        settle(SYSTEM, rush=rush)
