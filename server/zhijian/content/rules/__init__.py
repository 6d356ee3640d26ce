"""Pure decisions of content."""

from zhijian.content.rules.consistency import Schedule, Surroundings, check, substantial

__all__ = [
    "Schedule",
    "Surroundings",
    "check",
    "substantial",
]
