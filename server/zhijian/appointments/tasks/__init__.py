"""Background work of appointments."""

from zhijian.appointments.tasks import day, upkeep

__all__ = ["day", "upkeep"]
