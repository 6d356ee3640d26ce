"""Booking a rush's place at once, without a hold: one request for the statement that the lane asks for many."""

from django.db import IntegrityError

from zhijian.appointments import errors
from zhijian.appointments.actions.reservation import undone_unless
from zhijian.appointments.actions.rush import statements
from zhijian.appointments.actions.rush.verdicts import AGAIN, DONE, REFUSALS
from zhijian.appointments.models import Booking
from zhijian.appointments.models.booking import booking_number
from zhijian.appointments.rules.admission import POOLS
from zhijian.core.clock import now
from zhijian.core.ids import new_id
from zhijian.identity.models import Citizen

#: After the first try the statement waits for whoever is before it, and then sees what they left.
_TRIES = (statements.BOOK_ONE, *[statements.BOOK_ONE_PATIENTLY] * 4)


def book(*, citizen: Citizen, slot_id: str, key: str) -> Booking:
    """A confirmed booking for the person who asks; the same ``key`` gives the same booking again.

    Raises KeyReused, SlotUnknown, SlotClosed, SlotNotOpen, SlotPast, RushOnly, BlockedByMisses, AlreadyBooked,
    SlotFull: in this order; RushBusy when others were always before.
    """
    for statement in _TRIES:
        verdict, booking_id = _ask(statement, citizen, slot_id, key)
        if verdict == DONE:
            return Booking.objects.select_related("slot").get(public_id=booking_id)
        if verdict != AGAIN:
            raise REFUSALS[verdict]
    raise errors.RushBusy(retry_after=1)


def _ask(statement: str, citizen: Citizen, slot_id: str, key: str) -> tuple[str, str]:
    """What became of the request, and the booking's public id."""
    values = {
        "now": now(),
        "tokens": [citizen.public_id],
        "slots": [slot_id],
        "keys": [key],
        "public_ids": [new_id()],
        "numbers": [booking_number()],
        "pools": list(POOLS),
        "state": "confirmed",
        "via": "rush",
    }
    try:
        _, verdict, booking_id, *_ = undone_unless(lambda row: row[1] == DONE, statement, values)
    except IntegrityError:  # the same key for two times at this moment; whoever was first has committed
        return AGAIN, ""
    return verdict, booking_id
