"""From what a scanner or a person gives to the booking that it means."""

from django.db.models import QuerySet

from zhijian.appointments import errors
from zhijian.appointments.models import Booking
from zhijian.appointments.queries.given import given
from zhijian.appointments.rules import checkin
from zhijian.audit.actions import record_refusal
from zhijian.core import numbers
from zhijian.core.actor import Actor
from zhijian.core.crypto import keyed_digest

_PURPOSE = "appointments.qr"
PHONE_END = 4


def qr_of(booking: Booking) -> str:
    """The text of this booking's QR code."""
    return checkin.qr_text(booking.public_id, _mac(booking.public_id))


def scanned(actor: Actor, text: str) -> Booking:
    """The booking of a scanned code. Raises QrForged, audited, for one that this platform didn't make."""
    read = checkin.read_qr(text)
    found = None
    if read is not None and checkin.same_mac(read[1], _mac(read[0])):
        found = _whole().filter(public_id=read[0]).first()
    if found is None:
        raise errors.QrForged(
            attempt=lambda: record_refusal(actor, "visit.qr_forged", subject="booking:unknown")
        )
    return found


def numbered(number: str) -> Booking:
    """The booking of a number that staff were told. Raises NumberWrong."""
    found = _whole().filter(number=numbers.code(given(number))).first()
    if found is None:
        raise errors.NumberWrong
    return found


def typed(number: str, phone_end: str) -> Booking:
    """The booking of a number and the last four digits of the phone of who comes or who booked: at a machine that
    nobody watches a number alone isn't enough. Raises NumberWrong, the same for either."""
    found = numbered(number)
    phone_end = numbers.code(phone_end)
    phones = (found.citizen.phone, found.booked_by.phone)
    if len(phone_end) != PHONE_END or not any(phone.endswith(phone_end) for phone in phones):
        raise errors.NumberWrong
    return found


def _whole() -> QuerySet[Booking]:
    return Booking.objects.select_related("slot__group__hall", "citizen", "booked_by")


def _mac(booking_id: str) -> str:
    return keyed_digest(_PURPOSE, booking_id.encode())
