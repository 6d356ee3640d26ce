"""The citizen API of appointments."""

from zhijian.appointments.api import bookings, browsing, waiting
from zhijian.appointments.api.router import router

__all__ = ["bookings", "browsing", "router", "waiting"]
from zhijian.appointments.api import day
from zhijian.appointments.api.router import router

__all__ = ["day", "router"]
