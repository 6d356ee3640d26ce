"""Rushes: arranging, joining, booking when it is one's turn, drawing."""

from zhijian.appointments.actions.rush.arranging import arrange, call_off
from zhijian.appointments.actions.rush.booking import book
from zhijian.appointments.actions.rush.draw import settle
from zhijian.appointments.actions.rush.joining import join

__all__ = ["arrange", "book", "call_off", "join", "settle"]
