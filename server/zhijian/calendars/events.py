"""What happened to the calendar."""

from dataclasses import dataclass

from zhijian.core.events import Event


@dataclass(frozen=True, slots=True)
class CalendarEntered(Event):
    """A year was entered or replaced; what was computed from it follows."""

    year: int
    number: int
