"""Tables of appointments."""

from zhijian.appointments.models.booking import Booking, Claim, Seat, Slot
from zhijian.appointments.models.day import Device, GroupDay, Visit, VisitStep
from zhijian.appointments.models.displacement import Displacement
from zhijian.appointments.models.people import NoShow, NoShowRule, WaitEntry
from zhijian.appointments.models.rush import QueueEntry, Rush
from zhijian.appointments.models.supply import (
    Closure,
    Counter,
    CounterGroup,
    Schedule,
    ScheduleLine,
    SpecialDay,
)

__all__ = [
    "Booking",
    "Claim",
    "Closure",
    "Counter",
    "CounterGroup",
    "Device",
    "Displacement",
    "GroupDay",
    "NoShow",
    "NoShowRule",
    "QueueEntry",
    "Rush",
    "Schedule",
    "ScheduleLine",
    "Seat",
    "Slot",
    "SpecialDay",
    "Visit",
    "VisitStep",
    "WaitEntry",
]
