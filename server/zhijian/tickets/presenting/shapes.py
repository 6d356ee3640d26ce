"""The JSON of the citizen API for tickets."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Field, Schema

from zhijian.core.lights import Light
from zhijian.tickets.rules.kinds import Kind, PlaceKind, PlaceNeed
from zhijian.tickets.rules.states import State

#: A short code or id as it may be looked up.
Code = Annotated[str, Field(max_length=40, pattern=r"^[^\x00]*$")]
TicketAction = Literal["supplement", "rate", "reopen", "withdraw"]


class KindOut(Schema):
    code: Kind
    label: str
    label_en: str


class CategoryOut(Schema):
    """A leaf takes tickets; a branch only holds others. ``form`` is {schema, ui} as for service items, or null."""

    code: str
    kind: Kind
    name: str
    name_en: str
    hint: str
    place: PlaceNeed
    public_default: bool
    limit: str
    form: dict[str, Any] | None
    children: list["CategoryOut"]


class BoundsOut(Schema):
    """GCJ-02."""

    south: float
    west: float
    north: float
    east: float


class TicketOptionsOut(Schema):
    kinds: list[KindOut]
    categories: list[CategoryOut]
    bounds: BoundsOut | None
    max_photos: int
    photo_max_bytes: int
    title_max: int
    body_max: int


class PhotoOut(Schema):
    id: str
    size: int
    mime: str


class TicketPlaceOut(Schema):
    kind: PlaceKind
    latitude: float | None
    longitude: float | None
    address: str
    hall: str | None
    hall_name: str | None
    hall_name_en: str | None
    region: str | None
    region_name: str | None
    region_name_en: str | None


class CategoryRef(Schema):
    code: str
    name: str
    name_en: str


class DepartmentRef(Schema):
    code: str
    name: str
    name_en: str
    phone: str


class TicketSummary(Schema):
    """``sentence`` says where it stands and by when, for people."""

    id: str
    number: str
    kind: Kind
    kind_label: str
    category: CategoryRef
    title: str
    state: State
    state_label: str
    state_label_en: str
    sentence: str
    sentence_en: str
    light: Light
    due_on: date | None
    submitted_at: datetime
    updated_at: datetime
    waiting_for_you: bool


class TicketPage(Schema):
    items: list[TicketSummary]
    next_cursor: str | None


class PauseOut(Schema):
    """A time that does not count: what was asked, and what was answered."""

    started_at: datetime
    ended_at: datetime | None
    question: str
    answer: str


class ClockOut(Schema):
    started_at: datetime
    contact_due_at: datetime | None
    contacted_at: datetime | None
    due_at: datetime | None
    rule: str
    extended_days: int
    paused: bool
    pauses: list[PauseOut]


class StepOut(Schema):
    at: datetime
    action: str
    label: str
    label_en: str
    post: str
    note: str


class ReplyOut(Schema):
    department: str
    department_en: str
    text: str
    at: datetime


class MergedOut(Schema):
    """What became of a merged ticket: the one that goes on. Its texts are another person's."""

    number: str
    state: State
    state_label: str
    state_label_en: str
    sentence: str
    sentence_en: str
    public_id: str | None


class TicketRatingRef(Schema):
    """What the person said of the present handling."""

    stars: int
    at: datetime


class TicketDetail(TicketSummary):
    body: str
    answers: dict[str, Any]
    place: TicketPlaceOut
    photos: list[PhotoOut]
    anonymous: bool
    share_consent: bool
    urgent: bool
    department: DepartmentRef | None
    clock: ClockOut
    question: str
    reply: ReplyOut | None
    steps: list[StepOut]
    parts: list[TicketSummary]
    merged_into: MergedOut | None
    merged_count: int
    reopened: int
    reopen_until: datetime | None
    resolved: bool | None
    rating: TicketRatingRef | None
    public_id: str | None
    actions: list[TicketAction]


class SentOut(Schema):
    """``receipt_code`` is shown this once, for an anonymous ticket; whoever loses it cannot read the ticket again."""

    ticket: TicketDetail
    receipt_code: str | None


class PublicTicket(Schema):
    """``id`` is the publication's: nothing leads from it to the ticket or its person. Places are rounded to 100 m."""

    id: str
    kind: Kind
    kind_label: str
    category: CategoryRef
    title: str
    question: str
    answer: str
    department: str
    department_en: str
    state: State
    state_label: str
    state_label_en: str
    sentence: str
    sentence_en: str
    region: str
    region_en: str
    latitude: float | None
    longitude: float | None
    submitted_on: date
    confirmed_at: datetime


class PublicDetail(PublicTicket):
    steps: list[StepOut]
    followers: int
    following: bool | None


class PublicPage(Schema):
    items: list[PublicTicket]
    next_cursor: str | None


class AnswerOut(Schema):
    id: str
    category: CategoryRef
    title: str
    question: str
    answer: str
    department: str
    department_en: str
    confirmed_at: datetime


class AnswerList(Schema):
    items: list[AnswerOut]


class SimilarOut(Schema):
    ticket: PublicTicket
    metres: int | None
    followers: int


class SimilarList(Schema):
    """``others``: like ones that aren't public, as a number."""

    items: list[SimilarOut]
    others: int
