"""What the citizen API of appointments takes and gives."""

from datetime import date, datetime
from typing import Literal

from ninja import Schema
from pydantic import ConfigDict, Field

from zhijian.appointments.rules.states import AppealState, BookingState, DayPart, WaitState
from zhijian.core import item_codes


class HallOut(Schema):
    code: str
    name: str
    name_en: str
    address: str
    address_en: str
    phone: str
    latitude: float | None
    longitude: float | None


class BookingPlaceOut(Schema):
    """A hall's group that offers the item. ``next_free`` is the start of its first free time."""

    group: str
    group_name: str
    group_name_en: str
    hall: HallOut
    next_free: datetime | None
    horizon_days: int
    release_at: str
    waitlist: bool


class DayOut(Schema):
    date: date
    free: int
    priority_free: int
    opens_at: datetime | None
    closed: bool
    rush: str


class TimeOut(Schema):
    """``rush`` is the id of the rush that one has to queue for."""

    slot: str
    starts_at: datetime
    ends_at: datetime
    free: int
    priority_free: int
    opens_at: datetime
    state: Literal["open", "full", "not_open", "past", "closed"]
    rush: str


class HoldIn(Schema):
    """``delegation``: the id of a delegation, when booking for a family member who agreed."""

    model_config = ConfigDict(extra="forbid")
    slot: str = Field(max_length=26)
    answers: dict[str, str] = Field(default_factory=dict, max_length=10)
    priority: bool = False
    delegation: str = Field("", max_length=26)


class ChangeIn(Schema):
    model_config = ConfigDict(extra="forbid")
    slot: str = Field(max_length=26)


class CancelIn(Schema):
    model_config = ConfigDict(extra="forbid")
    reason: str = Field("", max_length=200)


class DocumentOut(Schema):
    """A document to bring."""

    code: str
    name: str
    name_en: str
    originals: int
    copies: int
    note: str


class BookingOut(Schema):
    """``state`` as it is now; ``may`` names what the person can do now: confirm, change, cancel, rate."""

    id: str
    number: str
    item_code: str
    item_name: str
    item_name_en: str
    state: BookingState
    state_label: str
    mine: bool
    person_masked: str
    group: str
    group_name: str
    group_name_en: str
    hall: HallOut
    starts_at: datetime
    ends_at: datetime
    priority: bool
    hold_until: datetime | None
    check_in_from: datetime
    check_in_until: datetime
    changes_left: int
    reason: str
    may: list[Literal["confirm", "change", "cancel", "rate"]]


class BookingDetail(BookingOut):
    """With what is needed on the way: documents, the QR code as an image, and its text.

    Where ``documents_known`` is false, no documents means that nobody knows, not that none are needed.
    """

    documents: list[DocumentOut]
    documents_known: bool
    notes: list[str]
    qr_text: str
    qr_image: str


class BookingPage(Schema):
    items: list[BookingOut]
    next_cursor: str | None


class JoinIn(Schema):
    model_config = ConfigDict(extra="forbid")
    group: str = Field(max_length=26)
    item_code: str = Field(max_length=item_codes.LENGTH)
    date: date
    part: DayPart = DayPart.ANY
    answers: dict[str, str] = Field(default_factory=dict, max_length=10)
    delegation: str = Field("", max_length=26)


class WaitingOut(Schema):
    """``ahead``: how many are in line before. With an offer, ``booking`` is held until ``offer_until``."""

    id: str
    item_code: str
    item_name: str
    item_name_en: str
    hall: HallOut
    date: date
    part: DayPart
    state: WaitState
    state_label: str
    ahead: int
    booking: str
    starts_at: datetime | None
    offer_until: datetime | None


class MissOut(Schema):
    id: str
    number: str
    item_name: str
    hall_name: str
    starts_at: datetime
    appeal: AppealState
    appeal_label: str
    decision: str
    may_appeal: bool


class StandingOut(Schema):
    """How misses weigh. ``rule`` in words, empty where there is none."""

    counted: int
    blocked_until: datetime | None
    rule: str
    rule_en: str
    misses: list[MissOut]


class AppealIn(Schema):
    model_config = ConfigDict(extra="forbid")
    reason: str = Field(max_length=600)
