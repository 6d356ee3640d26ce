"""What is done on the day: check in, take a number, call, serve, close."""

from zhijian.appointments.actions.day.arriving import check_in, check_in_nearby
from zhijian.appointments.actions.day.calling import call_next, recall, rejoin, skip
from zhijian.appointments.actions.day.closing import close_day
from zhijian.appointments.actions.day.counters import close_counter, open_counter, pause
from zhijian.appointments.actions.day.devices import create_device, make_code, pair, revoke
from zhijian.appointments.actions.day.rating import mark_rated
from zhijian.appointments.actions.day.serving import finish, leave, serve, transfer
from zhijian.appointments.actions.day.tickets import take_ticket

__all__ = [
    "call_next",
    "check_in",
    "check_in_nearby",
    "close_counter",
    "close_day",
    "create_device",
    "finish",
    "leave",
    "make_code",
    "mark_rated",
    "open_counter",
    "pair",
    "pause",
    "recall",
    "rejoin",
    "revoke",
    "serve",
    "skip",
    "take_ticket",
    "transfer",
]
