"""Background work of appointments."""

from zhijian.appointments.tasks import day, rush, supply, upkeep

__all__ = ["day", "rush", "supply", "upkeep"]
