"""What happened to ratings."""

from dataclasses import dataclass

from zhijian.core.events import Event


@dataclass(frozen=True, slots=True)
class RatingGiven(Event):
    """``stars`` 1 to 5, 5 = best; ``poor`` ones are to be put right by the department. ``case_number`` is empty when
    something else than a case was rated: see ``kind`` and ``reference``."""

    rating_id: str
    case_number: str
    department_code: str
    stars: int
    poor: bool
    kind: str = "case"
    reference: str = ""


@dataclass(frozen=True, slots=True)
class RectificationOpened(Event):
    """``contact_by``: until when the person is to be contacted (ISO 8601), empty if no calendar tells."""

    rectification_id: str
    rating_id: str
    department_code: str
    contact_by: str


@dataclass(frozen=True, slots=True)
class RectificationClosed(Event):
    """``published``: the outcome can be read by everybody; otherwise the rating was found not to count."""

    rectification_id: str
    rating_id: str
    department_code: str
    published: bool
