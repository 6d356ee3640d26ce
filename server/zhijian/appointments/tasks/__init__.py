"""Background work of appointments."""

from zhijian.appointments.tasks import upkeep

__all__ = ["upkeep"]
