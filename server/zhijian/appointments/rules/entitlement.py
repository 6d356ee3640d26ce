"""Who may take a priority seat. Pure."""

from datetime import date

from zhijian.appointments.rules.states import Pool
from zhijian.identity.rules import age_on, birth_date

ELDER_AGE = 60
"""老年人权益保障法 art. 2."""
DISABILITY_CARD = "disability_card"


def entitled(*, id_number: str, disabled: bool, on: date) -> bool:
    """Whether this person is elderly on the day of the visit, or holds a disability card in force."""
    born = birth_date(id_number) if len(id_number) == 18 else None
    return disabled or (born is not None and age_on(born, on) >= ELDER_AGE)


def pools_for(*, priority: bool, overbook: bool = True) -> tuple[str, ...]:
    """The seats a request may take, the first choice first: who is entitled falls back on the general seats."""
    general = (Pool.GENERAL.value, Pool.OVERBOOK.value) if overbook else (Pool.GENERAL.value,)
    return (Pool.PRIORITY.value, *general) if priority else general
