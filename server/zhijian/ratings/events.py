"""What happened to ratings."""

from dataclasses import dataclass

from zhijian.core.events import Event


@dataclass(frozen=True, slots=True)
class RatingGiven(Event):
    """``stars`` 1 to 5, 5 = best; ``poor`` ones are to be put right by the department."""

    rating_id: str
    case_number: str
    department_code: str
    stars: int
    poor: bool
