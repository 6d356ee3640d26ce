"""How long contact and answer may take, and which of the two binds now. Ends are computed once and stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from zhijian.core.deadlines import Calendar, Clock, Limit, LimitUnit, run_with

UNITS: Final = (LimitUnit.HOUR, LimitUnit.DAY, LimitUnit.WORKING_DAY)
MOST: Final = {LimitUnit.HOUR: 240, LimitUnit.DAY: 180, LimitUnit.WORKING_DAY: 60}
MOST_EXTENSION: Final = 30  # working days


@dataclass(frozen=True, slots=True)
class Terms:
    """The limits of one category: first contact, answer, and how far an answer may be put off."""

    name: str
    contact: Limit
    answer: Limit
    extension_days: int = 0


@dataclass(frozen=True, slots=True)
class Clocks:
    contact: Clock
    answer: Clock


def clocks(
    terms: Terms,
    started_at: datetime,
    calendar: Calendar,
    *,
    pauses: Sequence[tuple[datetime, datetime]] = (),
    extension: int = 0,
) -> Clocks:
    """Both ends from ``started_at``. ``extension`` moves the answer alone. Raises what ``calendar`` raises."""
    words = f"{terms.name}：{terms.contact.words}内联系，{terms.answer.words}内答复"
    if extension:
        words += f"，经批准延长{extension}个工作日"
    contact = run_with(
        terms.contact,
        started_at,
        calendar,
        rule=f"收到诉求后{terms.contact.words}内联系",
        law="",
        pauses=pauses,
    )
    answer = run_with(
        terms.answer, started_at, calendar, rule=words, law="", pauses=pauses, extension=extension
    )
    return Clocks(contact, answer)


def limit_fault(value: int, unit: str) -> str:
    """Why this cannot be a limit; empty if it can."""
    if unit not in UNITS:
        return "时限的单位请选择小时、日或工作日"
    most = MOST[LimitUnit(unit)]
    return "" if 1 <= value <= most else f"时限请填1到{most}之间的数"


def extension_allowed(days: int, most: int) -> bool:
    return 1 <= days <= most
