"""What a hall may offer, as typed values: read from the console's forms and from a city's data."""

from datetime import date, time
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from zhijian.appointments.rules.supply import Line


def _plain(moment: time) -> time:
    if moment.tzinfo is not None or moment.second or moment.microsecond:
        raise ValueError("hours and minutes only")
    return moment


Clock = Annotated[time, AfterValidator(_plain)]


class _Spec(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class LineSpec(_Spec):
    weekday: int = Field(ge=1, le=7)
    starts: Clock
    ends: Clock
    slot_minutes: int = Field(30, ge=5, le=480)
    capacity: int = Field(ge=0, le=200)
    priority: int = Field(0, ge=0, le=200)
    walk_in: int = Field(0, ge=0, le=200)
    overbook: int = Field(0, ge=0, le=50)

    def line(self) -> Line:
        seats = (self.capacity, self.priority, self.walk_in, self.overbook)
        return Line(self.weekday, self.starts, self.ends, self.slot_minutes, seats)


class PlanSpec(_Spec):
    """A schedule's terms and lines."""

    valid_from: date
    valid_to: date | None = None
    horizon_days: int = Field(14, ge=0, le=90)
    release_at: Clock = time(8)
    lead_minutes: int = Field(60, ge=0, le=10_080)
    hold_minutes: int = Field(5, ge=1, le=60)
    offer_minutes: int = Field(60, ge=5, le=2_880)
    waitlist: bool = True
    follows_calendar: bool = True
    makeup_weekday: int = Field(1, ge=1, le=7)
    lines: tuple[LineSpec, ...] = Field(max_length=200)

    def terms(self) -> dict[str, object]:
        """The schedule's own columns."""
        return self.model_dump(exclude={"lines"})


class GroupSpec(_Spec):
    code: str = Field(pattern=r"^[a-z0-9_-]{1,20}$")
    name: str = Field(min_length=1, max_length=60)
    name_en: str = Field("", max_length=120)
    prefix: str = Field(pattern=r"^[A-Z]$")
    booked_share: int = Field(2, ge=1, le=20)
    walk_in_share: int = Field(1, ge=1, le=20)
    early_minutes: int = Field(30, ge=0, le=240)
    grace_minutes: int = Field(15, ge=0, le=240)
    service_minutes: int = Field(10, ge=1, le=240)
    near_metres: int = Field(500, ge=50, le=20_000)
    active: bool = True


class NoShowSpec(_Spec):
    misses: int = Field(ge=1, le=20)
    within_days: int = Field(ge=1, le=365)
    blocked_days: int = Field(ge=1, le=365)
