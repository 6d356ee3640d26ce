"""The only writers of slots, bookings, the waiting line and the day's queue."""

from zhijian.appointments.actions.changing import cancel, change, confirm
from zhijian.appointments.actions.holding import hold, hold_here, order_for, slot_of
from zhijian.appointments.actions.leaving import leave
from zhijian.appointments.actions.misses import appeal, decide_appeal, remind, write_down_expired
from zhijian.appointments.actions.outside import cancel as cancel_outside
from zhijian.appointments.actions.outside import refresh
from zhijian.appointments.actions.waiting import advance, join

__all__ = [
    "advance",
    "appeal",
    "cancel",
    "cancel_outside",
    "change",
    "confirm",
    "decide_appeal",
    "hold",
    "hold_here",
    "join",
    "leave",
    "order_for",
    "refresh",
    "remind",
    "slot_of",
    "write_down_expired",
]
