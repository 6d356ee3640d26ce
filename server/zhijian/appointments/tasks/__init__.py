"""Background work of appointments."""

from zhijian.appointments.tasks import day, rush, upkeep

__all__ = ["day", "rush", "upkeep"]
from zhijian.appointments.tasks import supply

__all__ = ["supply"]
