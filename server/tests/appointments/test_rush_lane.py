"""The lane's batches against the database: one seat a person, honest refusals, repeats, bad neighbours."""

import pytest
from appointments.rush_factories import (
    book_all,
    make_person,
    make_place,
    make_slot,
)

from zhijian.appointments.models import Booking, Claim, Seat
from zhijian.audit.models import AuditEntry

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_booking_is_whole() -> None:
    slot = make_slot(make_place())
    citizen, token = make_person()
    ((status, body),) = book_all([(token, slot.public_id, "key-00001")])
    booking = Booking.objects.get()
    assert (status, body["id"], body["number"], body["state"]) == (
        201,
        booking.public_id,
        booking.number,
        "confirmed",
    )
    assert (booking.citizen, booking.booked_by, booking.slot, booking.key) == (
        citizen,
        citizen,
        slot,
        "key-00001",
    )
    seat, claim = Seat.objects.get(), Claim.objects.get()
    assert (seat.booking, seat.until, claim.booking, claim.until) == (
        booking,
        slot.ends_at,
        booking,
        slot.ends_at,
    )
    entry = AuditEntry.objects.get(action="booking.confirmed")
    assert (entry.actor_key, entry.subject) == (citizen.public_id, f"booking:{booking.public_id}")
