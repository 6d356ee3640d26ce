"""What happened to bookings and visits, for those above. Ids are public ids."""

from dataclasses import dataclass

from zhijian.core.events import Event


@dataclass(frozen=True, slots=True)
class BookingConfirmed(Event):
    booking_id: str


@dataclass(frozen=True, slots=True)
class BookingChanged(Event):
    """The person moved their booking to another slot."""

    booking_id: str


@dataclass(frozen=True, slots=True)
class BookingCancelled(Event):
    """``by`` is ``citizen`` or ``hall``; the reason is with the booking."""

    booking_id: str
    by: str


@dataclass(frozen=True, slots=True)
class BookingRebooked(Event):
    """The hall moved the booking, because its slot is gone; the reason is with the booking."""

    booking_id: str


@dataclass(frozen=True, slots=True)
class BookingReminderDue(Event):
    """The booking is tomorrow."""

    booking_id: str


@dataclass(frozen=True, slots=True)
class BookingMissed(Event):
    booking_id: str


@dataclass(frozen=True, slots=True)
class WaitlistOffered(Event):
    """A place became free and is held for this person for a limited time."""

    entry_id: str


@dataclass(frozen=True, slots=True)
class DrawSettled(Event):
    """A rush's draw gave out its places."""

    rush_id: str


@dataclass(frozen=True, slots=True)
class VisitCalled(Event):
    visit_id: str


@dataclass(frozen=True, slots=True)
class VisitFinished(Event):
    visit_id: str


@dataclass(frozen=True, slots=True)
class OutsideOrderLeft(Event):
    """An order of an outside system is no longer wanted and has to be cancelled there."""

    source: str
    order: str


@dataclass(frozen=True, slots=True)
class PlacesTaken(Event):
    """The hall took places away from this many bookings, which are now to be moved."""

    hall_code: str
    count: int
