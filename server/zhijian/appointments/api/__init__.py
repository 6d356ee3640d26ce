"""The citizen API of appointments."""

from zhijian.appointments.api import bookings, browsing, day, waiting
from zhijian.appointments.api.router import router

__all__ = ["bookings", "browsing", "day", "router", "waiting"]
