"""Background work of appointments."""

from zhijian.appointments.tasks import day, upkeep

__all__ = ["day", "upkeep"]
"""Background entry points of appointments."""

from zhijian.appointments.tasks import rush

__all__ = ["rush"]
