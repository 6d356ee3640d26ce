"""The citizen API of appointments."""

from zhijian.appointments.api import bookings, browsing, day, rush, waiting
from zhijian.appointments.api.router import router

router.add_router("", rush.router)

__all__ = ["bookings", "browsing", "day", "router", "rush", "waiting"]
